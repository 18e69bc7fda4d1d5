using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using Cookie = Microsoft.Playwright.Cookie;

namespace CasePlanning.Browser.Tests;

/// <summary>
/// The product as it is handed out: published for Release and run as for real people, over TLS, in a process of its own. Its
/// store is filled before by a host in this process, which also signs somebody in: the published one knows no shortcut.
/// </summary>
public sealed class Published : IAsyncDisposable
{
    private static readonly TimeSpan LongestPublish = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    private readonly string data = Directory.CreateTempSubdirectory("caseplanning-published-").FullName;
    private readonly List<Cookie> cookies = [];
    private string program = "";
    private Process? server;

    public Uri Address { get; private set; } = null!;

    internal BigPlan Plan { get; private set; } = null!;

    /// <summary>Publishes, fills and starts it, with a plan of this many voices that each speak on every outcome.</summary>
    public static async Task<Published> WithPlanOf(int voices)
    {
        var published = new Published();
        await published.Fill(voices);
        published.program = await Publish();
        await published.Start();
        return published;
    }

    /// <summary>A browser context in which the plan's lead is signed in.</summary>
    public async Task<IBrowserContext> SignedIn(IBrowser chromium, ViewportSize viewport)
    {
        var context = await chromium.NewContextAsync(new() { IgnoreHTTPSErrors = true, ViewportSize = viewport });
        await context.AddCookiesAsync(cookies);
        return context;
    }

    public HttpClient SignedIn()
    {
        var http = new HttpClient(new HttpClientHandler { UseCookies = false, ServerCertificateCustomValidationCallback = (_, _, _, _) => true, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = Address };
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Name}={c.Value}")));
        http.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        return http;
    }

    private async Task Fill(int voices)
    {
        using var key = RSA.Create(2048);
        var asked = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = asked.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
        await File.WriteAllTextAsync(Path.Combine(data, "keys.pem"), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        await File.WriteAllBytesAsync(Path.Combine(data, "tls.pfx"), certificate.Export(X509ContentType.Pfx));
        Address = new Uri($"https://localhost:{FreePort()}/");
        var exit = await Run(["exec", Path.Combine(AppContext.BaseDirectory, "CasePlanning.Server.dll"), "keys", "create", .. Settings()], LongestStart);
        Assert.Equal(0, exit);

        await using var host = new Filling(Settings());
        Plan = await BigPlan.In(host.Services, "Wren", voices, BigPlan.Usual);
        await using var scope = host.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (http.Request.Scheme, http.Request.Host) = ("https", new HostString(Address.Authority));
        await scope.ServiceProvider.GetRequiredService<SignIn>().SignedIn(http, new Proof(Plan.Lead, TimeProvider.System.GetUtcNow(), SecondFactor: true), returnUrl: null);
        foreach (var set in http.Response.Headers.SetCookie.OfType<string>().Select(c => c.Split(';')[0].Split('=', 2)).Where(c => c[1].Length > 0))
            cookies.Add(new Cookie { Name = set[0], Value = set[1], Url = Address.AbsoluteUri, Secure = true, HttpOnly = true });
        Assert.NotEmpty(cookies);
    }

    public async Task Start()
    {
        server = Process.Start(Starting([Path.Combine(program, "CasePlanning.Server.dll"), .. Settings(), $"--urls={Address.GetLeftPart(UriPartial.Authority)}", $"--Kestrel:Certificates:Default:Path={Path.Combine(data, "tls.pfx")}"], program))!;
        var said = server.StandardError.ReadToEndAsync();
        _ = server.StandardOutput.ReadToEndAsync();
        using var http = SignedIn();
        for (var patience = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            Assert.True(!server.HasExited && patience.Elapsed < LongestStart, $"The published server does not start: {(server.HasExited ? await said : "it takes too long")}");
            try
            {
                if ((await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }
    }

    private string[] Settings() =>
    [
        $"--Data:Directory={data}", "--Database:Provider=Sqlite", $"--Identity:Issuer={Address.AbsoluteUri}",
        $"--Keys:Certificate={Path.Combine(data, "keys.pem")}", "--Logging:LogLevel:Default=Warning",
        // One person reads for twenty.
        "--RateLimits:Person:Requests=100000", "--RateLimits:Agency:Requests=100000",
    ];

    private static async Task<string> Publish()
    {
        if (Environment.GetEnvironmentVariable("RELEASE_BUILD") is { Length: > 0 } made)
            return made;
        var root = Browser.Root;
        var directory = Path.Combine(root, "artifacts", "release-in-browser");
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
        var exit = await Run(["publish", Path.Combine(root, "src", "CasePlanning.Server"), "--configuration", "Release", "--output", directory, "--no-restore", "--nologo", "-v:quiet"], LongestPublish);
        Assert.True(exit == 0, "The Release build cannot be published.");
        return directory;
    }

    private static async Task<int> Run(IEnumerable<string> arguments, TimeSpan longest)
    {
        using var process = Process.Start(Starting(arguments, Browser.Root))!;
        using var patience = new CancellationTokenSource(longest);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            if (process.ExitCode != 0)
                TestContext.Current.TestOutputHelper?.WriteLine(await output + await errors);
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static ProcessStartInfo Starting(IEnumerable<string> arguments, string directory) =>
        new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true }
            .WithoutForeignSettings();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Ends the server in the middle of whatever it does.</summary>
    public async Task Kill()
    {
        if (server is { HasExited: false })
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }

        server?.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>The same product in this process, for long enough to fill the store.</summary>
    private sealed class Filling(string[] settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            foreach (var setting in settings)
            {
                var pair = setting[2..].Split('=', 2);
                builder.UseSetting(pair[0], pair[1]);
            }
        }
    }
}
