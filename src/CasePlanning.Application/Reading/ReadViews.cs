using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using MediatR;

namespace CasePlanning.Application.Reading;

/// <summary>All views of a review side by side, for a page that shows some of them beside something else.</summary>
/// <param name="ReviewId">The review to read; the running one, or else the newest, when absent.</param>
public sealed record ReadViews(Guid PlanId, Guid? ReviewId = null) : IQuery<ReadingOfPlan>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

public sealed class ReadViewsHandler(IPlanningDatabase database, CurrentCall call, KeptReadings readings, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadViews, ReadingOfPlan>
{
    public async Task<ReadingOfPlan> Handle(ReadViews request, CancellationToken cancellationToken)
    {
        var (viewer, now) = (call.Viewer, time.GetUtcNow());
        var made = await readings.Of(viewer, request.ReviewId, now, () => MadeReading.Load(database, viewer, request.ReviewId, clocks, now, cancellationToken));
        return made.Reading;
    }
}
