using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;

namespace CasePlanning.Application.Reviews;

/// <summary>The invited voices of a review: who has been heard, and what was done about those who have not.</summary>
public sealed record ListVoices(Guid ReviewId, PageOf Page) : IQuery<Page<VoiceView>>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Read;
}

/// <summary>One invited voice.</summary>
public sealed record ReadVoice(Guid ReviewId, Guid ParticipantId) : IQuery<VoiceView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Read;
}

public sealed class ReadVoicesHandler(IPlanningDatabase database, CurrentCall call)
    : IRequestHandler<ListVoices, Page<VoiceView>>, IRequestHandler<ReadVoice, VoiceView>
{
    public async Task<Page<VoiceView>> Handle(ListVoices request, CancellationToken cancellationToken) =>
        (await Load(request.ReviewId, cancellationToken)).Cut(v => v.ParticipantId, request.Page);

    public async Task<VoiceView> Handle(ReadVoice request, CancellationToken cancellationToken) =>
        (await Load(request.ReviewId, cancellationToken)).FirstOrDefault(v => v.ParticipantId == request.ParticipantId) ?? throw new NotVisible();

    private async Task<IEnumerable<VoiceView>> Load(Guid reviewId, CancellationToken cancellation)
    {
        var team = await Team.Load(database, call.Viewer, cancellation);
        var seen = await SeenContributions.Load(database, call.Viewer, c => c.ReviewId == reviewId, cancellation);
        var heard = await VoicesHeard.Load(database, reviewId, team, seen, cancellation);
        return heard.Select(h => VoicesHeard.View(h, call.Viewer, team));
    }
}
