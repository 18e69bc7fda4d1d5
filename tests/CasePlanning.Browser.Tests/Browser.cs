using CasePlanning.Server.Development;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>
/// The whole product on a real port, and Chromium before it. Without Chromium its tests are skipped, visibly;
/// <c>REQUIRE_BROWSER=1</c> makes that a failure.
/// </summary>
public sealed class Browser : WebApplicationFactory<Program>, IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Flags =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly string directory = Directory.CreateTempSubdirectory("caseplanning-").FullName;
    private IPlaywright? playwright;
    private IBrowser? chromium;

    /// <summary>What the console of the browser said that it should not have.</summary>
    public List<string> Complaints { get; } = [];

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } path)
            return;
        UseKestrel(0);
        StartServer();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    /// <summary>A page of the running product, in a browser that remembers nothing.</summary>
    public async Task<IPage> Open(string path)
    {
        if (chromium is null && Environment.GetEnvironmentVariable("REQUIRE_BROWSER") is not "1")
            Assert.Skip("Chromium is not installed.");
        Assert.True(chromium is not null, "Chromium is not installed, and REQUIRE_BROWSER=1 asks for it.");
        var page = await chromium.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
                Complaints.Add(message.Text);
        };
        page.PageError += (_, error) => Complaints.Add(error);
        await page.GotoAsync(new Uri(ClientOptions.BaseAddress, path).AbsoluteUri);
        return page;
    }

    public async Task<string> TokenOf(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<DevelopmentTokens>().For($"{name}@demo.example"))!;
    }

    /// <summary>Keeps a picture for whoever wants to look; the folder is not in the repository.</summary>
    public static async Task Keep(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures(AppContext.BaseDirectory), $"{name}.png") });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Data:Directory", directory);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
    }

    public override async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        await base.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static string Pictures(string from) => File.Exists(Path.Combine(from, "CasePlanning.sln"))
        ? Path.Combine(from, "artifacts", "screenshots")
        : Pictures(Path.GetDirectoryName(from)!);
}
