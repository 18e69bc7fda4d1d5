using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>A view as far as it tells that somebody has spoken, and when. Its words are never loaded.</summary>
/// <param name="SignedAt">When what the viewer can see of it was last signed.</param>
internal sealed record SpokenView(Guid Id, string Outcome, Guid VoiceId, bool IsUnconfirmed, DateTimeOffset SignedAt);

/// <summary>A view that bears on something, before it is judged who may know of it.</summary>
internal sealed class SpokenRow
{
    /// <summary>The invited voice that it may be said for, or the decision that it came after.</summary>
    public required Guid BearsOn { get; init; }

    public required Contribution View { get; init; }

    public required DateTimeOffset SignedAt { get; init; }

    public required bool IsSummarised { get; init; }
}

/// <summary>
/// Views of many plans that stand, each given only to whoever may know of it: the rule is carried out on what is loaded, because its
/// reader is somebody else in each plan.
/// </summary>
internal sealed class SpokenViews
{
    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<SpokenRow>>> ByVoices = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> voices) => (
            from v in context.Set<Voice>()
            from c in context.Set<Contribution>()
            where voices.Contains(v.Id) && c.PlanId == v.PlanId && c.ReviewId == v.ReviewId
                && (c.VoiceId == v.ParticipantId || c.VoiceId == v.DelegateId) && c.WithdrawnAt == null
            select new SpokenRow
            {
                BearsOn = v.Id,
                View = c,
                SignedAt = c.Versions.OrderByDescending(x => x.Number).Select(x => x.SignedAt).FirstOrDefault(),
                IsSummarised = c.Versions.OrderByDescending(x => x.Number).Select(x => x.Summary).FirstOrDefault() != null,
            }).AsNoTracking()));

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<SpokenRow>>> LaterThanDecisions = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> reviews) => (
            from d in context.Set<Decision>()
            from c in context.Set<Contribution>()
            where reviews.Contains(d.ReviewId) && c.PlanId == d.PlanId && c.ReviewId == d.ReviewId && c.WithdrawnAt == null
                && c.Versions.Any(x => x.SignedAt > d.DecidedAt)
            select new SpokenRow
            {
                BearsOn = d.Id,
                View = c,
                SignedAt = c.Versions.OrderByDescending(x => x.Number).Select(x => x.SignedAt).FirstOrDefault(),
                IsSummarised = c.Versions.OrderByDescending(x => x.Number).Select(x => x.Summary).FirstOrDefault() != null,
            }).AsNoTracking()));

    private readonly ILookup<Guid, SpokenRow> rows;
    private readonly Dictionary<Guid, DateTimeOffset> summarisedAt;

    private SpokenViews(IEnumerable<SpokenRow> rows, Dictionary<Guid, DateTimeOffset> summarisedAt) =>
        (this.rows, this.summarisedAt) = (rows.ToLookup(r => r.BearsOn), summarisedAt);

    public IEnumerable<Guid> BornOn => rows.Select(r => r.Key);

    /// <summary>What was said in a review by its invited voices or those who speak in their place.</summary>
    public static Task<SpokenViews> OfVoices(IPlanningDatabase database, List<Guid> voices, IReadOnlyList<Place> places, CancellationToken cancellation) =>
        Load(ByVoices.For(database, out var context)(context, voices), database, places, cancellation);

    /// <summary>What came, or came anew, after a decision of the same review.</summary>
    public static Task<SpokenViews> AfterDecisions(IPlanningDatabase database, List<Guid> reviews, IReadOnlyList<Place> places, CancellationToken cancellation) =>
        Load(LaterThanDecisions.For(database, out var context)(context, reviews), database, places, cancellation);

    /// <summary>Those that bear on something, as the person in this place may know them.</summary>
    public IEnumerable<SpokenView> SeenFrom(Place place, Guid bearsOn) =>
        from row in rows[bearsOn]
        let sight = place.Viewer.SightOf(row.View, row.IsSummarised)
        where sight is not Sight.Nothing
        select new SpokenView(row.View.Id, row.View.Outcome, row.View.VoiceId, row.View.IsUnconfirmed,
            sight is Sight.Words ? row.SignedAt : summarisedAt[row.View.Id]);

    private static async Task<SpokenViews> Load(
        IAsyncEnumerable<SpokenRow> views, IPlanningDatabase database, IReadOnlyList<Place> places, CancellationToken cancellation)
    {
        var rows = await views.ToListAsync(cancellation);
        var summarised = rows.Where(r => places.Any(p => p.Viewer.SightOf(r.View, r.IsSummarised) is Sight.Summary)).Select(r => r.View.Id).Distinct().ToList();
        return new SpokenViews(rows, summarised.Count == 0 ? [] : await SummarisedAt(database, summarised, cancellation));
    }

    /// <summary>Since when each summary reads as it does: a version that differs only in what is hidden is none to whoever reads the summary.</summary>
    private static async Task<Dictionary<Guid, DateTimeOffset>> SummarisedAt(IPlanningDatabase database, List<Guid> views, CancellationToken cancellation)
    {
        var summaries = await database.ContributionVersions.Where(v => EF.Parameter(views).Contains(v.ContributionId) && v.Summary != null)
            .Select(v => new { v.ContributionId, v.Number, v.Summary, v.SignedAt }).ToListAsync(cancellation);
        return summaries.GroupBy(s => s.ContributionId).ToDictionary(g => g.Key, g =>
        {
            var versions = g.OrderByDescending(s => s.Number).ToList();
            return versions.TakeWhile(s => s.Summary == versions[0].Summary).Last().SignedAt;
        });
    }
}
