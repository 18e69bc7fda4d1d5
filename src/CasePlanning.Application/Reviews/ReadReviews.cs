using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>The plan's reviews, newest first.</summary>
public sealed record ListReviews(Guid PlanId, PageOf Page) : IQuery<Page<ReviewSummary>>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One review.</summary>
public sealed record ReadReview(Guid ReviewId) : IQuery<ReviewView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Read;
}

public sealed class ReadReviewsHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ListReviews, Page<ReviewSummary>>, IRequestHandler<ReadReview, ReviewView>
{
    public async Task<Page<ReviewSummary>> Handle(ListReviews request, CancellationToken cancellationToken)
    {
        var today = (await Clock(cancellationToken)).DayOf(time.GetUtcNow());
        var reviews = await database.Reviews.AsNoTracking().Where(r => r.PlanId == request.PlanId).ToListAsync(cancellationToken);
        return reviews.OrderByDescending(r => r.OpensOn).ThenByDescending(r => r.Id).Select(r => ReviewSummary.Of(r, today))
            .Cut(r => r.Id, request.Page);
    }

    public async Task<ReviewView> Handle(ReadReview request, CancellationToken cancellationToken)
    {
        var review = await database.Reviews.AsNoTracking().SingleAsync(r => r.Id == request.ReviewId, cancellationToken);
        var clock = await Clock(cancellationToken);
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        return await ReviewViews.Of(review, database, call.Viewer, team, clock, clock.DayOf(time.GetUtcNow()), cancellationToken);
    }

    private async Task<PlanningClock> Clock(CancellationToken cancellation) =>
        clocks.Of(await database.Plans.Where(p => p.Id == call.Viewer.PlanId).Select(p => p.Authority).SingleAsync(cancellation));
}

/// <summary>One review as a viewer is shown it.</summary>
internal static class ReviewViews
{
    public static async Task<ReviewView> Of(
        Review review, IPlanningDatabase database, Viewer viewer, Team team, PlanningClock clock, DateOnly today, CancellationToken cancellation)
    {
        var decisions = await DecisionViews.Load(database, viewer, team, [], d => d.ReviewId == review.Id, cancellation);
        return new ReviewView(
            review.Id, review.PlanId, review.Title, review.OpensOn, review.ClosesOn, review.StateOn(today),
            [.. review.Meetings.Select(m => new MeetingView(m.At, m.Place))],
            clock.Due(review.ClosedAt is { } closed ? clock.DayOf(closed) : review.ClosesOn, clock.Rules.SignOff),
            team[review.OpenedById], review.ClosedAt, team.Find(review.ClosedById),
            await SeesWhatWasLeftOpen(review, database, viewer, cancellation) ? review.LeftOpen : null, review.SignedAt, team.Find(review.SignedById),
            await CarriedForwardViews.Load(database, review.Id, team, cancellation),
            [.. decisions.SelectMany(d => d.Dissents)],
            await AddendumViews.Load(database, review.Id, team, cancellation),
            review.Version);
    }

    /// <summary>The reason tells that views differ, and so is for those who can see that they do.</summary>
    private static async Task<bool> SeesWhatWasLeftOpen(Review review, IPlanningDatabase database, Viewer viewer, CancellationToken cancellation)
    {
        if (review.LeftOpen is null)
            return false;
        var differing = (await ReviewParts.Load(review.Id, database, viewer, cancellation)).Differing.Select(o => o.Code).ToHashSet();
        return review.OutcomesLeftOpen.TrueForAll(differing.Contains);
    }
}
