using System.Text.Json;
using System.Text.Json.Serialization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The caller's copies of plans that moved to another authority, the newest first.</summary>
public sealed record ListPlanCopies(PageOf Page) : IQuery<Page<PlanCopySummary>>, IProfessional, ITellsOfChildren;

/// <summary>One of the caller's copies.</summary>
public sealed record ReadPlanCopy(Guid CopyId) : IQuery<PlanCopyView>, IProfessional, ITellsOfChildren;

/// <summary>That the caller keeps a copy of a plan.</summary>
/// <param name="From">The authority that the plan moved away from.</param>
public sealed record PlanCopySummary(Guid Id, string ChildName, string From, string To, DateTimeOffset MadeAt);

/// <summary>A plan as the caller could read it when it moved away.</summary>
public sealed record PlanCopyView(Guid Id, string From, string To, DateTimeOffset MadeAt, PlanAsItWas Plan);

/// <summary>All that was said, decided and agreed, as far as one reader could see it then. Files that were attached are named and not kept.</summary>
/// <param name="Readings">Every review with its voices side by side, the newest first.</param>
public sealed record PlanAsItWas(
    string ChildName, DateOnly DateOfBirth, PlanKind Kind, IReadOnlyList<ReadingOfPlan> Readings, IReadOnlyList<TargetView> Targets,
    IReadOnlyList<ActionView> Actions);

public sealed class PlanCopiesHandler(IPlanningDatabase database, CurrentCall call)
    : IRequestHandler<ListPlanCopies, Page<PlanCopySummary>>, IRequestHandler<ReadPlanCopy, PlanCopyView>
{
    public async Task<Page<PlanCopySummary>> Handle(ListPlanCopies request, CancellationToken cancellationToken) =>
        (await Own().Select(c => new PlanCopySummary(c.Copy.Id, c.Copy.ChildName, c.Move.From, c.Move.To, c.Copy.MadeAt)).ToListAsync(cancellationToken))
        .OrderByDescending(c => c.MadeAt).ThenBy(c => c.Id).Cut(c => c.Id, request.Page);

    public async Task<PlanCopyView> Handle(ReadPlanCopy request, CancellationToken cancellationToken)
    {
        var own = await Own().SingleOrDefaultAsync(c => c.Copy.Id == request.CopyId, cancellationToken) ?? throw new NotVisible();
        return new PlanCopyView(own.Copy.Id, own.Move.From, own.Move.To, own.Copy.MadeAt, PlanCopies.Read(own.Copy.Content));
    }

    /// <summary>Whoever goes to work for another authority leaves them behind.</summary>
    private IQueryable<OwnCopy> Own()
    {
        var person = call.PersonId;
        return
            from copy in database.PlanCopies.AsNoTracking()
            join move in database.PlanMoves on copy.MoveId equals move.Id
            where copy.KeeperId == person
                && database.Persons.Any(p => p.Id == person && database.Agencies.Any(a => a.Id == p.AgencyId && a.Authority == move.From))
            select new OwnCopy { Copy = copy, Move = move };
    }

    private sealed class OwnCopy
    {
        public required PlanCopy Copy { get; init; }

        public required PlanMove Move { get; init; }
    }
}

/// <summary>Makes copies of a plan, each for one reader.</summary>
internal static class PlanCopies
{
    private static readonly JsonSerializerOptions AsText = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static async Task<string> Make(IPlanningDatabase database, Viewer viewer, IClocks clocks, DateTimeOffset now, CancellationToken cancellation)
    {
        var newest = await MadeReading.Load(database, viewer, reviewId: null, clocks, now, cancellation);
        var readings = new List<ReadingOfPlan>();
        foreach (var review in newest.Reviews.OrderByDescending(r => r.OpensOn).ThenByDescending(r => r.Id))
            readings.Add((await MadeReading.Load(database, viewer, review.Id, clocks, now, cancellation)).Reading);
        var (plan, team) = (newest.Plan, newest.Team);
        return JsonSerializer.Serialize(new PlanAsItWas(
            plan.Child.ChosenName, plan.Child.DateOfBirth, plan.Kind, readings,
            [.. (await TargetViews.Load(database, team, t => t.PlanId == plan.Id, cancellation)).OrderBy(t => t.SetAt).ThenBy(t => t.Id)],
            [.. (await ActionViews.Load(database, team, plan, clocks.Of(plan.Authority), now, a => a.PlanId == plan.Id, cancellation)).OrderBy(a => a.AgreedAt).ThenBy(a => a.Id)]),
            AsText);
    }

    public static PlanAsItWas Read(string content) => JsonSerializer.Deserialize<PlanAsItWas>(content, AsText)!;
}
