using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Boot;

/// <summary>
/// The published server is started as it should be, and in every way in which it should not: it says which setting is wrong, in
/// one line, and writes nothing. It never falls back on something that nobody asked for.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed partial class BootMatrixTests(ReleaseBuild release, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Refused = 78;
    private const int AtOnce = 2;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-boot-").FullName;

    private string File(string name) => Path.Combine(home, name);

    public async ValueTask InitializeAsync()
    {
        await System.IO.File.WriteAllTextAsync(File("keys.pem"), ProductionSettings.NewCertificate("keys"));
        await System.IO.File.WriteAllTextAsync(File("other.pem"), ProductionSettings.NewCertificate("other"));
        using var certificate = ProductionSettings.NewCertificateOf("localhost");
        await System.IO.File.WriteAllTextAsync(File("public.pem"), certificate.ExportCertificatePem());
        await System.IO.File.WriteAllBytesAsync(File("locked.pfx"), certificate.Export(X509ContentType.Pfx, "right"));
        await System.IO.File.WriteAllBytesAsync(File("tls.pfx"), certificate.Export(X509ContentType.Pfx));

        // Made once by the verb, for a new installation; each boot begins with a copy.
        await MakeKeys("made", File("keys.pem"));
        await MakeKeys("made-under-lock", File("locked.pfx"), ("Keys__CertificatePassword", "right"));
        new KeyFiles(Path.Combine(File("plain"), "keys")).ReadAll();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(home, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task It_starts_as_it_should_and_in_no_other_way()
    {
        Boot[] boots =
        [
            Good("as the instructions say"),
            Good("over TLS", ("ASPNETCORE_URLS", "https://127.0.0.1:0"), ("Kestrel__Certificates__Default__Path", File("tls.pfx"))),
            Good("behind a known proxy", ("Proxies__Known__0", "127.0.0.1"), ("Proxies__Known__1", "10.20.0.0/24")),
            Good("with a certificate that has a password", ("Keys__Certificate", File("locked.pfx")), ("Keys__CertificatePassword", "right")) with { Keys = "made-under-lock" },
            Good("told that there is to be no demo", ("Demo__Data", "false")),
            Bad("Data:Directory", ("Data__Directory", null)),
            Bad("Database:Provider", ("Database__Provider", null)),
            Bad("Database:Provider", ("Database__Provider", "Oracle")),
            Bad("Database:ConnectionString", ("Database__Provider", "SqlServer")),
            Bad("Database:Migrate", ("Database__Migrate", "perhaps")),
            Bad("Identity:Issuer", ("Identity__Issuer", null)),
            Bad("Identity:Issuer", ("Identity__Issuer", "plans.example")),
            Bad("Identity:Issuer", ("Identity__Issuer", "http://plans.example/")),
            Bad("Keys:Certificate", ("Keys__Certificate", null)),
            Bad("Keys:Certificate", ("Keys__Certificate", File("nowhere.pem"))),
            Bad("Keys:Certificate", ("Keys__Certificate", File("public.pem"))),
            Bad("Keys:Certificate", ("Keys__Certificate", File("other.pem"))),
            Bad("Keys:CertificatePassword", ("Keys__Certificate", File("locked.pfx")), ("Keys__CertificatePassword", "wrong")),
            Bad("Keys:Certificate") with { Keys = "plain" },
            Bad("signing.pem") with { Lost = "signing.pem" },
            Bad("encryption.key") with { Lost = "encryption.key" },
            Bad("journal.pem") with { Lost = "journal.pem" },
            Bad("urls", ("ASPNETCORE_URLS", "http://0.0.0.0:0")),
            Bad("urls", ("ASPNETCORE_URLS", "http://127.0.0.1:0;http://*:0")),
            Bad("urls", ("ASPNETCORE_URLS", "http://[::]:0")),
            Bad("urls", ("ASPNETCORE_URLS", "http://plans.example:0")),
            Bad("http_ports", ("ASPNETCORE_URLS", null), ("ASPNETCORE_HTTP_PORTS", "0")),
            Bad("Kestrel:Endpoints:Open:Url", ("Kestrel__Endpoints__Open__Url", "http://+:0")),
            Bad("Kestrel:Certificates:Default", ("ASPNETCORE_URLS", "https://127.0.0.1:0")),
            Bad("Kestrel:Certificates:Default:Path", ("ASPNETCORE_URLS", "https://127.0.0.1:0"), ("Kestrel__Certificates__Default__Path", File("nowhere.pfx"))),
            Bad("Proxies:Known:0", ("Proxies__Known__0", "the one in front")),
            Bad("Proxies:Known:0", ("Proxies__Known__0", "0.0.0.0/0")),
            Bad("ASPNETCORE_FORWARDEDHEADERS_ENABLED", ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")),
            Bad("RateLimits:Persons", ("RateLimits__Persons__Requests", "60")),
            Bad("RateLimits:Person:Requests", ("RateLimits__Person__Requests", "none")),
            Bad("Demo:Data", ("Demo__Data", "true")),
            Bad("ASPNETCORE_ENVIRONMENT", ("ASPNETCORE_ENVIRONMENT", "Development")),
            Bad("Keys:Certificate", ("ASPNETCORE_ENVIRONMENT", "Staging"), ("Keys__Certificate", null)),
            Bad("token") with { Arguments = ["token", "--as", "kezia.amari-holt@demo.example"] },
            Bad("token") with { Arguments = ["--environment", "Production", "token"] },
        ];

        var faults = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(boots, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (boot, _) =>
        {
            if (await Try(boot) is { } fault)
                faults.Add($"{boot.What}: {fault}");
        });

        var refused = boots.Count(b => b.Names is not null);
        output.WriteLine($"T16: {boots.Length} boots of the Release build, {boots.Length - refused} that must start and {refused} that must not; {faults.Count} did otherwise.");
        Found.Nothing(faults);
    }

    private static Boot Good(string what, params (string, string?)[] changes) => new(what, Names: null, changes, [], "made");

    private static Boot Bad(string names, params (string Name, string? Value)[] changes) =>
        new(string.Join(", ", changes.Select(c => $"{c.Name}={c.Value}")), names, changes, [], "made");

    /// <returns>What it did otherwise than it must.</returns>
    private async Task<string?> Try(Boot boot)
    {
        var data = Copy(boot.Keys);
        if (boot.Lost is { } lost)
            System.IO.File.Delete(Path.Combine(data, "keys", lost));
        using var server = release.Start(boot.Arguments, home, SettingsOf(boot, data));
        var errors = server.StandardError.ReadToEndAsync();
        try
        {
            using var patience = new CancellationTokenSource(LongestStart);
            var address = await AddressOf(server, patience.Token);
            if (boot.Names is null)
                return address is null ? $"did not start: {await errors}" : await Serves(address, patience.Token);
            if (address is not null)
                return "started";
            await server.WaitForExitAsync(patience.Token);
            var told = (await errors).Trim();
            return server.ExitCode != Refused ? $"ended with {server.ExitCode}: {told}"
                : !told.Contains(boot.Names, StringComparison.Ordinal) ? $"does not name {boot.Names}: {told}"
                : told.Contains('\n', StringComparison.Ordinal) ? $"tells more than one line: {told}"
                : Directory.GetFiles(data, "*.db*").FirstOrDefault() is { } written ? $"wrote {written}"
                : null;
        }
        finally
        {
            if (!server.HasExited)
            {
                server.Kill();
                await server.WaitForExitAsync();
            }
        }
    }

    private Dictionary<string, string> SettingsOf(Boot boot, string data)
    {
        var settings = new Dictionary<string, string>
        {
            ["Data__Directory"] = data,
            ["Database__Provider"] = "Sqlite",
            ["Identity__Issuer"] = "https://plans.example/",
            ["Keys__Certificate"] = File("keys.pem"),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        };
        foreach (var (name, value) in boot.Changes)
        {
            settings.Remove(name);
            if (value is not null)
                settings[name] = value;
        }

        return settings;
    }

    private async Task MakeKeys(string directory, string certificate, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string> { ["Data__Directory"] = File(directory), ["Keys__Certificate"] = certificate };
        foreach (var (name, value) in more)
            settings[name] = value;
        var (exit, told, errors) = await release.RunVerb(["keys", "create"], home, settings);
        Assert.True(exit == 0 && errors.Length == 0, $"{exit}: {told}{errors}");
    }

    private string Copy(string from)
    {
        var data = Directory.CreateDirectory(File(Guid.NewGuid().ToString("N"))).FullName;
        var keys = Directory.CreateDirectory(Path.Combine(data, "keys")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(File(from), "keys")))
            System.IO.File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
        return data;
    }

    private static async Task<string?> AddressOf(System.Diagnostics.Process server, CancellationToken cancellation)
    {
        while (await server.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (Listens().Match(line) is { Success: true } found)
                return found.Groups[1].Value;
        }

        return null;
    }

    private static async Task<string?> Serves(string address, CancellationToken cancellation)
    {
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(address) };
        using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
        using var guarded = await client.GetAsync(new Uri("/api/v1/me", UriKind.Relative), cancellation);
        return (int)ready.StatusCode == 200 && (int)guarded.StatusCode == 401 ? null : $"answers {(int)ready.StatusCode} and {(int)guarded.StatusCode}";
    }

    [GeneratedRegex("Now listening on: (https?://.+)")]
    private static partial Regex Listens();

    /// <param name="Names">What it must name when it refuses; nothing when it must start.</param>
    /// <param name="Changes">Settings that differ from those of the instructions; null where one is left out.</param>
    /// <param name="Keys">Which keys it finds.</param>
    private sealed record Boot(string What, string? Names, (string Name, string? Value)[] Changes, string[] Arguments, string Keys)
    {
        /// <summary>A key that is not there.</summary>
        public string? Lost { get; init; }
    }
}
