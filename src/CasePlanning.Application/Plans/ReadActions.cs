using System.Linq.Expressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The plan's actions, by outcome and then by due day.</summary>
public sealed record ListActions(Guid PlanId, PageOf Page) : IQuery<Page<ActionView>>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One action.</summary>
public sealed record ReadAction(Guid ActionId) : IQuery<ActionView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Action(ActionId);

    public Permission Needs => Permission.Read;
}

/// <summary>An offer of an action to somebody else.</summary>
/// <param name="KeepDoing">What the sender's side goes on doing for the child.</param>
public sealed record HandoverView(
    Guid Id, Who From, Who To, string KeepDoing, DateTimeOffset OfferedAt, DateOnly AnswerDue, DateTimeOffset? AcceptedAt,
    DateTimeOffset? HandedBackAt, string? HandedBackWhy);

/// <summary>Who does what for the child, why, and by when.</summary>
public sealed record ActionView(
    Guid Id, Guid PlanId, string Outcome, string What, string? How, string? Why, string? WhereNext, IReadOnlyList<Who> Holders, DateOnly? Due,
    ActionState State, string? Result, Guid? DecisionId, Who AgreedBy, DateTimeOffset AgreedAt, IReadOnlyList<HandoverView> Handovers,
    int Version) : IVersionedView;

public sealed class ReadActionsHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ListActions, Page<ActionView>>, IRequestHandler<ReadAction, ActionView>
{
    public async Task<Page<ActionView>> Handle(ListActions request, CancellationToken cancellationToken)
    {
        var codes = await PlanChecks.OutcomeCodes(database, request.PlanId, cancellationToken);
        return (await Load(a => a.PlanId == request.PlanId, cancellationToken))
            .OrderBy(a => codes.IndexOf(a.Outcome)).ThenBy(a => a.Due ?? DateOnly.MaxValue).ThenBy(a => a.Id)
            .Cut(a => a.Id, request.Page);
    }

    public async Task<ActionView> Handle(ReadAction request, CancellationToken cancellationToken) =>
        (await Load(a => a.Id == request.ActionId, cancellationToken)).Single();

    private async Task<IEnumerable<ActionView>> Load(Expression<Func<PlanAction, bool>> which, CancellationToken cancellation)
    {
        var team = await Team.Load(database, call.Viewer, cancellation);
        var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == call.Viewer.PlanId, cancellation);
        return await ActionViews.Load(database, team, plan, clocks.Of(plan.Authority), time.GetUtcNow(), which, cancellation);
    }
}

internal static class ActionViews
{
    public static async Task<IEnumerable<ActionView>> Load(
        IPlanningDatabase database, Team team, Plan plan, PlanningClock clock, DateTimeOffset now, Expression<Func<PlanAction, bool>> which,
        CancellationToken cancellation) =>
        (await ActionAggregates.Load(database, which, cancellation)).Select(a => new ActionView(
            a.Id, a.PlanId, a.Outcome, a.What, a.How, a.Why, a.WhereNext,
            [.. a.HeldNowBy(h => team.Member(h).Participant.IsCurrent(now), plan.LeadParticipantId).Select(h => team[h]).InOrder(VoicesHeard.PlaceOf)], a.Due, a.State, a.Result, a.DecisionId, team[a.AgreedById], a.AgreedAt,
            [.. a.Handovers.OrderBy(h => h.OfferedAt).ThenBy(h => h.Id).Select(h => new HandoverView(
                h.Id, team[h.From], team[h.To], h.KeepDoing, h.OfferedAt, clock.Due(h.OfferedAt, clock.Rules.Handover), h.AcceptedAt,
                h.HandedBackAt, h.HandedBackWhy))],
            a.Version));
}
