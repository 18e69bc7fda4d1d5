using System.Diagnostics;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server.Identity;

/// <summary>Somebody who came in by link and code.</summary>
/// <param name="PlanId">The plan they were invited to; null when they came back by a link that they asked for.</param>
internal sealed record CameIn(Guid PersonId, Guid? PlanId);

/// <summary>
/// Takes a link and a code, and sends new links to whoever keeps a code. What is unknown, used, too old, taken back or wrong is
/// answered alike, and not sooner: nobody learns from an answer what is there.
/// </summary>
internal sealed class InvitedPeople(IWriteLane lane, IMail mail, ISealing sealing, TimeProvider time)
{
    public const int MostLinksInAnHour = 3;

    private const int MostRounds = 5;

    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(1);

    /// <summary>Longer than any of it takes on a healthy store.</summary>
    private static readonly TimeSpan Floor = TimeSpan.FromMilliseconds(400);

    /// <param name="known">The account at their agency's provider, which is to be theirs from now on; null when there is none.</param>
    /// <returns>Null when link and code let nobody in.</returns>
    /// <exception cref="BrokenRule">The account at the provider is somebody else's; the invitation can still be used.</exception>
    public async Task<CameIn?> Accept(string token, string? code, ProviderAccount? known, string requestId, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var given = new string([.. (code ?? "").Where(char.IsAsciiDigit)]);
        for (var round = 1; ; round++)
        {
            try
            {
                var cameIn = await lane.Run(
                    (services, inside) => Accept(services.GetRequiredService<IPlanningDatabase>(), token, given, known, requestId, inside), cancellation);
                if (cameIn is null)
                    await UpToFloor(began, cancellation);
                return cameIn;
            }
            catch (DbUpdateException) when (round < MostRounds)
            {
                // Another try at the same link, on another host, was counted first.
            }
        }
    }

    /// <summary>Sends a link to whoever came in by an invitation before, at their own address. Nobody is told whether it was sent.</summary>
    public async Task SendNewLink(string? email, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var address = Person.NormaliseEmail(email ?? "");
        await lane.Run((services, inside) => SendNewLink(services.GetRequiredService<IPlanningDatabase>(), address, inside), cancellation);
        await UpToFloor(began, cancellation);
    }

    private async Task<CameIn?> Accept(
        IPlanningDatabase database, string token, string code, ProviderAccount? known, string requestId, CancellationToken cancellation)
    {
        var (now, hash) = (time.GetUtcNow(), Invitation.HashOf(token));
        var invitation = await database.Invitations.SingleOrDefaultAsync(i => i.TokenHash == hash, cancellation);
        if (invitation?.State(now) is not InvitationState.Open)
            return null;
        var account = await database.Accounts.SingleOrDefaultAsync(a => a.Id == invitation.PersonId, cancellation);
        var part = await database.Participants.AsNoTracking().SingleOrDefaultAsync(p => p.Id == invitation.ParticipantId, cancellation);
        if (account?.DisabledAt is not null || part?.Until <= now || sealing.Unseal(invitation.SealedCode) is not { } rightCode)
            return null;

        var sealedCode = invitation.SealedCode;
        var isRight = invitation.Accept(code, rightCode, now);
        database.Journal.Add(EntryOf(invitation, part, isRight, requestId, now));
        if (isRight)
        {
            if (account is null)
                database.Accounts.Add(account = new Account(invitation.PersonId));
            account.KeepLinkCode(sealedCode);
            await Bind(database, known, invitation.PersonId, now, cancellation);
        }
        else if (invitation is { IsAskedFor: true, WrongCodes: Invitation.MostWrongCodes })
        {
            account?.ForgetLinkCode();
        }

        await database.SaveChangesAsync(cancellation);
        return isRight ? new CameIn(invitation.PersonId, part?.PlanId) : null;
    }

    private static async Task Bind(IPlanningDatabase database, ProviderAccount? known, Guid personId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (known is not { Issuer: var issuer, Subject: var subject })
            return;
        var bound = await database.ProviderSubjects.SingleOrDefaultAsync(s => s.Issuer == issuer && s.Subject == subject, cancellation);
        if (bound is null)
            database.ProviderSubjects.Add(new ProviderSubject(issuer, subject, personId, now));
        else if (bound.PersonId != personId)
            throw InvitationRules.SubjectIsTaken.Broken();
    }

    private static JournalEntry EntryOf(Invitation invitation, Participant? part, bool isRight, string requestId, DateTimeOffset now) => new(
        // Whoever gives a wrong code has not shown who they are.
        new Actor(isRight ? invitation.PersonId : null, ClientId: null, OnBehalfOfId: null, isRight ? part?.AgencyId : null, requestId),
        new Deed("AcceptInvitation", Writes: true, part?.PlanId, part is null ? null : "Plan", part?.PlanId, invitation.Id),
        isRight ? Verdict.Allowed : Verdict.Denied, [], now);

    private async Task<bool> SendNewLink(IPlanningDatabase database, string address, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var since = now - LinkLife;
        var account = mail.IsConfigured
            ? await database.Persons.Where(p => p.Email == address).WithSafeAddress(database)
                .Join(database.Accounts, p => p.Id, a => a.Id, (_, a) => a)
                .Where(a => a.DisabledAt == null && a.LinkCode != null
                    && database.OutgoingMails.Count(m => m.ToPersonId == a.Id && m.Kind == MailKind.NewLink && m.WrittenAt > since) < MostLinksInAnHour)
                .FirstOrDefaultAsync(cancellation)
            : null;
        if (account?.LinkCode is not { } code)
            return false;

        await InvitationLetters.TakeBackOpen(database, i => i.PersonId == account.Id && i.IsAskedFor, now, cancellation);
        var token = Invitation.NewToken();
        var invitation = Invitation.Again(account.Id, token, code, LinkLife, now);
        database.Invitations.Add(invitation);
        database.OutgoingMails.Add(new OutgoingMail(
            MailKind.NewLink, account.Id, invitation.Id, MailTexts.NewLink(mail.Page(InvitationLetters.Page + token)), sealing, now));
        await database.SaveChangesAsync(cancellation);
        return true;
    }

    private static async Task UpToFloor(long began, CancellationToken cancellation)
    {
        // A timer goes by a coarser clock, and may come some milliseconds too soon.
        while (Floor - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } left)
            await Task.Delay(left + TimeSpan.FromMilliseconds(1), cancellation);
    }
}

/// <summary>An account at an agency's provider.</summary>
internal sealed record ProviderAccount(string Issuer, string Subject);
