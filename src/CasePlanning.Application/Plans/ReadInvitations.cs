using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The invitations of a participant, the newest first.</summary>
public sealed record ListInvitations(Guid PlanId, Guid ParticipantId, PageOf Page) : IQuery<Page<InvitationView>>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>One invitation.</summary>
public sealed record ReadInvitation(Guid PlanId, Guid ParticipantId, Guid InvitationId) : IQuery<InvitationView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>An invitation, what became of it, and of its mail.</summary>
/// <param name="Mail">What became of the newest mail with its link.</param>
/// <param name="Code">The six digits to hand over by another way than e-mail: for whoever sent it, while it is open.</param>
public sealed record InvitationView(
    Guid Id, Guid ParticipantId, InvitationState State, Who InvitedBy, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, DateTimeOffset? AcceptedAt,
    MailState Mail, string? Code);

public sealed class ReadInvitationsHandler(IPlanningDatabase database, CurrentCall call, ISealing sealing, TimeProvider time)
    : IRequestHandler<ListInvitations, Page<InvitationView>>, IRequestHandler<ReadInvitation, InvitationView>
{
    public async Task<Page<InvitationView>> Handle(ListInvitations request, CancellationToken cancellationToken)
    {
        var plan = call.Viewer.PlanId;
        if (!await database.Participants.AnyAsync(p => p.Id == request.ParticipantId && p.PlanId == plan, cancellationToken))
            throw new NotVisible();
        return (await Load(request.ParticipantId, cancellationToken)).Cut(i => i.Id, request.Page);
    }

    public async Task<InvitationView> Handle(ReadInvitation request, CancellationToken cancellationToken) =>
        (await Load(request.ParticipantId, cancellationToken)).FirstOrDefault(i => i.Id == request.InvitationId) ?? throw new NotVisible();

    private async Task<IEnumerable<InvitationView>> Load(Guid participantId, CancellationToken cancellation)
    {
        var (plan, now) = (call.Viewer.PlanId, time.GetUtcNow());
        var invitations = await database.Invitations.AsNoTracking()
            .Where(i => i.ParticipantId == participantId && database.Participants.Any(p => p.Id == participantId && p.PlanId == plan))
            .ToListAsync(cancellation);
        var ids = invitations.Select(i => (Guid?)i.Id).ToList();
        var mails = (await database.OutgoingMails.AsNoTracking().Where(m => ids.Contains(m.AboutId))
            .Select(m => new { m.AboutId, m.WrittenAt, m.Id, m.SentAt, m.NextAttemptAt }).ToListAsync(cancellation)).ToLookup(m => m.AboutId);
        var team = await Team.Load(database, call.Viewer, cancellation);
        return invitations.OrderByDescending(i => i.SentAt).ThenByDescending(i => i.Id).Select(i =>
        {
            var mail = mails[i.Id].OrderBy(m => m.WrittenAt).ThenBy(m => m.Id).Last();
            return new InvitationView(
                i.Id, participantId, i.State(now), team[i.InvitedById!.Value], i.SentAt, i.ExpiresAt, i.AcceptedAt,
                OutgoingMail.StateOf(mail.SentAt, mail.NextAttemptAt), CodeOf(i, now));
        });
    }

    private string? CodeOf(Invitation invitation, DateTimeOffset now) =>
        invitation.InvitedById == call.Viewer.ParticipantId && invitation.State(now) is InvitationState.Open ? sealing.Unseal(invitation.SealedCode) : null;
}
