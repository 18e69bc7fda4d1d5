using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Mail;

/// <summary>Invitations, each written together with the mail that carries its link. Nothing else makes one, so no link is lost.</summary>
public sealed class InvitationLetters(IPlanningDatabase database, IMail mail, IClocks clocks, ISealing sealing, TimeProvider time)
{
    /// <summary>So many mails with links go to one participant in a day, whoever sends them.</summary>
    public const int MostInADay = 10;

    /// <summary>Where a link leads; what follows is its token.</summary>
    public const string Page = "/invitation/";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Invites somebody to the part they take in a plan. An earlier invitation to it that is still open is taken back.</summary>
    public async Task<Invitation> Invite(Person person, Participant participant, Viewer inviter, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await MustBeReached(person, participant.Id, now, cancellation);
        await TakeBackOpen(database, i => i.ParticipantId == participant.Id, now, cancellation);
        var token = Invitation.NewToken();
        var invitation = new Invitation(
            person.Id, participant.Id, inviter.ParticipantId, token, sealing.Seal(Invitation.NewCode()), mail.InvitationLife, now);
        database.Invitations.Add(invitation);
        await Write(invitation, token, participant, inviter.Role, now, cancellation);
        return invitation;
    }

    /// <summary>Sends another link for the same code.</summary>
    public async Task SendAgain(Invitation invitation, Participant participant, Viewer sender, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await MustBeReached(await database.Persons.SingleAsync(p => p.Id == invitation.PersonId, cancellation), participant.Id, now, cancellation);
        var token = Invitation.NewToken();
        invitation.Renew(token, mail.InvitationLife, now);
        await Write(invitation, token, participant, sender.Role, now, cancellation);
    }

    /// <summary>Takes back those that can still be used.</summary>
    public static async Task TakeBackOpen(
        IPlanningDatabase database, System.Linq.Expressions.Expression<Func<Invitation, bool>> which, DateTimeOffset now, CancellationToken cancellation)
    {
        var open = await database.Invitations.Where(which).Where(i => i.AcceptedAt == null && i.RevokedAt == null).ToListAsync(cancellation);
        open.ForEach(i => i.Revoke(now));
    }

    private async Task MustBeReached(Person person, Guid participantId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!mail.IsConfigured)
            throw InvitationRules.NoMail.Broken();
        if (!await database.HasSafeAddress(person, cancellation))
            throw InvitationRules.NoAddress.Broken();
        var since = now - Day;
        var sent = await database.OutgoingMails.CountAsync(m => m.ToPersonId == person.Id && m.WrittenAt > since
            && database.Invitations.Any(i => i.Id == m.AboutId && i.ParticipantId == participantId), cancellation);
        if (sent >= MostInADay)
            throw new TooMany(Day);
    }

    private async Task Write(
        Invitation invitation, string token, Participant participant, Role? invitedBy, DateTimeOffset now, CancellationToken cancellation)
    {
        var authority = await database.Plans.Where(p => p.Id == participant.PlanId).Select(p => p.Authority).SingleAsync(cancellation);
        var text = MailTexts.Invitation(participant.Role, invitedBy, clocks.Of(authority).DayOf(invitation.ExpiresAt), mail.Page(Page + token));
        database.OutgoingMails.Add(new OutgoingMail(MailKind.Invitation, invitation.PersonId, invitation.Id, text, sealing, now));
    }
}
