using System.Globalization;
using System.Text.RegularExpressions;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>
/// What somebody does who has just been asked, from the mail to what they came for, and what happens to them meanwhile. Kezia's own
/// way and Hamo's are with the pages that they go through.
/// </summary>
public sealed partial class FirstFiveMinutesTests : IClassFixture<Browser>
{
    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true };
    private static readonly BrowserNewContextOptions SchoolLaptop = new() { ViewportSize = new() { Width = 1366, Height = 768 } };
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 60_000 };

    private readonly Browser browser;
    private readonly ITestOutputHelper output;

    /// <summary>Chromium itself complains of every request that fails, and here they are made to.</summary>
    public FirstFiveMinutesTests(Browser browser, ITestOutputHelper output)
    {
        (this.browser, this.output) = (browser, output);
        browser.Overlooks = complaint => complaint.StartsWith(Browser.FailedToLoad, StringComparison.Ordinal);
    }

    /// <summary>On a telephone between two hearings: away, and three views, of which the second is pressed on its way without a signal and the third survives its tab.</summary>
    [Fact]
    public async Task Dominic_says_that_he_is_in_court_and_files_three_views_while_the_signal_comes_and_goes()
    {
        var kezia = await Kezia.Of(browser);
        var (plan, review) = await PlanOf(kezia, "Wren");
        await kezia.Post("imke.sandover", $"/plans/{plan}/contributions", new { reviewId = review, outcome = "stay-safe", words = "She walks home with her cousin.", outlook = "goingWell" });

        // The link in the mail leads to signing in, and then to what is asked.
        var mail = MailTexts.Daily(Today, [MailTexts.Asked(1, WorkWords.Of(Application.Reading.WorkKind.GiveView), Today.AddDays(7))], Links.Of(browser.Services.GetRequiredService<IMail>()));
        var page = await browser.Open(new Uri(Address().Match(mail.Body).Value).PathAndQuery, Phone);
        var dominic = new Person(page);
        await dominic.Press(page.Locator("button[value='dominic.ferraby@demo.example']").First);
        await Heading(page, "My work");
        var asked = page.Locator(".app-group", new() { HasText = "Wren’s plan" });
        await Assertions.Expect(asked).ToContainTextAsync("Give your view");

        var until = Today.AddDays(3);
        await dominic.Press(asked.GetByRole(AriaRole.Link, new() { NameRegex = new("I will be away") }));
        await dominic.Press(page.GetByLabel("In court"));
        await dominic.Type(page.Locator("#until"), $"{until.Day}");
        await dominic.Type(page.Locator("#until-month"), $"{until.Month}");
        await dominic.Type(page.Locator("#until-year"), $"{until.Year}");
        await dominic.Press(Button(page, "Say that I am away"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You are away: in court until");

        // The first, with a signal.
        await dominic.Press(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Give your view", Exact = true }));
        await Heading(page, "Be healthy: your view");
        await dominic.Press(page.GetByLabel("Mixed"));
        await dominic.Type(Box(page), "Sleeps well at home, and is often ill on Mondays. I ask the nurse to look at it.");
        await dominic.Press(Button(page, "Add my view to the plan"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your view is in the plan.");

        // The second, added while there is none; what Imke says of it waits until it is asked for.
        await dominic.Press(page.GetByRole(AriaRole.Link, new() { Name = "Next: your view on Stay safe" }));
        await Heading(page, "Stay safe: your view");
        await Assertions.Expect(page.GetByText("She walks home with her cousin.")).ToBeHiddenAsync();
        await page.Context.SetOfflineAsync(true);
        await dominic.Press(page.GetByLabel("Going well"));
        await dominic.Type(Box(page), "The walk home is agreed with her aunt, and it works.");
        await dominic.Press(Button(page, "Add my view to the plan"));
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Your view will be added as soon as you are back online.", Patiently);
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your view is in the plan.", Patiently);
        await Assertions.Expect(page.GetByText("She walks home with her cousin.")).ToBeVisibleAsync();

        // The third, over a tab that is closed.
        await dominic.Press(page.GetByRole(AriaRole.Link, new() { Name = "Next: your view on Enjoy and achieve" }));
        await Heading(page, "Enjoy and achieve: your view");
        await dominic.Type(Box(page), "Keep the set until half term, and look again then.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Draft saved", Patiently);
        var (address, before) = (page.Url, dominic);
        await page.CloseAsync();
        page = await browser.Open(page.Context, new Uri(address).PathAndQuery);
        dominic = new Person(page, before);
        await Assertions.Expect(Box(page)).ToHaveValueAsync("Keep the set until half term, and look again then.");
        await dominic.Press(page.GetByLabel("Mixed"));
        await dominic.Press(Button(page, "Add my view to the plan"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your view is in the plan.");

        output.WriteLine($"Away and three views: {dominic}");
        Assert.InRange(dominic.Presses, 1, 15);
        Assert.InRange(dominic.Seconds, 1, 300);
        await page.GotoAsync(new Uri(browser.ClientOptions.BaseAddress, "/my-work").AbsoluteUri);
        await Assertions.Expect(page.Locator(".app-group", new() { HasText = "Wren’s plan" }).Filter(new() { HasText = "Give your view" })).ToHaveCountAsync(0);
    }

    /// <summary>On the staff room's laptop: all of it on one page, who is missing, who differs; and her own words before she reads the others'.</summary>
    [Fact]
    public async Task Imke_reads_the_whole_plan_and_writes_first_and_reads_second()
    {
        var kezia = await Kezia.Of(browser);
        var page = await OnASharedComputer("imke.sandover", SchoolLaptop);
        var imke = new Person(page);
        await imke.Press(page.GetByRole(AriaRole.Link, new() { Name = "Kezia’s plan", Exact = true }));
        await Heading(page, "Kezia’s plan");
        await Assertions.Expect(page.Locator(".app-chips")).ToContainTextAsync("Bryn Ellerthwaite");
        await Assertions.Expect(page.Locator("section.app-outcome")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator("#enjoy-and-achieve")).ToContainTextAsync("Views differ");
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.app-view')].length > 8 && [...document.querySelectorAll('.app-view .app-words')].every(w => w.getClientRects().length)"), "Words are folded away.");
        // Side by side: more than one voice in a row, and all of one row's cards as wide.
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              const cards = [...document.querySelectorAll("#enjoy-and-achieve .app-view:not(.app-view--long)")].map(c => c.getBoundingClientRect());
              const row = cards.filter(c => c.top === cards.at(-1).top);
              return cards.some(c => cards.some(d => d !== c && d.top === c.top)) && new Set(row.map(c => Math.round(c.width))).size === 1;
            }
            """), "Views are not side by side.");

        await imke.Press(page.Locator("#make-a-positive-contribution a", new() { HasText = "Add your view" }));
        await Heading(page, "Make a positive contribution: your view");
        var others = page.GetByText("Art club is funded until Easter.");
        await Assertions.Expect(others).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("This is a shared computer, so nothing is kept on it.");
        await imke.Type(Box(page), "She shows the younger ones how to mix colours.");
        await imke.Press(Button(page, "Add my view to the plan"));
        await Assertions.Expect(others).ToBeInViewportAsync();
        await Assertions.Expect(page.GetByText("She shows the younger ones how to mix colours.")).ToBeInViewportAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("async () => (await indexedDB.databases()).length"));
        output.WriteLine($"The whole plan and one view: {imke}");
    }

    /// <summary>In the library: in her own daughter's words for things, what she sees, what she asks, who answers by when; and nothing that she may not know.</summary>
    [Fact]
    public async Task Delphine_adds_her_view_asks_and_sees_who_answers_by_when()
    {
        var kezia = await Kezia.Of(browser);
        var page = await OnASharedComputer("delphine.holt", new() { ViewportSize = new() { Width = 1024, Height = 768 } }, "My page");
        var delphine = new Person(page);
        await delphine.Press(page.GetByRole(AriaRole.Link, new() { Name = "Kezia’s plan", Exact = true }));
        await Heading(page, "Kezia’s plan");
        Assert.Equal(["Feeling well", "Feeling safe", "School and learning", "Having a say", "My future"],
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('section.app-outcome > h2')].map(h => h.firstChild.textContent.trim())"));
        await TellsNothing(page);
        await delphine.Press(page.Locator("#achieve-economic-wellbeing a", new() { HasText = "Add your view" }));
        await TellsNothing(page);
        await delphine.Type(Box(page), "She wants to be a vet.");
        await delphine.Press(Button(page, "Add my view to the plan"));
        // That it is done is said where it was done.
        await Assertions.Expect(page.Locator("#achieve-economic-wellbeing .govuk-notification-banner")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByText("She wants to be a vet.")).ToBeInViewportAsync();

        await delphine.Press(page.GetByRole(AriaRole.Link, new() { NameRegex = new("Respond or ask.*Imke Sandover says") }).First);
        await TellsNothing(page);
        // Two whose names she may not know, and whom she can tell apart.
        Assert.Equal(["Carer 1", "Carer 2"], (await page.Locator("select[name=to] option").AllInnerTextsAsync()).Where(t => t.StartsWith("Carer", StringComparison.Ordinal)));
        await delphine.Type(page.GetByLabel("Your question"), "What can I do at home for her maths?");
        await delphine.Press(page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }));
        await Assertions.Expect(page.Locator(".app-question", new() { HasText = "What can I do at home" })).ToContainTextAsync("Imke Sandover answers by ");
        output.WriteLine($"A view and a question: {delphine}");
        Assert.InRange(delphine.Seconds, 1, 300);

        foreach (var path in new[] { "/plans/{plan}/print", "/plans/{plan}/history", "/plans/{plan}/people", "/plans/{plan}/reviews/{review}", "/account/mail" })
        {
            await page.GotoAsync(new Uri(browser.ClientOptions.BaseAddress, kezia.At(path)).AbsoluteUri);
            await TellsNothing(page);
        }

        static async Task TellsNothing(IPage page)
        {
            var all = await page.ContentAsync();
            Assert.All(["Ellerthwaite", "asking at school", "not shared with you", "hidden from"], secret => Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task The_window_closes_while_a_view_is_written_and_it_is_taken_and_marked()
    {
        var kezia = await Kezia.Of(browser);
        var (plan, review) = await PlanOf(kezia, "Linnet");
        var page = await browser.OpenAs("imke.sandover", $"/plans/{plan}/outcomes/stay-safe/contribute");
        await Box(page).FillAsync("Begun in time.");
        await kezia.Patch("hamo.tresk", $"/reviews/{review}", new { closesOn = Day(Today.AddDays(-1)) });
        await Button(page, "Add my view to the plan").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It came after the review’s last day for views, and counts the same.");
        await Assertions.Expect(page.Locator(".app-view", new() { HasText = "Begun in time." })).ToContainTextAsync("after the last day for views");
    }

    [Fact]
    public async Task Whoever_is_taken_off_the_plan_while_they_write_keeps_their_words_and_is_told()
    {
        var kezia = await Kezia.Of(browser);
        var (plan, _) = await PlanOf(kezia, "Siskin");
        var page = await browser.OpenAs("imke.sandover", $"/plans/{plan}/outcomes/stay-safe/contribute");
        await Box(page).FillAsync("Written while I was in.");
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("Draft saved", Patiently);
        var people = (await kezia.Get("hamo.tresk", $"/plans/{plan}/participants")).GetProperty("items").EnumerateArray()
            .ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("id").GetString());
        await kezia.Patch("hamo.tresk", $"/plans/{plan}/participants/{people["Imke Sandover"]}",
            new { until = browser.Services.GetRequiredService<TimeProvider>().GetUtcNow(), cover = people["Dominic Ferraby"] });
        await Box(page).FillAsync("Written while I was in. And after.");
        await Button(page, "Add my view to the plan").ClickAsync();
        await Assertions.Expect(page.Locator("[data-status]")).ToContainTextAsync("You no longer take part in this plan, so this cannot be added to it. Your draft is kept for you, and only you can see it", Patiently);
        await browser.Check(page, "contribute-taken-off");
        await page.GetByRole(AriaRole.Link, new() { Name = "your drafts" }).ClickAsync();
        await Heading(page, "Your drafts");
        await Assertions.Expect(page.Locator(".app-group", new() { HasText = "A plan that you have left" })).ToContainTextAsync("Written while I was in.");
        Assert.DoesNotContain("Written while I was in", (await kezia.Get("hamo.tresk", $"/plans/{plan}/reading")).GetRawText(), StringComparison.Ordinal);
    }

    /// <summary>By keyboard alone, from the top of the page.</summary>
    [Fact]
    public async Task Bryn_says_by_keyboard_that_he_is_away()
    {
        var kezia = await Kezia.Of(browser);
        var page = await browser.OpenAs("bryn.ellerthwaite", kezia.At("/plans/{plan}/reviews/{review}/away"));
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator(".govuk-skip-link")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, "input[name=reason]");
        await page.Keyboard.PressAsync("Space");
        await TabTo(page, "#until");
        await page.Keyboard.TypeAsync("24");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("12");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("2027");
        await TabTo(page, "main form .govuk-button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You are away: in court until 24 December 2027.");
    }

    /// <summary>By keyboard alone: whoever was not heard is asked once more, and not twice in a day.</summary>
    [Fact]
    public async Task Hamo_asks_Dominic_once_more_by_keyboard()
    {
        await using var mailing = new Browser { WritesMail = true };
        await mailing.InitializeAsync();
        var kezia = await Kezia.Of(mailing);
        var (plan, review) = await PlanOf(kezia, "Plover");
        await mailing.Services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            // Mail goes to whoever has an account.
            var database = lane.GetRequiredService<IPlanningDatabase>();
            var dominic = await database.Persons.Where(p => p.Email == "dominic.ferraby@demo.example").Select(p => p.Id).SingleAsync(cancellation);
            if (!await database.Accounts.AnyAsync(a => a.Id == dominic, cancellation))
                database.Accounts.Add(new Account(dominic));
            return await database.SaveChangesAsync(cancellation);
        }, CancellationToken.None);
        var asked = (await kezia.Get("hamo.tresk", $"/plans/{plan}/participants")).GetProperty("items").EnumerateArray()
            .Single(p => p.GetProperty("name").GetString() == "Dominic Ferraby").GetProperty("id").GetString();

        var page = await mailing.OpenAs("hamo.tresk", $"/plans/{plan}/reviews/{review}/voices/{asked}");
        await TabTo(page, "form[action*='handler=Nudge'] button");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("They are asked again, by mail.");
        await page.GotoAsync(new Uri(mailing.ClientOptions.BaseAddress, $"/plans/{plan}/reviews/{review}/voices/{asked}").AbsoluteUri);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("They were asked by mail. You can ask again on ");
        await Assertions.Expect(Button(page, "Ask them again by mail")).ToHaveCountAsync(0);
    }

    /// <summary>Without any script.</summary>
    [Fact]
    public async Task Dominic_takes_back_without_script_that_he_is_away()
    {
        var kezia = await Kezia.Of(browser);
        var page = await browser.OpenWithoutScript($"/sign-in?returnUrl={Uri.EscapeDataString("/my-work")}");
        await page.Locator("button[value='dominic.ferraby@demo.example']").First.ClickAsync();
        await page.GotoAsync(new Uri(new Uri(page.Url), kezia.At("/plans/{plan}/reviews/{review}")).AbsoluteUri);
        await page.Locator("main a", new() { HasText = "I will be away" }).First.ClickAsync();
        await Button(page, "I am not away any more").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You are not away any more.");
    }

    private DateOnly Today => DateOnly.FromDateTime(browser.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);

    /// <summary>A plan for a test alone, in whose review Dominic and Imke are asked.</summary>
    private async Task<(string Plan, string Review)> PlanOf(Kezia kezia, string child)
    {
        var plan = await kezia.PlanOf(child);
        var review = await kezia.Post("hamo.tresk", $"/plans/{plan}/reviews",
            new { title = "Autumn review", opensOn = Day(Today.AddDays(-10)), closesOn = Day(Today.AddDays(10)), invite = "everyone" });
        return (plan, review);
    }

    private async Task<IPage> OnASharedComputer(string who, BrowserNewContextOptions options, string landing = "My work")
    {
        var page = await browser.Open("/sign-in?returnUrl=/my-work", options);
        await page.Context.AddCookiesAsync([new() { Name = "caseplanning-shared-computer", Value = "yes", Url = browser.ClientOptions.BaseAddress.AbsoluteUri }]);
        await page.Locator($"button[value='{who}@demo.example']").First.ClickAsync();
        await Heading(page, landing);
        return page;
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ILocator Box(IPage page) => page.Locator("textarea[name=words]").First;

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static Task Heading(IPage page, string heading) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);

    /// <summary>Goes on with the keyboard until something that fits has the focus.</summary>
    private static async Task TabTo(IPage page, string what)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("what => document.activeElement?.matches(what) ?? false", what))
                return;
        }

        Assert.Fail($"No press of Tab leads to {what}.");
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    /// <summary>Somebody with one thumb: what they press and type, and how long that takes.</summary>
    private sealed class Person
    {
        private const double SecondsAPress = 1.5;
        private const double SecondsALetter = 0.3;

        /// <summary>To look at a page that comes over a poor line.</summary>
        private const double SecondsAPage = 5;

        /// <summary>An address, a password and a code from another app.</summary>
        private const double SecondsToSignIn = 40;

        private int letters;
        private int pages;

        public Person(IPage page, Person? before = null)
        {
            (Presses, letters, pages) = before is null ? (0, 0, 0) : (before.Presses, before.letters, before.pages);
            page.Load += (_, _) => pages++;
        }

        public int Presses { get; private set; }

        public double Seconds => SecondsToSignIn + (Presses * SecondsAPress) + (letters * SecondsALetter) + (pages * SecondsAPage);

        public Task Press(ILocator what)
        {
            Presses++;
            return what.ClickAsync();
        }

        public Task Type(ILocator where, string text)
        {
            letters += text.Length;
            return where.FillAsync(text);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Presses} presses, {letters} letters, {pages} pages: about {Seconds:0} seconds");
    }
}
