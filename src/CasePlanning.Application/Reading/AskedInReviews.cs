using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>
/// What the reviews that are not signed ask of a person, over all their plans. Who is heard, and what a decision must be checked
/// against, is judged by what they can see in each plan.
/// </summary>
internal sealed class AskedInReviews(IPlanningDatabase database, IReadOnlyList<Place> places)
{
    /// <summary>What is most of all that a voice has said: somebody's words for it, or its own.</summary>
    private const int Unconfirmed = 1;
    private const int InOwnWords = 2;

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<Review>>> NotSigned = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> plans) =>
            context.Set<Review>().AsNoTracking().Where(r => plans.Contains(r.PlanId) && r.SignedAt == null)));

    /// <summary>Mine, and all of reviews that are closing. A voice reads its own words whatever their audience, so that it need not be judged who may know of them.</summary>
    private static readonly Compiled<Func<DbContext, List<Guid>, List<Guid>, List<Guid>, IAsyncEnumerable<VoiceRow>>> VoicesIn = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> reviews, List<Guid> mine, List<Guid> closing) =>
            context.Set<Voice>().AsNoTracking()
                .Where(v => reviews.Contains(v.ReviewId)
                    && (mine.Contains(v.ParticipantId) || (v.DelegateId != null && mine.Contains(v.DelegateId.Value)) || closing.Contains(v.ReviewId)))
                .Select(v => new VoiceRow(v, context.Set<Contribution>()
                    .Where(c => c.WithdrawnAt == null && c.PlanId == v.PlanId && c.ReviewId == v.ReviewId && c.VoiceId == v.ParticipantId)
                    .Max(c => (int?)(c.ConfirmedAt != null || (c.ProxyId == null && c.AssertedById == null) ? InOwnWords : Unconfirmed))))));

    private readonly ILookup<Guid, Place> inPlan = places.ToLookup(p => p.Plan);

    public async Task<IEnumerable<Asked>> Load(CancellationToken cancellation)
    {
        var reviews = await NotSigned.For(database, out var context)(context, [.. inPlan.Select(p => p.Key)]).ToListAsync(cancellation);
        if (reviews.Count == 0)
            return [];
        var here = reviews.SelectMany(r => inPlan[r.PlanId], (review, place) => new Here(place, review)).ToList();
        return
        [
            .. await Voices([.. here.Where(h => h.Review.ClosedAt is null)], cancellation),
            .. await Rewordings([.. here.Where(h => h.Review.ClosedAt is null && h.Place.Viewer.May(Permission.Coordinate))], cancellation),
            .. await Rechecks([.. here.Where(h => h.Place.Viewer.May(Permission.Decide))], cancellation),
            .. here.Where(h => h.Review.ClosedAt is not null && h.Place.Viewer.May(Permission.SignOff)).Select(h => h.Place.Item(
                h.Review.Id, WorkKind.SignOff, h.Review.Id, h.Review.Id, h.Place.SignOffDue(h.Review), "This review is closed and waits to be signed off.")),
        ];
    }

    /// <summary>Whose view is asked for, and whose still lacks while the review is closing.</summary>
    private async Task<IEnumerable<Asked>> Voices(List<Here> open, CancellationToken cancellation)
    {
        if (open.Count == 0)
            return [];
        var (mine, reviews) = (open.Select(h => h.Place.Me).Distinct().ToList(), open.Select(h => h.Review.Id).Distinct().ToList());
        var closing = open.Where(h => h.AsksForTheMissing).Select(h => h.Review.Id).Distinct().ToList();
        var voices = await VoicesIn.For(database, out var context)(context, reviews, mine, closing).ToListAsync(cancellation);
        var asked = (
            from h in open
            join v in voices on h.Review.Id equals v.Voice.ReviewId
            where h.AsksForTheMissing || (v.Voice.DelegateId ?? v.Voice.ParticipantId) == h.Place.Me
            select (Here: h, v.Voice, Own: v.Voice.ParticipantId == h.Place.Me && v.Voice.DelegateId is null ? v.Voice.StatusWhen(v.Said is InOwnWords, v.Said is Unconfirmed) : (VoiceStatus?)null))
            .ToList();
        var others = asked.Where(a => a.Own is null).Select(a => a.Voice.Id).Distinct().ToList();
        var spoken = others.Count == 0 ? null : await SpokenViews.OfVoices(database, others, places, cancellation);
        var heard = asked.Select(a => (a.Here, Heard: new HeardVoice(a.Voice, a.Own ?? StatusOf(a.Voice, [.. spoken!.SeenFrom(a.Here.Place, a.Voice.Id)])))).ToList();

        var missing = heard.Where(h => h.Here.AsksForTheMissing && !h.Heard.IsSettled).ToList();
        var toGive = heard.Where(h => (h.Heard.Voice.DelegateId ?? h.Heard.Voice.ParticipantId) == h.Here.Place.Me
            && h.Heard.Status is VoiceStatus.NotYet or VoiceStatus.Partly or VoiceStatus.CouldNotReach).ToLookup(h => h.Here, h => h.Heard);
        var teams = await Team.LoadEach(database,
            [.. missing.Select(m => m.Here).Concat(toGive.Where(g => g.Skip(1).Any()).Select(g => g.Key)).Select(h => h.Place.Viewer).DistinctBy(v => v.ParticipantId)], cancellation);
        return toGive
            .Select(g => (Here: g.Key, First: g.Skip(1).Any() ? g.InOrder(h => VoicesHeard.PlaceOf(teams[g.Key.Place.Me][h.Voice.ParticipantId])).First() : g.First()))
            .Select(g => g.Here.Place.Item(
                g.First.Voice.Id, WorkKind.GiveView, g.Here.Review.Id, g.Here.Review.Id, g.Here.Review.ClosesOn, "You were asked for your view."))
            .Concat(missing.Select(m => m.Here.Place.Item(
                m.Heard.Voice.Id, WorkKind.AddressVoice, m.Here.Review.Id, m.Heard.Voice.ParticipantId, m.Here.Review.ClosesOn, "An invited voice is not heard yet.",
                teams[m.Here.Place.Me][m.Heard.Voice.ParticipantId].Name)));
    }

    private static VoiceStatus StatusOf(Voice voice, List<SpokenView> seen)
    {
        var own = seen.Where(v => voice.IsSpokenBy(v.VoiceId, v.SignedAt)).ToList();
        return voice.StatusWhen(own.Any(v => !v.IsUnconfirmed), own.Any(v => v.IsUnconfirmed));
    }

    private async Task<IEnumerable<Asked>> Rewordings(List<Here> coordinated, CancellationToken cancellation)
    {
        if (coordinated.Count == 0)
            return [];
        var plans = coordinated.Select(h => h.Place.Plan).Distinct().ToList();
        var rewordings = await (
            from target in database.Targets
            join r in database.Rewordings on target.Id equals r.TargetId
            join author in database.Participants on r.ById equals author.Id
            where EF.Parameter(plans).Contains(target.PlanId) && r.Reply == null && author.Role == Role.Child
            select new { r.Id, r.TargetId, r.PlanId }).ToListAsync(cancellation);
        return
            from h in coordinated
            join r in rewordings on h.Place.Plan equals r.PlanId
            select h.Place.Item(r.Id, WorkKind.ReplyToChild, h.Review.Id, r.TargetId, h.Review.ClosesOn, "The child reworded a target and waits for a reply.");
    }

    /// <summary>Decisions that a view which the person can see came after, and that nobody has checked against it.</summary>
    private async Task<IEnumerable<Asked>> Rechecks(List<Here> decided, CancellationToken cancellation)
    {
        if (decided.Count == 0)
            return [];
        var reviews = decided.Select(h => h.Review.Id).Distinct().ToList();
        var late = await SpokenViews.AfterDecisions(database, reviews, places, cancellation);
        var ids = late.BornOn.ToList();
        if (ids.Count == 0)
            return [];
        var decisions = await database.Decisions.Where(d => EF.Parameter(ids).Contains(d.Id))
            .Select(d => new { d.Id, d.ReviewId, d.Outcomes, d.DecidedAt, d.What }).ToListAsync(cancellation);
        var rechecks = (await database.Rechecks.Where(r => EF.Parameter(ids).Contains(r.DecisionId))
            .Select(r => new { r.DecisionId, r.At, r.Considered }).ToListAsync(cancellation)).ToLookup(r => r.DecisionId);
        return
            from h in decided
            join d in decisions on h.Review.Id equals d.ReviewId
            let arrived = late.SeenFrom(h.Place, d.Id).Select(v => new ArrivedView(v.Id, v.Outcome, v.SignedAt))
            where Rechecking.Unchecked(d.Outcomes, d.DecidedAt, arrived, [.. rechecks[d.Id].Select(r => (r.At, (IReadOnlyCollection<Guid>)r.Considered))]).Count > 0
            select h.Place.Item(d.Id, WorkKind.RecheckDecision, h.Review.Id, d.Id, h.Place.SignOffDue(h.Review), "A view arrived after this decision.", d.What);
    }

    /// <param name="Said">What is most of all that it has said itself.</param>
    private sealed record VoiceRow(Voice Voice, int? Said);

    /// <summary>A review, as the person sees it from one place in its plan.</summary>
    private sealed class Here(Place place, Review review)
    {
        public Place Place { get; } = place;

        public Review Review { get; } = review;

        /// <summary>The window is over, and they see to it that nobody is forgotten.</summary>
        public bool AsksForTheMissing { get; } = place.Viewer.May(Permission.Coordinate) && review.StateOn(place.Today) is ReviewState.Closing;
    }
}
