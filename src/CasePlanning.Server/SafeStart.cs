using CasePlanning.Application;

namespace CasePlanning.Server;

/// <summary>
/// What would open the host to more than was meant, and so stops its start. Where real people are served, which is everywhere
/// but in Development, nothing that matters has a default: what is missing is named by whoever needs it.
/// </summary>
internal static class SafeStart
{
    private const string EnvironmentSetting = "environment (ASPNETCORE_ENVIRONMENT)";

    /// <exception cref="StartRefused">It must not start; the message says why.</exception>
    public static void RefuseUnsafeStart(this WebApplicationBuilder builder, string[] args)
    {
        if (CommandLine.StrayWord(args) is { } word)
            throw new StartRefused($"There is no verb '{word}' here.");
        var (settings, development) = (builder.Configuration, builder.Environment.IsDevelopment());
#if !DEBUG
        if (development)
            throw StartRefused.Setting(EnvironmentSetting, "is Development, of which this build knows nothing: it is for real plans");
#endif
        RefuseDemo(settings, development);
        Proxies.RefuseUnknown(settings);
        if (Listening.By(settings, needsCertificate: !development).FirstOrDefault(address => !address.IsOnThisMachine && !address.HasTls) is not { } open)
            return;
        if (development)
            throw StartRefused.Setting(open.Setting, "opens the host to others, where Development lets anybody be anybody: listen on localhost");
        if (!Proxies.AreKnown(settings))
            throw StartRefused.Setting(open.Setting, $"opens the host to others without TLS: listen on https, or name the proxy in front in {Proxies.Setting}");
    }

    private static void RefuseDemo(ConfigurationManager settings, bool development)
    {
        if (development)
            return;
        foreach (var asked in settings.GetSection("Demo").AsEnumerable().Where(s => s.Value is not null && !bool.FalseString.Equals(s.Value, StringComparison.OrdinalIgnoreCase)))
            throw StartRefused.Setting(asked.Key, "asks for the demo, which is for Development alone");
    }
}
