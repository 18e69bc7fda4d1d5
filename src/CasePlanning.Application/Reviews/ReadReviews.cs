using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
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
    private const string StillTrue = "Still true?";

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
        var decisions = await DecisionViews.Load(database, call.Viewer, team, [], d => d.ReviewId == review.Id, cancellationToken);
        var addenda = await database.Addenda.AsNoTracking().Where(a => a.ReviewId == review.Id).ToListAsync(cancellationToken);
        return new ReviewView(
            review.Id, review.PlanId, review.Title, review.OpensOn, review.ClosesOn, review.StateOn(clock.DayOf(time.GetUtcNow())),
            [.. review.Meetings.Select(m => new MeetingView(m.At, m.Place))],
            clock.Due(review.ClosedAt is { } closed ? clock.DayOf(closed) : review.ClosesOn, clock.Rules.SignOff),
            team[review.OpenedById], review.ClosedAt, team.Find(review.ClosedById), review.SignedAt, team.Find(review.SignedById),
            await CarriedForward(review.Id, team, cancellationToken),
            [.. decisions.SelectMany(d => d.Dissents)],
            [.. addenda.OrderBy(a => a.At).ThenBy(a => a.Id).Select(a => new AddendumView(a.Id, team[a.ById], a.Words, a.At))],
            review.Version);
    }

    private async Task<IReadOnlyList<CarriedForwardView>> CarriedForward(Guid reviewId, Team team, CancellationToken cancellation)
    {
        var carried = await database.CarriedForward.AsNoTracking().Where(c => c.ReviewId == reviewId).ToListAsync(cancellation);
        if (carried.Count == 0)
            return [];
        var ids = carried.Select(c => c.SubjectId).ToList();
        var texts = (await database.Targets.Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, Text = t.What }).ToListAsync(cancellation))
            .Concat(await database.Actions.Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, Text = a.What }).ToListAsync(cancellation))
            .Concat(await database.DecisionResponses.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, Text = r.Reason ?? "" }).ToListAsync(cancellation))
            .ToDictionary(t => t.Id, t => t.Text);
        return
        [
            .. carried.OrderBy(c => c.Kind).ThenBy(c => c.Id).Select(c => new CarriedForwardView(
                c.Id, c.Kind, c.SubjectId, texts[c.SubjectId], StillTrue, c.StillTrue, c.Note, team.Find(c.AnsweredById), c.AnsweredAt)),
        ];
    }

    private async Task<PlanningClock> Clock(CancellationToken cancellation) =>
        clocks.Of(await database.Plans.Where(p => p.Id == call.Viewer.PlanId).Select(p => p.Authority).SingleAsync(cancellation));
}
