using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>
/// Assents that a review's process is complete. Not an approval of anybody's view: dissents stand, and the result lists them.
/// </summary>
public sealed record SignOffReview(Guid ReviewId, int ReadAt) : IFromVersion, IPlanRequest
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.SignOff;
}

public sealed class SignOffReviewHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<SignOffReview, Written>
{
    public async Task<Written> Handle(SignOffReview request, CancellationToken cancellationToken)
    {
        var review = (await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken)).AsReadAt(request.ReadAt);
        var hindrances = await Hindrances.Of(review.Id, database, call.Viewer, cancellationToken);
        review.SignOff(hindrances.NeedingRecheck, call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(review.Id, review);
    }
}
