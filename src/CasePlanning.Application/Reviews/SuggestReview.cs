using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Days for the plan's next review, worked out from the authority's clock.</summary>
public sealed record SuggestReview(Guid PlanId) : IQuery<ReviewSuggestion>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Days that a review could have. Nobody is held to them.</summary>
/// <param name="SignOffDue">When it would have to be signed off.</param>
/// <param name="Unsigned">Reviews that are not signed off yet: a new one cannot share their days, so these begin after them.</param>
public sealed record ReviewSuggestion(DateOnly OpensOn, DateOnly ClosesOn, DateOnly SignOffDue, IReadOnlyList<ReviewSummary> Unsigned);

public sealed class SuggestReviewHandler(IPlanningDatabase database, IClocks clocks, TimeProvider time) : IRequestHandler<SuggestReview, ReviewSuggestion>
{
    public async Task<ReviewSuggestion> Handle(SuggestReview request, CancellationToken cancellationToken)
    {
        var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == request.PlanId, cancellationToken);
        var reviews = await database.Reviews.AsNoTracking().Where(r => r.PlanId == plan.Id).ToListAsync(cancellationToken);
        var unsigned = reviews.Where(r => r.SignedAt is null).OrderBy(r => r.OpensOn).ThenBy(r => r.Id).ToList();
        var clock = clocks.Of(plan.Authority);
        var today = clock.DayOf(time.GetUtcNow());
        var (opens, closes) = clock.WindowAfter(unsigned.Select(r => r.ClosesOn), today);
        // The first review is to be ready when the first plan is due.
        if (reviews.Count == 0 && clock.Due(plan.StartedOn, clock.Rules.FirstPlan) is var due && due > opens && due < closes)
            closes = due;
        return new ReviewSuggestion(opens, closes, clock.Due(closes, clock.Rules.SignOff), [.. unsigned.Select(r => ReviewSummary.Of(r, today))]);
    }
}
