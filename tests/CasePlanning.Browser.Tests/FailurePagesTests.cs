using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>What went wrong, as it is met in a browser: it can be read by everybody, and what they wrote is still there.</summary>
public sealed class FailurePagesTests
{
    [Fact]
    public async Task Whatever_goes_wrong_is_said_on_a_page_that_everybody_can_use()
    {
        var trouble = new Trouble();
        await using var browser = new Browser
        {
            Replace = services => services.AddSingleton<IJournal>(trouble),
            Overlooks = complaint => complaint.StartsWith(Browser.FailedToLoad, StringComparison.Ordinal),
        };
        await browser.InitializeAsync();
        var kezia = await Kezia.Of(browser);
        var page = await browser.OpenAs("cal.wexley", kezia.At("/plans/{plan}/outcomes/stay-safe/contribute"));

        // Each of them comes over what has just been written.
        foreach (var (what, name, heading) in new (Exception, string, string)[]
        {
            (new StoreUnavailable("store.full"), "failure-full", "There is no room left to save anything"),
            (new InvalidOperationException("A fault of ours."), "failure-fault", "Something went wrong on our side"),
        })
        {
            await Written(page).FillAsync("He waits for her at the gate.");
            trouble.What = what;
            await SendAsWithoutScript(page);
            await Heading(page, heading);
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("He waits for her at the gate.");
            await browser.Check(page, name);
            trouble.What = null;
            await page.GotoAsync(At(browser, kezia.At("/plans/{plan}/outcomes/stay-safe/contribute")));
        }

        await Written(page).FillAsync("He waits for her at the gate.");
        await page.Context.ClearCookiesAsync(new() { Name = "caseplanning-signed-in" });
        await SendAsWithoutScript(page);
        await Heading(page, "You have been signed out");
        await browser.Check(page, "failure-signed-out");
        await page.GotoAsync(At(browser, "/problems/request-not-found"));
        await browser.Check(page, "failure-kind");
    }

    [Fact]
    public async Task Whoever_asks_too_much_is_told_how_long_to_wait()
    {
        await using var browser = new Browser
        {
            Settings = new Dictionary<string, string> { ["RateLimits:Person:Requests"] = "4", ["RateLimits:Person:Seconds"] = "600" },
            Overlooks = complaint => complaint.StartsWith(Browser.FailedToLoad, StringComparison.Ordinal),
        };
        await browser.InitializeAsync();
        var page = await browser.OpenAs("cal.wexley", "/my-work");
        for (var looks = 0; looks < 4; looks++)
            await page.GotoAsync(At(browser, "/my-work"));
        await Heading(page, "That was too often");
        await browser.Check(page, "failure-too-many");
    }

    private static ILocator Written(IPage page) => page.Locator("textarea[name=words]");

    /// <summary>Past our script, which would tell of it in the page itself; axe needs one.</summary>
    private static async Task SendAsWithoutScript(IPage page) => await page.EvaluateAsync("document.querySelector('form[data-draft]').submit()");

    private static string At(Browser browser, string path) => new Uri(browser.ClientOptions.BaseAddress, path).AbsoluteUri;

    private static Task Heading(IPage page, string heading) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    private sealed class Trouble : IJournal
    {
        public Exception? What { get; set; }

        public Task Record(JournalEntry entry, CancellationToken cancellation) => What is null ? Task.CompletedTask : throw What;
    }
}
