using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>What stands in the way of closing a review and of signing it off, told before anybody tries.</summary>
public sealed record ReadReadiness(Guid ReviewId) : IQuery<ReadinessView>, IPlanRequest
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Whether a review can be closed and signed off now, as far as the caller may know, and what stands in the way.</summary>
/// <param name="ToClose">Empty once it is closed.</param>
/// <param name="ToSignOff">Empty once it is signed off.</param>
public sealed record ReadinessView(Guid ReviewId, IReadOnlyList<HindranceView> ToClose, IReadOnlyList<HindranceView> ToSignOff);

/// <summary>One thing that stands in the way.</summary>
/// <param name="Code">The rule that it would break.</param>
/// <param name="Subject">The participant, question, target or decision that it is about.</param>
/// <param name="Outcome">For a difference: the outcome. It stands in the way only of closing without a reason.</param>
public sealed record HindranceView(string Code, string Message, Guid? Subject = null, string? Outcome = null);

public sealed class ReadReadinessHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ReadReadiness, ReadinessView>
{
    public async Task<ReadinessView> Handle(ReadReadiness request, CancellationToken cancellationToken)
    {
        var review = await database.Reviews.AsNoTracking().SingleAsync(r => r.Id == request.ReviewId, cancellationToken);
        return (await Hindrances.Of(review.Id, database, call.Viewer, cancellationToken)).View(review);
    }
}
