using System.Linq.Expressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>A stance on a decision, or on one of its fields.</summary>
/// <param name="Stands">No later stance by the same person about the same field has taken its place.</param>
public sealed record DecisionResponseView(Guid Id, Who By, Stance Stance, string? Reason, DecisionField? About, DateTimeOffset At, bool Stands);

/// <summary>A standing disagreement with a decision. It survives sign-off.</summary>
public sealed record DissentView(
    Guid Id, Guid DecisionId, Guid ReviewId, Who By, Stance Stance, string? Reason, DecisionField? About, DateTimeOffset At);

/// <summary>A look at a decision after a late view.</summary>
public sealed record RecheckView(Guid Id, Who By, string Finding, bool Changed, IReadOnlyList<Guid> Considered, DateTimeOffset At);

/// <summary>Earlier words of a decision.</summary>
public sealed record DecisionWordingView(int Number, string What, string? How, string? Why, string? WhereNext, Who By, DateTimeOffset At);

/// <summary>What was settled, for which outcomes, why, and because of which contributions.</summary>
/// <param name="Because">The contributions it rests on, among those the reader can see.</param>
/// <param name="NeedsRecheck">A view the reader can see arrived after it and nobody has checked it against that view.</param>
/// <param name="Unchecked">Those views.</param>
public sealed record DecisionView(
    Guid Id, Guid PlanId, Guid ReviewId, IReadOnlyList<string> Outcomes, string What, string? How, string? Why, string? WhereNext,
    IReadOnlyList<Guid> Because, Who DecidedBy, DateTimeOffset DecidedAt, int Version, bool NeedsRecheck, IReadOnlyList<Guid> Unchecked,
    IReadOnlyList<DissentView> Dissents, IReadOnlyList<DecisionResponseView> Responses, IReadOnlyList<RecheckView> Rechecks,
    IReadOnlyList<DecisionWordingView> Wordings) : IVersionedView;

/// <summary>Decisions with all that was written about them, as it is stored.</summary>
internal sealed record StoredDecisions(
    IReadOnlyList<Decision> Decisions, ILookup<Guid, DecisionWording> Wordings, ILookup<Guid, DecisionResponse> Responses, ILookup<Guid, Recheck> Rechecks)
{
    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<DecisionWording>>> WordingsOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) => context.Set<DecisionWording>().AsNoTracking().Where(w => ids.Contains(w.DecisionId))));

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<DecisionResponse>>> ResponsesTo = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) => context.Set<DecisionResponse>().AsNoTracking().Where(r => ids.Contains(r.DecisionId))));

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<Recheck>>> RechecksOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) => context.Set<Recheck>().AsNoTracking().Where(r => ids.Contains(r.DecisionId))));

    public static async Task<StoredDecisions> With(IPlanningDatabase database, IReadOnlyList<Decision> decisions, CancellationToken cancellation)
    {
        List<Guid> ids = [.. decisions.Select(d => d.Id)];
        return new StoredDecisions(
            decisions,
            await Each(WordingsOf.For(database, out var context)(context, ids), w => w.DecisionId),
            await Each(ResponsesTo.For(database, out _)(context, ids), r => r.DecisionId),
            await Each(RechecksOf.For(database, out _)(context, ids), r => r.DecisionId));

        async Task<ILookup<Guid, T>> Each<T>(IAsyncEnumerable<T> rows, Func<T, Guid> decision) =>
            (ids.Count == 0 ? [] : await rows.ToListAsync(cancellation)).ToLookup(decision);
    }
}

/// <summary>Gives decisions to a viewer, each with its stances, rechecks and whether a view the viewer can see puts it in question.</summary>
public static class DecisionViews
{
    public static async Task<List<DecisionView>> Load(
        IPlanningDatabase database, Viewer viewer, Team team, IReadOnlyCollection<SeenContribution> seen,
        Expression<Func<Decision, bool>> which, CancellationToken cancellation) =>
        Of(await StoredDecisions.With(
            database, await database.Decisions.AsNoTracking().Where(d => d.PlanId == viewer.PlanId).Where(which).ToListAsync(cancellation), cancellation), team, seen);

    internal static List<DecisionView> Of(StoredDecisions stored, Team team, IReadOnlyCollection<SeenContribution> seen) =>
    [
        .. stored.Decisions.OrderBy(d => d.DecidedAt).ThenBy(d => d.Id)
            .Select(d => View(d, team, seen, stored.Wordings[d.Id], [.. stored.Responses[d.Id]], [.. stored.Rechecks[d.Id]])),
    ];

    public static (Guid By, DecisionField? About, DateTimeOffset At, Guid Id) StandingKey(DecisionResponse r) => (r.ById, r.About, r.At, r.Id);

    private static DecisionView View(
        Decision decision, Team team, IReadOnlyCollection<SeenContribution> seen, IEnumerable<DecisionWording> wordings,
        List<DecisionResponse> responses, List<Recheck> rechecks)
    {
        var visible = seen.Select(c => c.Id).ToHashSet();
        var arrived = seen.Where(c => c.Stands && c.ReviewId == decision.ReviewId).Select(c => c.Arrived);
        var @unchecked = Rechecking.Unchecked(decision.Outcomes, decision.DecidedAt, arrived,
            [.. rechecks.Select(r => (r.At, (IReadOnlyCollection<Guid>)r.Considered))]);
        var standing = responses.Standing(StandingKey).Select(r => r.Id).ToHashSet();
        var inOrder = responses.OrderBy(r => r.At).ThenBy(r => r.Id).ToList();
        return new DecisionView(
            decision.Id, decision.PlanId, decision.ReviewId, decision.Outcomes, decision.What, decision.How, decision.Why, decision.WhereNext,
            [.. decision.Because.Where(visible.Contains)], team[decision.DecidedById], decision.DecidedAt, decision.Version,
            @unchecked.Count > 0, @unchecked,
            [.. inOrder.Where(r => standing.Contains(r.Id) && r.Stance.IsDissent())
                .InOrder(r => VoicesHeard.PlaceOf(team[r.ById]))
                .Select(r => new DissentView(r.Id, r.DecisionId, decision.ReviewId, team[r.ById], r.Stance, r.Reason, r.About, r.At))],
            [.. inOrder.Select(r => new DecisionResponseView(r.Id, team[r.ById], r.Stance, r.Reason, r.About, r.At, standing.Contains(r.Id)))],
            [.. rechecks.OrderBy(r => r.At).ThenBy(r => r.Id).Select(r =>
                new RecheckView(r.Id, team[r.ById], r.Finding, r.Changed, [.. r.Considered.Where(visible.Contains)], r.At))],
            [.. wordings.OrderBy(w => w.Number).Select(w =>
                new DecisionWordingView(w.Number, w.What, w.How, w.Why, w.WhereNext, team[w.ById], w.At))]);
    }
}
