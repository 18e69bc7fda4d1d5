using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// Sends a participant a link by e-mail. Whoever sends it hands over the six digits by another way; only both together let
/// somebody in. An earlier invitation that is still open is taken back.
/// </summary>
public sealed record InviteParticipant(Guid PlanId, Guid ParticipantId) : ICreates, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Sends the link again, for the same six digits; the earlier link opens nothing any more.</summary>
public sealed record SendInvitationAgain(Guid PlanId, Guid ParticipantId, Guid InvitationId) : ICommand, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Takes an invitation back: its link opens nothing any more.</summary>
public sealed record RevokeInvitation(Guid PlanId, Guid ParticipantId, Guid InvitationId) : ICommand, IPlanRequest, IWhenFrozen
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

public sealed class InviteParticipantHandler(IPlanningDatabase database, CurrentCall call, InvitationLetters letters, TimeProvider time)
    : IRequestHandler<InviteParticipant, Written>, IRequestHandler<SendInvitationAgain, Written>, IRequestHandler<RevokeInvitation, Written>
{
    public async Task<Written> Handle(InviteParticipant request, CancellationToken cancellationToken)
    {
        var participant = await Participant(request.ParticipantId, cancellationToken);
        var person = await database.Persons.SingleAsync(p => p.Id == participant.PersonId, cancellationToken);
        return new Written((await letters.Invite(person, participant, call.Viewer, cancellationToken)).Id);
    }

    public async Task<Written> Handle(SendInvitationAgain request, CancellationToken cancellationToken)
    {
        var invitation = await Invitation(request.InvitationId, request.ParticipantId, cancellationToken);
        await letters.SendAgain(invitation, await Participant(request.ParticipantId, cancellationToken), call.Viewer, cancellationToken);
        return new Written(invitation.Id);
    }

    public async Task<Written> Handle(RevokeInvitation request, CancellationToken cancellationToken)
    {
        var invitation = await Invitation(request.InvitationId, request.ParticipantId, cancellationToken);
        invitation.Revoke(time.GetUtcNow());
        return new Written(invitation.Id);
    }

    private async Task<Participant> Participant(Guid id, CancellationToken cancellation)
    {
        var participant = await database.Participants.AsNoTracking()
            .SingleOrDefaultAsync(p => p.Id == id && p.PlanId == call.Viewer.PlanId, cancellation) ?? throw new NotVisible();
        return participant.Until <= time.GetUtcNow() ? throw PlanRules.HasEnded.Broken() : participant;
    }

    private async Task<Invitation> Invitation(Guid id, Guid participantId, CancellationToken cancellation) =>
        await database.Invitations.SingleOrDefaultAsync(i => i.Id == id && i.ParticipantId == participantId
            && database.Participants.Any(p => p.Id == participantId && p.PlanId == call.Viewer.PlanId), cancellation)
        ?? throw new NotVisible();
}
