using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Asks one more participant for their view, after the review was opened.</summary>
public sealed record InviteVoice(Guid ReviewId, NewVoice Body) : ICreates, IPlanRequest, IWithBody<NewVoice>
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Whom to ask.</summary>
public sealed record NewVoice(Guid ParticipantId);

public sealed class InviteVoiceHandler(IPlanningDatabase database, TimeProvider time) : IRequestHandler<InviteVoice, Written>
{
    public async Task<Written> Handle(InviteVoice request, CancellationToken cancellationToken)
    {
        var (id, now) = (request.Body.ParticipantId, time.GetUtcNow());
        var review = await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken);
        review.MustNotBeClosed();
        var participant = await database.Participants.SingleOrDefaultAsync(p => p.Id == id && p.PlanId == review.PlanId, cancellationToken);
        if (participant is null || !participant.HasVoice || !participant.IsCurrent(now))
            throw InvalidRequest.At("/participantId", "unknown", "Nobody with this id has a voice in the plan now.");
        if (await database.Voices.AnyAsync(v => v.ReviewId == review.Id && v.ParticipantId == id, cancellationToken))
            throw ReviewRules.AlreadyInvited.Broken();
        database.Voices.Add(new Voice(review, id, now));
        return new Written(id);
    }
}
