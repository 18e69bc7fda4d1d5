using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Changes a review's title, window or meetings: extend it, or plan a meeting later.</summary>
public sealed record ChangeReview(Guid ReviewId, int ReadAt, ReviewChange Body) : IFromVersion, IPlanRequest, IWithBody<ReviewChange>
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>What to change; absent members stay as they are. Meetings are replaced as a whole.</summary>
public sealed record ReviewChange(
    Change<string> Title = default, Change<DateOnly> OpensOn = default, Change<DateOnly> ClosesOn = default,
    Change<IReadOnlyList<NewMeeting>> Meetings = default);

public sealed class ReviewChangeValidator : AbstractValidator<ReviewChange>
{
    public ReviewChangeValidator()
    {
        RuleFor(r => r.Title.Value).Line(Review.TitleLength).When(r => r.Title.IsGiven);
        RuleFor(r => r.OpensOn.Value).Day().When(r => r.OpensOn.IsGiven);
        RuleFor(r => r.ClosesOn.Value).Day().When(r => r.ClosesOn.IsGiven);
        RuleFor(r => r.Meetings.Value).AtMost(Review.MostMeetings).When(r => r.Meetings.IsGiven);
        RuleForEach(r => r.Meetings.Value).SetValidator(new NewMeetingValidator()).When(r => r.Meetings.IsGiven);
    }
}

public sealed class ChangeReviewHandler(IPlanningDatabase database) : IRequestHandler<ChangeReview, Written>
{
    public async Task<Written> Handle(ChangeReview request, CancellationToken cancellationToken)
    {
        var change = request.Body;
        var review = (await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken)).AsReadAt(request.ReadAt);
        if (change.Title.IsGiven)
            review.Rename(change.Title.Value);
        if (change.OpensOn.IsGiven || change.ClosesOn.IsGiven)
        {
            review.Schedule(change.OpensOn.Or(review.OpensOn), change.ClosesOn.Or(review.ClosesOn));
            var others = await database.Reviews
                .Where(r => r.PlanId == review.PlanId && r.Id != review.Id && r.SignedAt == null).ToListAsync(cancellationToken);
            if (others.FirstOrDefault(review.Overlaps) is { } other)
                throw ReviewRules.Overlaps.Broken(new BrokenRuleDetail(other.Id, "This review runs in the same days."));
        }

        if (change.Meetings.IsGiven)
            review.Meet(change.Meetings.Value.Select(m => new Meeting(m.At, m.Place)));
        return new Written(review.Id, review);
    }
}
