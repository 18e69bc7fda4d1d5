using System.Text.Json;
using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>
/// Nothing typed is ever lost: no signal, a closed tab, an ended session, two devices, a shared computer, a store that browsers
/// withhold. Each journey has an outcome of a plan to itself, or a person.
/// </summary>
public sealed class DraftTests : IClassFixture<Browser>
{
    private readonly Browser browser;

    /// <summary>Chromium itself complains of every request that fails, and here they are made to.</summary>
    public DraftTests(Browser browser)
    {
        this.browser = browser;
        browser.Overlooks = complaint => complaint.StartsWith(Browser.FailedToLoad, StringComparison.Ordinal);
    }

    private const string Said = "Draft saved";
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 20_000 };

    [Fact]
    public async Task A_view_is_written_by_keyboard_alone_and_every_state_of_the_page_can_be_used_by_everybody()
    {
        var page = await Write("cal.wexley", "be-healthy");
        await browser.Check(page, "contribute");
        await page.Keyboard.PressAsync("Tab");
        for (var presses = 0; presses < 30 && !await page.Locator("#outlook").EvaluateAsync<bool>("e => e === document.activeElement"); presses++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("She sleeps in the first lesson.");
        await Assertions.Expect(Status(page)).ToContainTextAsync(Said, Patiently);
        for (var presses = 0; presses < 30 && !await page.EvaluateAsync<bool>("document.activeElement.textContent.includes('Add my view')"); presses++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Your view is in the plan.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("She sleeps in the first lesson.").First).ToBeVisibleAsync();

        await page.GotoAsync(Address("be-healthy"));
        await browser.Check(page, "contribute-change");
        await page.GotoAsync(new Uri(browser.ClientOptions.BaseAddress, "/drafts").AbsoluteUri);
        await browser.Check(page, "drafts-empty");
    }

    [Fact]
    public async Task Without_script_a_view_is_written_saved_and_added()
    {
        var page = await browser.OpenWithoutScript($"/sign-in?returnUrl={Uri.EscapeDataString(Path("be-healthy"))}");
        await page.Locator("button[value='ngaire.holloway-bose@demo.example']").First.ClickAsync();
        await page.Locator("textarea[name=words]").FillAsync("Slow mornings help.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a draft" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your draft is saved. Only you can see it.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("my view") }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your view is in the plan.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_same_person_on_two_devices_chooses_and_loses_nothing()
    {
        var phone = await Write("dominic.ferraby", "be-healthy");
        await Save(phone, "On the phone.");
        var laptop = await Write("dominic.ferraby", "be-healthy");
        await Assertions.Expect(Box(laptop)).ToHaveValueAsync("On the phone.");
        await Save(laptop, "On the phone. And on the laptop.");

        await Box(phone).FillAsync("On the phone, later.");
        var choice = phone.GetByRole(AriaRole.Group, new() { Name = "You also wrote this on another device" });
        await Assertions.Expect(choice).ToContainTextAsync("And on the laptop.", Patiently);
        await Assertions.Expect(choice).ToBeFocusedAsync();
        await browser.Check(phone, "contribute-two-devices");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Add it below mine" }).ClickAsync();
        await Assertions.Expect(Box(phone)).ToHaveValueAsync("On the phone, later.\n\nOn the phone. And on the laptop.");
        await Saved(phone, "On the phone, later.\n\nOn the phone. And on the laptop.");
        await laptop.ReloadAsync();
        await Assertions.Expect(Box(laptop)).ToHaveValueAsync("On the phone, later.\n\nOn the phone. And on the laptop.");
    }

    [Fact]
    public async Task Offline_in_the_middle_of_a_sentence_closed_reopened_and_written_on()
    {
        var page = await Write("imke.sandover", "be-healthy");
        await Ready(page);
        await Save(page, "With a signal.");
        await page.Context.SetOfflineAsync(true);
        await Box(page).FillAsync("With a signal. Without");
        await Assertions.Expect(Status(page)).ToContainTextAsync("No connection. Saved on this device", Patiently);
        await browser.Check(page, "contribute-offline");
        await page.CloseAsync();

        var again = await page.Context.NewPageAsync();
        await GoOffline(again, Address("be-healthy"));
        await Assertions.Expect(again.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No connection");
        var kept = again.GetByLabel("Kezia: Be healthy");
        await Assertions.Expect(kept).ToHaveValueAsync("With a signal. Without");
        await browser.Check(again, "offline");
        await kept.FillAsync("With a signal. Without one.");
        await Assertions.Expect(again.GetByText("Saved on this device.")).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(false);
        await again.GotoAsync(Address("be-healthy"));
        await Assertions.Expect(Box(again)).ToHaveValueAsync("With a signal. Without one.");
        await Saved(again, "With a signal. Without one.");
        var other = await Write("imke.sandover", "be-healthy");
        await Assertions.Expect(Box(other)).ToHaveValueAsync("With a signal. Without one.");
    }

    /// <summary>A slow page is made of what there was when it was asked for; what this device has sent meanwhile is newer.</summary>
    [Fact]
    public async Task What_was_sent_while_a_page_was_on_its_way_is_in_its_box()
    {
        browser.MustRun();
        // What a worker asks for cannot be held up here.
        var first = await browser.OpenAs("ngaire.holloway-bose", Path("stay-safe"), new() { ServiceWorkers = ServiceWorkerPolicy.Block });
        await Save(first, "Before.");
        var second = await first.Context.NewPageAsync();
        var wasHeldUp = false;
        await second.RouteAsync(Address("stay-safe"), async route =>
        {
            var made = await route.FetchAsync();
            await first.RunAndWaitForResponseAsync(() => Box(first).FillAsync("Before. And after."), r => r.Request.Method == "PUT" && r.Ok);
            await Assertions.Expect(Status(first)).ToContainTextAsync(Said, Patiently);
            await route.FulfillAsync(new() { Response = made });
            wasHeldUp = true;
        });
        await second.GotoAsync(Address("stay-safe"));
        Assert.True(wasHeldUp);
        await Assertions.Expect(Box(second)).ToHaveValueAsync("Before. And after.");
        await Save(second, "Before. And after. And later.");
        await Assertions.Expect(second.Locator(".app-other")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_on_the_device_cannot_be_read_and_no_page_about_a_child_is_kept()
    {
        var page = await Write("sunniva.raike", "stay-safe");
        await Ready(page);
        await Save(page, "Unmistakable words");
        var rows = await page.EvaluateAsync<string>("""
            async () => {
              const database = await new Promise(done => { const r = indexedDB.open("caseplanning"); r.onsuccess = () => done(r.result); });
              const all = store => new Promise(done => { const r = database.transaction(store).objectStore(store).getAll(); r.onsuccess = () => done(r.result); });
              const [drafts, keys] = [await all("drafts"), await all("keys")];
              return JSON.stringify({
                drafts: drafts.map(d => ({ ...d, text: new TextDecoder("latin1").decode(d.sealed) })),
                extractable: keys.map(k => k.key.extractable),
              });
            }
            """);
        using var stored = JsonDocument.Parse(rows);
        Assert.Equal(1, stored.RootElement.GetProperty("drafts").GetArrayLength());
        Assert.DoesNotContain("Unmistakable", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", rows, StringComparison.Ordinal);
        Assert.False(stored.RootElement.GetProperty("extractable")[0].GetBoolean());

        var cached = await page.EvaluateAsync<string[]>("""
            async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(r => new URL(r.url).pathname)))).flat()
            """);
        Assert.NotEmpty(cached);
        Assert.All(cached, path => Assert.True(path == "/offline" || path.StartsWith("/dist/site", StringComparison.Ordinal), path));
    }

    [Fact]
    public async Task Signed_out_in_the_middle_of_a_sentence_and_back_in_place()
    {
        var page = await Write("sunniva.raike", "make-a-positive-contribution");
        await Save(page, "Before the session");
        await page.Context.ClearCookiesAsync(new() { Name = "caseplanning-signed-in" });
        await Box(page).FillAsync("Before the session ended, and after.");
        await Assertions.Expect(Status(page)).ToContainTextAsync("You have been signed out. Your words are kept on this device.", Patiently);
        await browser.Check(page, "contribute-signed-out");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in again to send them" }).ClickAsync();
        await page.Locator("button[value='sunniva.raike@demo.example']").First.ClickAsync();
        await Assertions.Expect(Box(page)).ToHaveValueAsync("Before the session ended, and after.");
        await Saved(page, "Before the session ended, and after.");
    }

    [Fact]
    public async Task The_key_s_time_is_over_while_offline_and_nothing_is_lost()
    {
        var page = await Write("delphine.holt", "be-healthy");
        await Ready(page);
        await page.Context.SetOfflineAsync(true);
        await Box(page).FillAsync("Written on the bus");
        await Assertions.Expect(Status(page)).ToContainTextAsync("No connection", Patiently);
        await page.CloseAsync();

        var later = await page.Context.NewPageAsync();
        await later.Clock.InstallAsync(new() { TimeDate = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(13) });
        await GoOffline(later, Address("be-healthy"));
        await Assertions.Expect(later.GetByText("A draft is kept on this device, locked.")).ToBeVisibleAsync();
        await browser.Check(later, "offline-locked");
        await later.CloseAsync();

        await page.Context.SetOfflineAsync(false);
        var back = await browser.Open(page.Context, Path("be-healthy"));
        await Assertions.Expect(Box(back)).ToHaveValueAsync("Written on the bus");
        await Saved(back, "Written on the bus");
    }

    [Fact]
    public async Task Signing_out_asks_about_what_was_not_sent_and_the_next_user_sees_nothing()
    {
        var page = await Write("maud.ellerthwaite", "stay-safe");
        await page.RouteAsync("**/api/v1/drafts/**", route => route.Request.Method == "PUT" ? route.AbortAsync() : route.ContinueAsync());
        await Box(page).FillAsync("Only on this device");
        await Assertions.Expect(Status(page)).ToContainTextAsync("No connection", Patiently);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        var asked = page.GetByRole(AriaRole.Dialog, new() { Name = "A draft on this device has not been sent" });
        await Assertions.Expect(asked).ToBeVisibleAsync();
        await browser.Check(page, "sign-out-unsent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" }).ClickAsync();
        await Assertions.Expect(Box(page)).ToHaveValueAsync("Only on this device");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete it and sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out");
        Assert.Equal(0, await page.EvaluateAsync<int>(Rows));

        // The next user of the machine: no draft, no name.
        await page.GotoAsync(new Uri(browser.ClientOptions.BaseAddress, "/sign-in?returnUrl=/my-work").AbsoluteUri);
        Assert.DoesNotContain("Only on this device", await page.ContentAsync(), StringComparison.Ordinal);
        await page.Locator("button[value='bryn.ellerthwaite@demo.example']").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My page");
        Assert.DoesNotContain("on this device alone", await page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("Maud", await page.Locator("header").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pressed_twice_it_is_added_once_and_the_way_back_leads_to_what_was_added()
    {
        var page = await Write("hamo.tresk", "stay-safe");
        await Box(page).FillAsync("Pressed twice.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add my view to the plan" }).DblClickAsync();
        await Assertions.Expect(page.GetByText("Your view is in the plan.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Pressed twice.")).ToHaveCountAsync(1);
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("change your view");
    }

    [Fact]
    public async Task Half_of_all_tries_fail_and_the_last_word_is_the_last_word()
    {
        var page = await Write("lettice.umber", "stay-safe");
        var tries = 0;
        await page.RouteAsync("**/api/v1/drafts/**", async route =>
        {
            // One fails before it arrives, the next after: then it is there, and nobody was told.
            switch (route.Request.Method == "PUT" ? tries++ % 4 : 3)
            {
                case 0:
                    await route.AbortAsync();
                    break;
                case 1:
                    await route.FetchAsync();
                    await route.AbortAsync();
                    break;
                default:
                    await route.ContinueAsync();
                    break;
            }
        });
        var words = "";
        for (var word = 0; word < 6; word++)
        {
            words += $" word {word}";
            await Box(page).FillAsync(words);
            await page.WaitForTimeoutAsync(1_100);
        }

        await Saved(page, words);
        await Assertions.Expect(page.Locator(".app-other")).ToHaveCountAsync(0);
        Assert.True(tries > 4, $"{tries} tries");
        var other = await Write("lettice.umber", "stay-safe");
        await Assertions.Expect(Box(other)).ToHaveValueAsync(words);
    }

    [Fact]
    public async Task Where_the_browser_keeps_nothing_the_server_alone_does_and_the_page_says_so()
    {
        var page = await browser.OpenAs("bryn.ellerthwaite", "/my-work");
        await page.AddInitScriptAsync("Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('blocked', 'SecurityError'); } })");
        await page.GotoAsync(Address("stay-safe"));
        await Assertions.Expect(Status(page)).ToContainTextAsync("This browser keeps nothing on this device.");
        await Save(page, "On the server alone");
        await page.ReloadAsync();
        await Assertions.Expect(Box(page)).ToHaveValueAsync("On the server alone");
        await browser.Check(page, "contribute-no-store");
    }

    [Fact]
    public async Task On_a_shared_computer_nothing_is_kept()
    {
        var page = await browser.Open("/sign-in?returnUrl=/my-work");
        await page.Context.AddCookiesAsync([new() { Name = "caseplanning-shared-computer", Value = "yes", Url = browser.ClientOptions.BaseAddress.AbsoluteUri }]);
        await page.Locator("button[value='juno.prideaux@demo.example']").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My work");
        await page.GotoAsync(Address("stay-safe"));
        await Assertions.Expect(Status(page)).ToContainTextAsync("This is a shared computer, so nothing is kept on it.");
        await Save(page, "Elsewhere");
        Assert.Equal(0, await page.EvaluateAsync<int>(Rows));
    }

    [Fact]
    public async Task Two_people_speak_at_the_same_moment_and_whoever_reads_is_told_and_not_moved()
    {
        var reader = await browser.OpenAs("imke.sandover", $"/plans/{await Plan()}");
        await reader.Clock.InstallAsync();
        await reader.ReloadAsync();
        var before = await reader.Locator("main").InnerTextAsync();
        var (one, two) = (await Write("delphine.holt", "achieve-economic-wellbeing"), await Write("cal.wexley", "achieve-economic-wellbeing"));
        await Box(one).FillAsync("She counts her savings.");
        await Box(two).FillAsync("She runs the tuck shop.");
        await Task.WhenAll(Add(one), Add(two));
        await reader.Clock.FastForwardAsync(31_000);
        await Assertions.Expect(reader.GetByText("New on this plan since you opened it: 2 views.")).ToBeVisibleAsync();
        Assert.StartsWith(before.TrimEnd(), (await reader.Locator("main").InnerTextAsync()).TrimEnd(), StringComparison.Ordinal);
        await reader.GetByRole(AriaRole.Link, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.GetByText("She counts her savings.")).ToBeVisibleAsync();
        await Assertions.Expect(reader.GetByText("She runs the tuck shop.")).ToBeVisibleAsync();

        static async Task Add(IPage page)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Add my view to the plan" }).ClickAsync();
            await Assertions.Expect(page.GetByText("Your view is in the plan.")).ToBeVisibleAsync();
        }
    }

    private const string Rows = """
        async () => {
          const database = await new Promise(done => { const r = indexedDB.open("caseplanning"); r.onsuccess = () => done(r.result); });
          if (database.objectStoreNames.length === 0) return 0;
          const count = store => new Promise(done => { const r = database.transaction(store).objectStore(store).count(); r.onsuccess = () => done(r.result); });
          return await count("drafts") + await count("keys");
        }
        """;

    private static ILocator Box(IPage page) => page.Locator("textarea[name=words]");

    private static ILocator Status(IPage page) => page.Locator("[data-status]");

    /// <summary>
    /// Writes these words and waits until the server has them. The page says that a draft is saved from the moment it is opened, or
    /// from the save before, so what it says proves nothing here.
    /// </summary>
    private static async Task Save(IPage page, string words)
    {
        await Box(page).FillAsync(words);
        await Saved(page, words);
    }

    private static async Task Saved(IPage page, string words)
    {
        await page.WaitForFunctionAsync(
            """
            async words => {
              const [draft, token] = ["draft", "__RequestVerificationToken"].map(name => document.querySelector(`form[data-draft] [name=${name}]`).value);
              const kept = await fetch(`/api/v1/drafts/${draft}`, { cache: "no-store", headers: { RequestVerificationToken: token } }).catch(() => null);
              return Boolean(kept?.ok) && (await kept.json()).words === words;
            }
            """,
            words,
            new() { PollingInterval = 300, Timeout = 60_000 });
        await Assertions.Expect(Status(page)).ToContainTextAsync(Said, Patiently);
    }

    private async Task<IPage> Write(string name, string outcome)
    {
        browser.MustRun();
        return await browser.OpenAs(name, Path(outcome));
    }

    /// <summary>Until what stands in when there is no connection is there.</summary>
    private static async Task Ready(IPage page) => await page.WaitForFunctionAsync("async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)");

    /// <summary>
    /// Asks for a page while there is no connection. A browser that is too busy to wake its worker says so by itself, and whoever
    /// sits before it tries again.
    /// </summary>
    private static async Task GoOffline(IPage page, string address)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await page.GotoAsync(address);
                return;
            }
            catch (PlaywrightException busy) when (tries < 30 && busy.Message.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal))
            {
                await page.WaitForTimeoutAsync(1_000);
            }
        }
    }

    private string Path(string outcome) => $"/plans/{Plan().GetAwaiter().GetResult()}/outcomes/{outcome}/contribute";

    private string Address(string outcome) => new Uri(browser.ClientOptions.BaseAddress, Path(outcome)).AbsoluteUri;

    private async Task<string> Plan()
    {
        await using var scope = browser.Services.CreateAsyncScope();
        var plans = await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Plans.AsNoTracking().ToListAsync();
        return plans.Single(p => p.Child.GivenName == "Kezia").Id.ToString();
    }
}
