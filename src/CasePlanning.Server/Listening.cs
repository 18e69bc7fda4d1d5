using System.Net;
using CasePlanning.Application;

namespace CasePlanning.Server;

/// <summary>An address that the host will listen on.</summary>
/// <param name="Setting">The setting that says so.</param>
internal sealed record ListensOn(string Setting, bool HasTls, bool IsOnThisMachine);

/// <summary>Where the host will listen, as its settings say, before it does.</summary>
internal static class Listening
{
    private const string Urls = "urls";
    private const string Endpoints = "Kestrel:Endpoints";

    /// <param name="needsCertificate">
    /// An address with TLS must name its certificate. Otherwise Kestrel takes that of whoever develops on this machine.
    /// </param>
    /// <exception cref="StartRefused">An address cannot be used.</exception>
    public static IReadOnlyList<ListensOn> By(IConfiguration settings, bool needsCertificate)
    {
        var read = Addresses(settings).Select(a => (Address: Read(a.Setting, a.Url), a.HasOwn)).ToList();
        if (needsCertificate && read.Any(a => a is { Address.HasTls: true, HasOwn: false }))
            NeedCertificate(settings);
        return [.. read.Select(a => a.Address)];
    }

    /// <summary>Looked for in the same order as the host does: endpoints win over addresses, and addresses over bare ports.</summary>
    private static IEnumerable<(string Setting, string Url, bool HasOwn)> Addresses(IConfiguration settings)
    {
        var endpoints = settings.GetSection(Endpoints).GetChildren().ToList();
        if (endpoints.Count > 0)
            return endpoints.Select(e => ($"{e.Path}:Url", e["Url"] ?? "", e.GetSection("Certificate").Exists() || e.GetSection("Sni").Exists()));
        var urls = Split(settings[Urls]);
        return urls.Length > 0 ? urls.Select(url => (Urls, url, false)) : [.. Ports(settings, "http"), .. Ports(settings, "https")];
    }

    private static IEnumerable<(string Setting, string Url, bool HasOwn)> Ports(IConfiguration settings, string scheme) =>
        Split(settings[$"{scheme}_ports"]).Select(port => ($"{scheme}_ports", $"{scheme}://*:{port}", false));

    private static ListensOn Read(string setting, string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException failure)
        {
            throw StartRefused.Setting(setting, "must be an address such as https://localhost:8443", failure);
        }

        var hasTls = address.Scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);
        // Kestrel takes any name that it does not know for "every address of this machine".
        var isOnThisMachine = address.IsUnixPipe || address.IsNamedPipe
            || address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        return new ListensOn(setting, hasTls, isOnThisMachine);
    }

    private static void NeedCertificate(IConfiguration settings)
    {
        const string Default = "Kestrel:Certificates:Default";
        var certificate = settings.GetSection(Default);
        if (!certificate.Exists())
            throw StartRefused.Setting(Default, "is missing: an https address has no certificate to show");
        if (certificate["Path"] is { } file && !File.Exists(file))
            throw StartRefused.Setting($"{Default}:Path", "names a file that is not there");
    }

    private static string[] Split(string? setting) =>
        (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
