using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reviews;

/// <summary>Everything that one viewer can see of one review, loaded once.</summary>
internal sealed record ReviewParts(
    Team Team, IReadOnlyList<Outcome> Outcomes, List<SeenContribution> Seen, IReadOnlyCollection<ContributionView> Views,
    IReadOnlyList<HeardVoice> Heard, IReadOnlyList<DecisionView> Decisions)
{
    /// <summary>The outcomes on which views differ, and nothing was decided.</summary>
    public IEnumerable<Outcome> LeftOpen => Differing.Where(o => !Decisions.Any(d => d.Outcomes.Contains(o.Code)));

    public IEnumerable<Outcome> Differing => Outcomes.Where(o => Differences.Among(ViewsOn(o.Code)));

    public IEnumerable<ContributionView> ViewsOn(string outcome) => Views.Where(v => v.Outcome == outcome && v.WithdrawnAt is null);

    public static async Task<ReviewParts> Load(Guid reviewId, IPlanningDatabase database, Viewer viewer, CancellationToken cancellation)
    {
        var team = await Team.Load(database, viewer, cancellation);
        var seen = await SeenContributions.Load(database, viewer, c => c.ReviewId == reviewId, cancellation);
        return new ReviewParts(
            team, await PlanChecks.Outcomes(database, viewer.PlanId, cancellation), seen,
            (await ContributionViews.Of(database, viewer, team, seen, cancellation)).Values,
            await VoicesHeard.Load(database, reviewId, team, seen, cancellation),
            await DecisionViews.Load(database, viewer, team, seen, d => d.ReviewId == reviewId, cancellation));
    }
}
