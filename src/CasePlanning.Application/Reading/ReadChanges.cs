using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>How much of a plan is new to the caller since a time. Cheap: when nothing is, it reads no words.</summary>
public sealed record ReadChanges(Guid PlanId, DateTimeOffset? Since) : IQuery<ChangesView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>What is new, in numbers: of what the reader can see, and by others.</summary>
/// <param name="Views">Views that were added, or have a new version.</param>
/// <param name="Decisions">Decisions that were taken.</param>
public sealed record ChangesView(int Views, int Decisions);

public sealed class ReadChangesHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ReadChanges, ChangesView>
{
    public async Task<ChangesView> Handle(ReadChanges request, CancellationToken cancellationToken)
    {
        var (viewer, since) = (call.Viewer, request.Since ?? DateTimeOffset.MinValue);
        var (plan, me) = (viewer.PlanId, viewer.ParticipantId);
        var seen = await SeenContributions.Load(database, viewer,
            c => c.VoiceId != me && c.ProxyId != me && c.Versions.Any(v => v.SignedAt > since), cancellationToken);
        // Of a view that is only summed up for the reader, a version that leaves the summary as it was is none.
        var views = seen.Count(c => c.Stands && c.Newest.SignedAt > since);
        var decisions = await database.Reviews.Where(r => r.PlanId == plan).Join(database.Decisions, r => r.Id, d => d.ReviewId, (_, d) => d)
            .CountAsync(d => d.DecidedById != me && d.DecidedAt > since, cancellationToken);
        return new ChangesView(views, decisions);
    }
}
