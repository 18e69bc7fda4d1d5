using System.Net;
using CasePlanning.Application;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace CasePlanning.Server;

/// <summary>
/// The proxies in front of this host, by address or network, from <c>Proxies:Known</c>. They alone are believed about whom they
/// ask for and whether that was over TLS; what anybody else says about it counts for nothing.
/// </summary>
internal static class Proxies
{
    public const string Setting = "Proxies:Known";

    /// <summary>The framework's own switch for forwarded headers, which believes everybody.</summary>
    private const string BelievesEverybody = "ForwardedHeaders_Enabled";

    /// <summary>The widest networks that somebody can have meant.</summary>
    private const int ShortestPrefix = 8;

    public static bool AreKnown(IConfiguration settings) => Read(settings).Count > 0;

    /// <exception cref="StartRefused">A proxy cannot be read, or everybody would be one.</exception>
    public static void RefuseUnknown(IConfiguration settings)
    {
        if (settings.GetValue(BelievesEverybody, false))
            throw StartRefused.Setting($"ASPNETCORE_{BelievesEverybody.ToUpperInvariant()}", $"believes whoever calls: name the proxy in {Setting} instead");
        Read(settings);
    }

    /// <summary>Before everything that looks at the caller's address or at the scheme.</summary>
    public static void UseKnownProxies(this WebApplication app)
    {
        var known = Read(app.Configuration);
        if (known.Count == 0)
            return;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // However many there are, each must be a known one.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        known.ForEach(options.KnownIPNetworks.Add);
        app.UseForwardedHeaders(options);
    }

    private static List<IPNetwork> Read(IConfiguration settings) => [.. settings.GetSection(Setting).GetChildren().Select(s => Read(s.Path, s.Value ?? ""))];

    private static IPNetwork Read(string setting, string value)
    {
        var isNetwork = value.Contains('/', StringComparison.Ordinal);
        if (!isNetwork && IPAddress.TryParse(value, out var address))
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        if (!isNetwork || !IPNetwork.TryParse(value, out var network))
            throw StartRefused.Setting(setting, "must be an address such as 10.0.0.7 or a network such as 10.0.0.0/28");
        return network.PrefixLength >= ShortestPrefix ? network : throw StartRefused.Setting(setting, "is so wide that it is no proxy's");
    }
}
