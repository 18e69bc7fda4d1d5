using System.Collections.Concurrent;
using CasePlanning.Server.Development;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using Xunit.Sdk;

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

    private const int Narrowest = 320;
    private const int Height = 900;

    /// <summary>Between the widest and the narrowest the same rules draw a page, so on a telephone it is looked at by people alone.</summary>
    private static readonly (string Look, ColorScheme Scheme, int Width, bool ByAxe)[] Looks =
    [
        ("desktop", ColorScheme.Light, 1280, true), ("phone", ColorScheme.Light, 390, false), ("narrow", ColorScheme.Light, Narrowest, true),
        ("desktop-dark", ColorScheme.Dark, 1280, true), ("phone-dark", ColorScheme.Dark, 390, false),
    ];

    /// <summary>By the switch PICTURES=all: axe looks at every page in the dark each time, people now and then.</summary>
    private static readonly bool KeepsDark = Environment.GetEnvironmentVariable("PICTURES") is "all";

    /// <summary>What the console says of every response that is no success. It comes when it likes, so the responses themselves are looked at.</summary>
    private const string SaidOfResponses = $"{FailedToLoad}: the server responded with a status of";

    /// <summary>How each complaint of what did not arrive, or not well, begins.</summary>
    public const string FailedToLoad = "Failed to load resource";

    private readonly string directory = Directory.CreateTempSubdirectory("caseplanning-").FullName;
    private IPlaywright? playwright;

    /// <summary>Milliseconds. The other tests keep every core busy meanwhile, and how fast a page is has tests of its own.</summary>
    private const float Patience = 60_000;

    private IBrowser? chromium;

    private readonly ConcurrentQueue<(IBrowserContext Where, string What)> complaints = [];

    private readonly List<(ITest? By, IBrowserContext Context)> opened = [];

    /// <summary>Those whose complaints a test has looked at.</summary>
    private readonly ConcurrentDictionary<IBrowserContext, ValueTuple> heard = [];

    /// <summary>Mail can be written; it goes nowhere.</summary>
    public bool WritesMail { get; init; }

    /// <summary>What stands in the place of something of the product's own.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    /// <summary>Settings that this host alone has.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What a browser may complain of where a test makes it.</summary>
    public Func<string, bool> Overlooks { get; set; } = _ => false;

    public async ValueTask InitializeAsync()
    {
        if (Places.FirstOrDefault(File.Exists) is not { } path)
            return;
        UseKestrel(0);
        StartServer();
        playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    /// <summary>The running browser; without one, the test is skipped or fails.</summary>
    public IBrowser MustRun()
    {
        if (chromium is null && Environment.GetEnvironmentVariable("REQUIRE_BROWSER") is not "1")
            Assert.Skip("Chromium is not installed.");
        Assert.True(chromium is not null, "Chromium is not installed, and REQUIRE_BROWSER=1 asks for it.");
        return chromium;
    }

    /// <summary>A page of the running product, in a browser that remembers nothing.</summary>
    public Task<IPage> Open(string path) => Open(path, new BrowserNewContextOptions());

    /// <summary>The same, where scripts are off.</summary>
    public Task<IPage> OpenWithoutScript(string path) => Open(path, new BrowserNewContextOptions { JavaScriptEnabled = false });

    /// <summary>The same, in a browser of this kind.</summary>
    public async Task<IPage> Open(string path, BrowserNewContextOptions options)
    {
        // What an earlier test left open goes on asking for news.
        var test = TestContext.Current.Test;
        foreach (var (_, left) in opened.Where(o => o.By != test))
            await left.CloseAsync();
        opened.RemoveAll(o => o.By != test);
        var context = await MustRun().NewContextAsync(options);
        opened.Add((test, context));
        context.SetDefaultTimeout(Patience);
        return await Open(context, path);
    }

    /// <summary>Another page in a browser that remembers what was done in it before.</summary>
    public async Task<IPage> Open(IBrowserContext context, string path)
    {
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" && !message.Text.StartsWith(SaidOfResponses, StringComparison.Ordinal))
                Complain(page, message.Text);
        };
        page.PageError += (_, error) => Complain(page, error);
        page.Response += (_, response) =>
        {
            // A page that says what is wrong is an answer like any other; what a page is made of, and a fault of the host, are not.
            if (response.Status >= (response.Request.IsNavigationRequest ? 500 : 400))
                Complain(page, $"{FailedToLoad}: {response.Status} from {response.Url}");
        };
        await page.GotoAsync(new Uri(ClientOptions.BaseAddress, path).AbsoluteUri);
        return page;
    }

    /// <summary>What the browser that shows a page has complained of since it was opened.</summary>
    public IEnumerable<string> ComplaintsOf(IPage page)
    {
        heard.TryAdd(page.Context, default);
        return from complaint in complaints where complaint.Where == page.Context select complaint.What;
    }

    private void Complain(IPage page, string what)
    {
        if (!Overlooks(what))
            complaints.Enqueue((page.Context, what));
    }

    /// <summary>A page as the person <c>{name}@demo.example</c> sees it, in a browser that has just signed in.</summary>
    public async Task<IPage> OpenAs(string name, string path, BrowserNewContextOptions? options = null)
    {
        var page = await Open($"/sign-in?returnUrl={Uri.EscapeDataString(path)}", options ?? new BrowserNewContextOptions());
        await page.Locator($"button[value='{name}@demo.example']").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(ClientOptions.BaseAddress, path).AbsoluteUri);
        return page;
    }

    /// <summary>
    /// What every page in every state must stand: no fault that axe finds, in light, in dark and on the narrowest screen; no
    /// scrolling sideways; nothing that the console complains of. Keeps pictures of it, by name, for whoever wants to look.
    /// </summary>
    public async Task Check(IPage page, string name)
    {
        var faults = new List<string>();
        foreach (var (look, scheme, width, byAxe) in Looks)
        {
            var isKept = width != Narrowest && (scheme is not ColorScheme.Dark || KeepsDark);
            if (!byAxe && !isKept)
                continue;
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await page.SetViewportSizeAsync(width, Height);
            if (byAxe)
                faults.AddRange((await Axe.FaultsOf(page)).Select(fault => $"{name}, {look}: {fault}"));
            if (!await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"))
                faults.Add($"{name}, {look}: the page scrolls sideways.");
            if (isKept)
                await page.ScreenshotAsync(new() { Path = Picture($"{name}-{look}"), FullPage = true });
        }

        faults.AddRange(ComplaintsOf(page).Select(c => $"{name}: {c}"));
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct()));
    }

    public async Task<string> TokenOf(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<DevelopmentTokens>().For($"{name}@demo.example"))!;
    }

    /// <summary>Keeps a picture for whoever wants to look; the folder is not in the repository.</summary>
    public static async Task Keep(IPage page, string name) =>
        await page.ScreenshotAsync(new() { Path = Picture(name) });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Data:Directory", directory);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureTestServices(Replace);
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        if (!WritesMail)
            return;
        builder.UseSetting("Mail:Host", "127.0.0.1");
        builder.UseSetting("Mail:Port", "9");
        builder.UseSetting("Mail:From", "no-reply@plans.demo.example");
        builder.UseSetting("Mail:Tls", "None");
    }

    public override async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        playwright?.Dispose();
        await base.DisposeAsync();
        Directory.Delete(directory, recursive: true);
        var unheard = complaints.Where(c => !heard.ContainsKey(c.Where)).Select(c => c.What).ToList();
        Assert.True(unheard.Count == 0, $"On pages that no test checked: {string.Join('\n', unheard)}");
    }

    /// <summary>The top of the repository that the tests were built from.</summary>
    public static string Root { get; } = RootOf(AppContext.BaseDirectory);

    /// <summary>Where a picture of this name is kept.</summary>
    public static string Picture(string name)
    {
        var folder = Path.Combine(Root, "artifacts", "screenshots");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"{name}.png");
    }

    private static string RootOf(string from) => File.Exists(Path.Combine(from, "CasePlanning.sln")) ? from : RootOf(Path.GetDirectoryName(from)!);
}
