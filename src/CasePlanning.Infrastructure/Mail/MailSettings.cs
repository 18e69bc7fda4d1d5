using System.Globalization;
using System.Net;
using CasePlanning.Application;
using CasePlanning.Application.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using MimeKit;

namespace CasePlanning.Infrastructure.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailTls
{
    /// <summary>In the clear at first, then protected before anything is said; a server that cannot do it gets no mail.</summary>
    StartTls,

    /// <summary>Protected from the first byte.</summary>
    Implicit,

    /// <summary>Not at all: for a server on this machine.</summary>
    None,
}

/// <summary>
/// The mail server, from <c>Mail:Host</c>, <c>Port</c>, <c>User</c>, <c>Password</c>, <c>From</c> and <c>Tls</c>. Without a host no
/// mail is sent, and nothing that needs one is begun.
/// </summary>
public sealed record MailSettings(string? Host, int Port, string? User, string? Password, string From, MailTls Tls, Uri Home) : IMail
{
    private const string Section = "Mail";
    private static readonly string[] Known = ["Host", "Port", "User", "Password", "From", "Tls"];

    public bool IsConfigured => Host is not null;

    public TimeSpan InvitationLife { get; } = TimeSpan.FromDays(7);

    public Uri Page(string path) => new(Home, path);

    /// <exception cref="StartRefused">A setting cannot be used; the message names it.</exception>
    public static MailSettings Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var settings = configuration.GetSection(Section);
        foreach (var child in settings.GetChildren().Where(c => !Known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
            throw Fault(child, $"is not known here; known are {string.Join(", ", Known)}");

        // The address of the pages is that of the issuer, which is this host.
        const string Issuer = "Identity:Issuer";
        if (!Uri.TryCreate(configuration[Issuer] ?? "http://localhost:5080/", UriKind.Absolute, out var home))
            throw StartRefused.Setting(Issuer, "must be an absolute address");
        var tls = TlsOf(settings.GetSection("Tls"));
        if (settings["Host"] is not { Length: > 0 } host)
            return new MailSettings(null, 0, null, null, "", tls, home);

        if (tls is MailTls.None && !environment.IsDevelopment() && !IsThisMachine(host))
            throw Fault(settings.GetSection("Tls"), "must not be None: mails would pass other machines unprotected");
        if (settings["User"] is null != settings["Password"] is null)
            throw Fault(settings.GetSection(settings["User"] is null ? "User" : "Password"), "is missing: a user and a password come together");
        var from = settings["From"] ?? throw Fault(settings.GetSection("From"), "is missing: it is the address that mails come from");
        if (!IsAddress(from))
            throw Fault(settings.GetSection("From"), "must be an e-mail address");
        return new MailSettings(host, PortOf(settings.GetSection("Port"), tls), settings["User"], settings["Password"], from, tls, home);
    }

    /// <summary>One plain address: not a list, not one with a name beside it.</summary>
    public static bool IsAddress(string text) => MailboxAddress.TryParse(text, out var address) && address.Address == text;

    /// <summary>A record prints its members, and one of these is a password.</summary>
    public override string ToString() => nameof(MailSettings);

    private static MailTls TlsOf(IConfigurationSection setting)
    {
        if (setting.Value is null)
            return MailTls.StartTls;
        return Enum.TryParse<MailTls>(setting.Value, out var tls) && Enum.IsDefined(tls) && !char.IsDigit(setting.Value[0])
            ? tls
            : throw Fault(setting, $"must be {string.Join(", ", Enum.GetNames<MailTls>())}");
    }

    private static int PortOf(IConfigurationSection setting, MailTls tls)
    {
        if (setting.Value is null)
            return tls switch { MailTls.Implicit => 465, MailTls.StartTls => 587, _ => 25 };
        return int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort
            ? port
            : throw Fault(setting, $"must be a whole number from 1 to {IPEndPoint.MaxPort}");
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static StartRefused Fault(IConfigurationSection setting, string fault) => StartRefused.Setting(setting.Path, fault);
}
