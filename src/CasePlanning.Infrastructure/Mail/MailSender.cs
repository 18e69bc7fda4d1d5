using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace CasePlanning.Infrastructure.Mail;

/// <summary>
/// Takes the mails that wait to the mail server, one after the other. Each is claimed in the database before it is tried, so that
/// of several hosts one tries it. One that was taken by the server just before this host died goes again, under the same id.
/// </summary>
internal sealed class MailSender(
    IWriteLane lane, IServiceScopeFactory scopes, MailSettings settings, ISealing sealing, TimeProvider time, ILogger<MailSender> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>What there is no sense in trying again.</summary>
    private const string NoAddress = "NoAddress";
    private const string NotNeeded = "NotNeeded";
    private const string Unreadable = "Unreadable";

    /// <summary>How long one attempt may take: less than a claim lasts, or another host would begin while this one still waits.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.IsConfigured)
            await Rounds.Run(Pause, SendWhatWaits, log, stoppingToken);
    }

    /// <summary>Sends until nothing waits or the server fails.</summary>
    internal async Task SendWhatWaits(CancellationToken cancellation)
    {
        if (!await IsAnythingDue(cancellation))
            return;
        using var server = new SmtpClient { LocalDomain = settings.From.Split('@')[^1] };
        while (await Claim(cancellation) is { } claimed)
        {
            if (claimed.Letter is null)
                continue;
            var failure = await Send(server, claimed, cancellation);
            await Record(claimed, failure, cancellation);
            if (failure is { IsOfServer: true })
                break;
        }

        if (server.IsConnected)
            await Quietly(() => server.DisconnectAsync(quit: true, cancellation));
    }

    private async Task<bool> IsAnythingDue(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow();
        return await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().OutgoingMails
            .AnyAsync(m => m.NextAttemptAt != null && m.NextAttemptAt <= now, cancellation);
    }

    private async Task<Claimed?> Claim(CancellationToken cancellation)
    {
        try
        {
            return await lane.Run(async (services, inside) =>
            {
                var (database, now) = (services.GetRequiredService<IPlanningDatabase>(), time.GetUtcNow());
                var mail = await database.OutgoingMails.Where(m => m.NextAttemptAt != null && m.NextAttemptAt <= now)
                    .OrderBy(m => m.NextAttemptAt).ThenBy(m => m.Id).FirstOrDefaultAsync(inside);
                if (mail?.BeginAttempt(now) is not true)
                    return null;
                var letter = await LetterOf(mail, database, now, inside);
                await database.SaveChangesAsync(inside);
                return new Claimed(mail.Id, mail.Kind, mail.Attempts, letter);
            }, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another host has claimed it, and is at work.
            return null;
        }
    }

    /// <returns>Null when the mail must not go any more; it is then given up.</returns>
    private async Task<Letter?> LetterOf(OutgoingMail mail, IPlanningDatabase database, DateTimeOffset now, CancellationToken cancellation)
    {
        if (mail.Kind is MailKind.Invitation or MailKind.NewLink && !await CanStillBeUsed(mail, database, now, cancellation))
        {
            mail.GiveUp(NotNeeded);
            return null;
        }

        var address = await database.Persons.Where(p => p.Id == mail.ToPersonId).WithSafeAddress(database).Select(p => p.Email).SingleOrDefaultAsync(cancellation);
        var text = mail.Text(sealing);
        if (address is null || !MailSettings.IsAddress(address) || text is null)
        {
            mail.GiveUp(text is null ? Unreadable : NoAddress);
            log.LogError("Mail {Mail} of kind {Kind} is given up: {Failure}.", mail.Id, mail.Kind, mail.LastFailure);
            return null;
        }

        return new Letter(address, text);
    }

    /// <summary>Its link opens something, and has not been replaced by a newer one.</summary>
    private static Task<bool> CanStillBeUsed(OutgoingMail mail, IPlanningDatabase database, DateTimeOffset now, CancellationToken cancellation) =>
        database.Invitations.AnyAsync(i => i.Id == mail.AboutId && i.AcceptedAt == null && i.RevokedAt == null && now < i.ExpiresAt
            && i.SentAt <= mail.WrittenAt, cancellation);

    private async Task<Failure?> Send(SmtpClient server, Claimed claimed, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            if (!server.IsConnected)
                await Connect(server, patience.Token);
            await server.SendAsync(Message(claimed), patience.Token);
            return null;
        }
        catch (SmtpCommandException refused) when (refused.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            return new Failure($"{refused.ErrorCode}{(int)refused.StatusCode}", IsOfServer: !server.IsConnected, IsFinal: (int)refused.StatusCode >= 500);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it is, it says nothing of this mail, and the next would fare no better.
            await Quietly(() => server.DisconnectAsync(quit: false, CancellationToken.None));
            return new Failure(failure.GetType().Name, IsOfServer: true, IsFinal: false);
        }
    }

    private async Task Connect(SmtpClient server, CancellationToken cancellation)
    {
        await server.ConnectAsync(settings.Host!, settings.Port, settings.Tls switch
        {
            MailTls.Implicit => SecureSocketOptions.SslOnConnect,
            MailTls.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, cancellation);
        if (settings is { User: { } user, Password: { } password })
            await server.AuthenticateAsync(user, password, cancellation);
    }

    private MimeMessage Message(Claimed claimed)
    {
        var message = new MimeMessage
        {
            // Whoever gets it twice can see that it is one.
            MessageId = $"{claimed.Id:N}@{settings.From.Split('@')[^1]}",
            Date = time.GetUtcNow(),
            Subject = claimed.Letter!.Text.Subject,
            Body = new TextPart("plain") { Text = claimed.Letter.Text.Body },
        };
        message.From.Add(new MailboxAddress("CasePlanning", settings.From));
        message.To.Add(new MailboxAddress(null, claimed.Letter.Address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        return message;
    }

    private async Task Record(Claimed claimed, Failure? failure, CancellationToken cancellation)
    {
        var hasEnded = await lane.Run(async (services, inside) =>
        {
            var database = services.GetRequiredService<IPlanningDatabase>();
            var mail = await database.OutgoingMails.SingleAsync(m => m.Id == claimed.Id, inside);
            if (failure is null)
                mail.Sent(time.GetUtcNow());
            else if (failure.IsFinal)
                mail.GiveUp(failure.Name);
            else
                mail.Failed(failure.Name);
            await database.SaveChangesAsync(inside);
            return mail.NextAttemptAt is null;
        }, cancellation);
        if (failure is not null && hasEnded)
            log.LogError("Mail {Mail} of kind {Kind} did not go at attempt {Attempt}: {Failure}. It is given up.", claimed.Id, claimed.Kind, claimed.Attempt, failure.Name);
        else if (failure is not null)
            log.LogWarning("Mail {Mail} of kind {Kind} did not go at attempt {Attempt}: {Failure}. It is tried again.", claimed.Id, claimed.Kind, claimed.Attempt, failure.Name);
    }

    /// <summary>A connection that is no longer wanted may end as it likes.</summary>
    private static async Task Quietly(Func<Task> end)
    {
        try
        {
            await end();
        }
        catch (Exception ending) when (ending is IOException or MailKit.ServiceNotConnectedException or MailKit.ProtocolException or OperationCanceledException or InvalidOperationException)
        {
        }
    }

    private sealed record Claimed(Guid Id, MailKind Kind, int Attempt, Letter? Letter);

    private sealed record Letter(string Address, MailText Text);

    /// <param name="Name">What kind it was; never what the server said, which may repeat an address.</param>
    /// <param name="IsOfServer">The next mail would meet it too.</param>
    private sealed record Failure(string Name, bool IsOfServer, bool IsFinal);
}
