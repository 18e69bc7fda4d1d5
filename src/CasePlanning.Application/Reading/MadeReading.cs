using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>What one viewer reads of one review, with what it was made of, for whoever shows more beside it.</summary>
/// <param name="Review">The review that is read; null while the plan has none.</param>
/// <param name="Reading">All of it; <see cref="In"/> gives the part that was asked for.</param>
public sealed record MadeReading(
    Viewer Viewer, Plan Plan, IReadOnlyList<Review> Reviews, Review? Review, DateOnly Today, Team Team, IReadOnlyList<HeardVoice> Heard,
    ReadingOfPlan Reading) : IKept
{
    public int Kilobytes => IKept.OfAView * (1 + Reading.Outcomes.Sum(o => o.Contributions.Count));

    /// <param name="reviewId">The review to read; the running one, or else the newest, when absent.</param>
    public static async Task<MadeReading> Load(
        IPlanningDatabase database, Viewer viewer, Guid? reviewId, IClocks clocks, DateTimeOffset now, CancellationToken cancellation)
    {
        var (plan, framework, reviews) = await SharedPlan.Load(database, viewer.PlanId, cancellation);
        var today = clocks.Of(plan.Authority).DayOf(now);
        var review = reviewId is { } asked ? reviews.FirstOrDefault(r => r.Id == asked) ?? throw new NotVisible() : CurrentReview.Of(reviews, today);
        var team = await Team.Load(database, viewer, cancellation);
        var header = new ReadPlanHeader(plan.Id, plan.Kind, plan.Child.ChosenName, team[plan.LeadParticipantId]);
        if (review is null)
        {
            return new MadeReading(viewer, plan, reviews, Review: null, today, team, [], new ReadingOfPlan(
                header, Review: null, ReadingView.Outcome, new VoicesCount(0, 0),
                [.. framework.Outcomes.Select(o => Of(o, [], [], [], viewer.IsToldWhatIsWithheld ? 0 : null, team, viewer))], People: null, Requests: null));
        }

        var shared = await SharedReview.Load(database, review, cancellation);
        var seen = await SeenContributions.OfReview(database, viewer, review.Id, cancellation);
        var heard = VoicesHeard.Of(shared.Voices, team, seen);
        var decisions = DecisionViews.Of(shared.Decisions, team, seen);
        var withheld = await Withheld(database, review.Id, viewer, cancellation);
        var views = await ContributionViews.Of(database, viewer, team, seen, cancellation);
        return new MadeReading(viewer, plan, reviews, review, today, team, heard, new ReadingOfPlan(
            header, ReviewSummary.Of(review, today), ReadingView.Outcome,
            new VoicesCount(heard.Count(h => h.Status is VoiceStatus.Heard), heard.Count),
            [.. framework.Outcomes.Select(o => Of(
                o, [.. views.Values.Where(c => c.Outcome == o.Code)], heard, [.. decisions.Where(d => d.Outcomes.Contains(o.Code))],
                viewer.IsToldWhatIsWithheld ? withheld.GetValueOrDefault(o.Code) : null, team, viewer))],
            People: null, Requests: null));
    }

    public ReadingOfPlan In(ReadingView view, DateTimeOffset? since)
    {
        if (Review is null)
            return Reading with { View = view };
        return view switch
        {
            ReadingView.Person => ByPerson,
            ReadingView.Differ => Reading with { Outcomes = [.. Reading.Outcomes.Where(o => o.ViewsDiffer)] },
            ReadingView.Child => ChildsWords,
            ReadingView.Since => NewSince(since ?? new DateTimeOffset(Review.OpensOn, TimeOnly.MinValue, TimeSpan.Zero)),
            _ => Reading,
        } with
        { View = view };
    }

    private ReadingOfPlan ByPerson => Reading with
    {
        People = [.. Reading.Outcomes.SelectMany(o => o.Contributions)
            .GroupBy(c => c.Author)
            .InOrder(g => VoicesHeard.PlaceOf(g.Key))
            .Select(g => new PersonReading(g.Key, [.. g]))],
        Outcomes = [.. Reading.Outcomes.Select(o => o with { Contributions = [] })],
    };

    private ReadingOfPlan ChildsWords => Reading with
    {
        Outcomes = [.. Reading.Outcomes.Select(o => o with { Contributions = [.. o.Contributions.Where(c => c.Author.Role is Role.Child)] })],
        Requests = [.. Reading.Outcomes.SelectMany(o => o.Contributions).SelectMany(c => c.Questions).Where(q => q.By.Role is Role.Child)],
    };

    private ReadingOfPlan NewSince(DateTimeOffset since) => Reading with
    {
        Outcomes =
        [
            .. Reading.Outcomes
                .Select(o => o with
                {
                    Contributions = [.. o.Contributions.Where(c => c.SignedAt > since || c.Attachments.Any(a => a.AddedAt > since) || c.Responses.Any(r => r.At > since) || c.Questions.Any(q => q.At > since || q.Answers.Any(a => a.At > since)))],
                    Decisions = [.. o.Decisions.Where(d => d.DecidedAt > since || d.Rechecks.Any(r => r.At > since) || d.Responses.Any(r => r.At > since))],
                })
                .Where(o => o.Contributions.Count + o.Decisions.Count > 0),
        ],
    };

    private static OutcomeReading Of(
        Outcome outcome, IReadOnlyList<ContributionView> contributions, IReadOnlyList<HeardVoice> heard, IReadOnlyList<DecisionView> decisions,
        int? withheld, Team team, Viewer viewer)
    {
        var standing = contributions.Where(c => c.WithdrawnAt is null).ToList();
        return new OutcomeReading(
            outcome.Code, outcome.Name, outcome.ChildName, Differences.Among(contributions),
            [.. contributions.InOrder(c => VoicesHeard.PlaceOf(c.Author))],
            [.. heard
                .Where(h => h.Status is not VoiceStatus.Declined
                    && !standing.Any(c => h.Voice.IsSpokenBy(c.Author.ParticipantId, c.SignedAt!.Value)))
                .Select(h => VoicesHeard.View(h, viewer, team))
                .Select(v => new NotHeardView(v.ParticipantId, v.Name, v.Role, v.Agency, v.Status, v.Absence))],
            decisions, withheld);
    }

    private static async Task<Dictionary<string, int>> Withheld(
        IPlanningDatabase database, Guid reviewId, Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.IsToldWhatIsWithheld)
            return [];
        return await database.Contributions.ContributionsWithheldFrom(viewer).Where(c => c.ReviewId == reviewId)
            .GroupBy(c => c.Outcome).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
    }
}
