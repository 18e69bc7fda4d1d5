using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;

namespace CasePlanning.Server.Tests.Support;

/// <summary>How a mail server meets whoever connects.</summary>
public enum MailMood
{
    Willing,
    RefusesEveryRecipient,
    AsksToComeLater,
    RefusesEveryMessage,
    HangsUpAtOnce,
    HangsUpOnceItHasTheMail,
    NeverAnswers,
    TalksNonsense,
}

/// <summary>A mail server on a socket of this machine. What it was given is kept byte for byte.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ReceivedMail> mails = [];
    private readonly Task accepting;
    private int connections;

    public MailServer()
    {
        listener.Start();
        accepting = Task.Run(Accept);
    }

    public MailMood Mood { get; set; }

    /// <summary>Offers to protect the connection, with a certificate that nobody vouches for.</summary>
    public bool OffersStartTls { get; init; }

    /// <summary>Takes mail from whoever shows these alone.</summary>
    public (string User, string Password)? Wants { get; init; }

    public int Connections => connections;

    public IReadOnlyList<ReceivedMail> Mails => [.. mails];

    /// <summary>What a host needs to be told to send its mail here.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Mail:Port"] = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task Accept()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Interlocked.Increment(ref connections);
                open.Add(Talk(client));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task Talk(TcpClient client)
    {
        using (client)
        {
            try
            {
                await Answer(client.GetStream());
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The other side has gone, or is not talked to any more.
            }
        }
    }

    private async Task Answer(Stream stream)
    {
        if (Mood is MailMood.HangsUpAtOnce)
            return;
        if (Mood is MailMood.NeverAnswers)
            await Task.Delay(Timeout.Infinite, stopping.Token);
        var (isProtected, isKnown) = (false, Wants is null);
        var to = new List<string>();
        await Say(stream, Mood is MailMood.TalksNonsense ? "Good morning!\r\n\0\0\0 250 or was it 220" : "220 mail.demo.example");
        while (await Line(stream) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    var offers = $"250-mail.demo.example\r\n{(OffersStartTls && !isProtected ? "250-STARTTLS\r\n" : "")}{(Wants is null ? "" : "250-AUTH PLAIN\r\n")}250 8BITMIME";
                    await Say(stream, offers);
                    break;
                case "STARTTLS":
                    await Say(stream, "220 Go ahead");
                    var secure = new SslStream(stream);
                    using (var certificate = SelfSigned())
                        await secure.AuthenticateAsServerAsync(certificate);
                    (stream, isProtected) = (secure, true);
                    break;
                case "AUTH":
                    isKnown = line.Split(' ') is [_, "PLAIN", var proof] && Wants is var (user, password)
                        && Encoding.UTF8.GetString(Convert.FromBase64String(proof)) == $"\0{user}\0{password}";
                    await Say(stream, isKnown ? "235 Welcome" : "535 Who are you?");
                    break;
                case "MAIL" when !isKnown:
                    await Say(stream, "530 Who are you?");
                    break;
                case "RCPT":
                    to.Add(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]);
                    await Say(stream, Mood switch
                    {
                        MailMood.RefusesEveryRecipient => $"550 No such mailbox as {to[^1]}",
                        MailMood.AsksToComeLater => "451 Come again later",
                        _ => "250 Ok",
                    });
                    break;
                case "DATA":
                    await Say(stream, "354 Go on");
                    var data = new StringBuilder();
                    while (await Line(stream) is { } part && part != ".")
                        data.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                    if (Mood is MailMood.RefusesEveryMessage)
                    {
                        await Say(stream, "554 Not that");
                        break;
                    }

                    mails.Enqueue(new ReceivedMail([.. to], data.ToString()));
                    to.Clear();
                    if (Mood is MailMood.HangsUpOnceItHasTheMail)
                        return;
                    await Say(stream, "250 Taken");
                    break;
                case "QUIT":
                    await Say(stream, "221 Goodbye");
                    return;
                case "RSET":
                    to.Clear();
                    await Say(stream, "250 Ok");
                    break;
                default:
                    await Say(stream, "250 Ok");
                    break;
            }
        }
    }

    private async Task Say(Stream stream, string text) => await stream.WriteAsync(Encoding.Latin1.GetBytes($"{text}\r\n"), stopping.Token);

    /// <summary>Null when the other side has ended.</summary>
    private async Task<string?> Line(Stream stream)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stopping.Token) == 1)
        {
            if (one[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)one[0]);
        }

        return null;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(120));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}

/// <summary>A mail as it came over the wire.</summary>
public sealed record ReceivedMail(IReadOnlyList<string> To, string Raw)
{
    public MimeMessage Message { get; } = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(Raw)));

    public string Subject => Message.Subject!;

    public string Body => Message.TextBody!;

    /// <summary>All of it, as it came and as it is read.</summary>
    public string Everything => $"{Raw}\n{string.Join('\n', Message.Headers.Select(h => $"{h.Field}: {h.Value}"))}\n{Body}";
}
