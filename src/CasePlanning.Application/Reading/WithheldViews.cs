using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>How many views of a review are kept from somebody who may know that there are some. Nothing of them but their outcome is asked.</summary>
internal static class WithheldViews
{
    /// <summary><see cref="ContributionVisibility.ContributionsWithheldFrom"/>, of one review.</summary>
    private static readonly ReaderQuery<InOutcome> OfReview = new(
        (context, plan, review, me, agency, client, professionals, health, home, listed, hidden) =>
            from c in context.Set<Contribution>()
            where c.PlanId == plan && c.ReviewId == review && c.Audience != AudienceKind.Sealed && c.WithdrawnAt == null
                && !ContributionVisibility.IsReadBy(c, me, agency, client, professionals, health, home, listed, hidden)
                && !ContributionVisibility.IsSummarised(c, hidden)
            group c by c.Outcome into outcome
            select new InOutcome { Code = outcome.Key, Count = outcome.Count() });

    /// <returns>By the outcome's code; nothing for whoever is told of nothing.</returns>
    public static async Task<Dictionary<string, int>> Count(
        IPlanningDatabase database, Viewer viewer, Guid reviewId, CancellationToken cancellation) => viewer.IsToldWhatIsWithheld
        ? await OfReview.Of(database, viewer, reviewId).ToDictionaryAsync(o => o.Code, o => o.Count, cancellationToken: cancellation)
        : [];

    private sealed class InOutcome
    {
        public required string Code { get; init; }

        public required int Count { get; init; }
    }
}
