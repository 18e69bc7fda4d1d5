using System.Linq.Expressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The plan's targets, by outcome and then by due day.</summary>
public sealed record ListTargets(Guid PlanId, PageOf Page) : IQuery<Page<TargetView>>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One target.</summary>
public sealed record ReadTarget(Guid TargetId) : IQuery<TargetView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Target(TargetId);

    public Permission Needs => Permission.Read;
}

/// <summary>A target put into the family's own words, and the reply they were given.</summary>
public sealed record RewordingView(Guid Id, Who By, string Before, string Words, DateTimeOffset At, string? Reply, Who? ReplyBy, DateTimeOffset? RepliedAt);

/// <summary>How a target is coming along.</summary>
public sealed record ProgressNoteView(Guid Id, Who By, string Words, DateOnly On, DateTimeOffset At);

/// <summary>A SMART aim tied to an outcome.</summary>
/// <param name="What">The aim, in the family's own words once they have reworded it.</param>
public sealed record TargetView(
    Guid Id, Guid PlanId, string Outcome, string What, string? How, string? Why, string? WhereNext, string Measure, DateOnly? Due,
    TargetState State, Who SetBy, DateTimeOffset SetAt, IReadOnlyList<RewordingView> Rewordings, IReadOnlyList<ProgressNoteView> Progress,
    int Version) : IVersionedView;

public sealed class ReadTargetsHandler(IPlanningDatabase database, CurrentCall call)
    : IRequestHandler<ListTargets, Page<TargetView>>, IRequestHandler<ReadTarget, TargetView>
{
    public async Task<Page<TargetView>> Handle(ListTargets request, CancellationToken cancellationToken)
    {
        var codes = await PlanChecks.OutcomeCodes(database, request.PlanId, cancellationToken);
        return (await Load(t => t.PlanId == request.PlanId, cancellationToken))
            .OrderBy(t => codes.IndexOf(t.Outcome)).ThenBy(t => t.Due ?? DateOnly.MaxValue).ThenBy(t => t.Id)
            .Cut(t => t.Id, request.Page);
    }

    public async Task<TargetView> Handle(ReadTarget request, CancellationToken cancellationToken) =>
        (await Load(t => t.Id == request.TargetId, cancellationToken)).Single();

    private async Task<IEnumerable<TargetView>> Load(Expression<Func<Target, bool>> which, CancellationToken cancellation) =>
        await TargetViews.Load(database, await Team.Load(database, call.Viewer, cancellation), which, cancellation);
}

internal static class TargetViews
{
    public static async Task<IEnumerable<TargetView>> Load(
        IPlanningDatabase database, Team team, Expression<Func<Target, bool>> which, CancellationToken cancellation) =>
        (await TargetAggregates.Load(database, which, cancellation)).Select(t => new TargetView(
            t.Id, t.PlanId, t.Outcome, t.What, t.How, t.Why, t.WhereNext, t.Measure, t.Due, t.State, team[t.SetById], t.SetAt,
            [.. t.Rewordings.OrderBy(r => r.At).ThenBy(r => r.Id).Select(r =>
                new RewordingView(r.Id, team[r.ById], r.Before, r.Words, r.At, r.Reply, team.Find(r.ReplyById), r.RepliedAt))],
            [.. t.Progress.OrderBy(p => p.On).ThenBy(p => p.At).ThenBy(p => p.Id).Select(p =>
                new ProgressNoteView(p.Id, team[p.ById], p.Words, p.On, p.At))],
            t.Version));
}

/// <summary>Loads whole targets by flat queries.</summary>
internal static class TargetAggregates
{
    public static async Task<List<Target>> Load(IPlanningDatabase database, Expression<Func<Target, bool>> which, CancellationToken cancellation)
    {
        var targets = await database.Targets.Where(which).ToListAsync(cancellation);
        if (targets.Count == 0)
            return targets;
        var ids = targets.Select(t => t.Id).ToList();
        await database.Rewordings.Where(r => ids.Contains(r.TargetId)).LoadAsync(cancellation);
        await database.ProgressNotes.Where(p => ids.Contains(p.TargetId)).LoadAsync(cancellation);
        return targets;
    }

    public static async Task<Target> Load(IPlanningDatabase database, Guid id, CancellationToken cancellation) =>
        (await Load(database, t => t.Id == id, cancellation)).Single();
}
