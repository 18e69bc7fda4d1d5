using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Closes a review: possible without a missing voice, but not silently, and not while a child waits for a reply.</summary>
public sealed record CloseReview(Guid ReviewId, int ReadAt, Closing Body) : IFromVersion, IPlanRequest, IWithBody<Closing>
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>How a review is closed.</summary>
/// <param name="LeftOpen">Why the outcomes on which views differ and nothing was decided are left open; needed while there are any.</param>
public sealed record Closing(string? LeftOpen = null);

public sealed class ClosingValidator : AbstractValidator<Closing>
{
    public ClosingValidator() => RuleFor(c => c.LeftOpen).OptionalWords(Review.LeftOpenLength);
}

public sealed class CloseReviewHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<CloseReview, Written>
{
    public async Task<Written> Handle(CloseReview request, CancellationToken cancellationToken)
    {
        var review = (await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken)).AsReadAt(request.ReadAt);
        var hindrances = await Hindrances.Of(review.Id, database, call.Viewer, cancellationToken);
        review.Close(
            hindrances.NotAddressed, hindrances.WithoutReply, hindrances.Differences, request.Body.LeftOpen,
            call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(review.Id, review);
    }
}
