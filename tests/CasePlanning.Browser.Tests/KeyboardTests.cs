using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>
/// What everybody came for, from signing in to its end, with a keyboard and nothing else: once without any script, and once in a
/// window of a few lines, as 400 % leaves them, in the dark and in the system's own colours.
/// </summary>
public sealed class KeyboardTests : IClassFixture<Browser>
{
    private const string NoScript = "without script";
    private const string Large = "at 400 %, in forced colours";
    private static readonly LocatorAssertionsToContainTextOptions Patiently = new() { Timeout = 60_000 };

    private readonly Browser browser;
    private readonly ITestOutputHelper output;

    /// <summary>Whoever is signed out on purpose is told so with 401, and Chromium says that too.</summary>
    public KeyboardTests(Browser browser, ITestOutputHelper output)
    {
        (this.browser, this.output) = (browser, output);
        browser.Overlooks = complaint => complaint.StartsWith(Browser.FailedToLoad, StringComparison.Ordinal);
    }

    public static TheoryData<string> Ways => [NoScript, Large];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Dominic_is_away_and_files_three_views(string way)
    {
        var kezia = await Kezia.Of(browser);
        var plan = await kezia.PlanOf($"Wren {way.Length}");
        await kezia.Post("hamo.tresk", $"/plans/{plan}/reviews",
            new { title = "Autumn review", opensOn = Day(Today.AddDays(-10)), closesOn = Day(Today.AddDays(10)), invite = "everyone" });
        var keys = await SignIn("dominic.ferraby", way);
        var page = keys.Page;
        var asked = page.Locator(".app-group", new() { HasText = $"Wren {way.Length}" });
        await Assertions.Expect(asked).ToContainTextAsync("Give your view");

        await keys.Follow(asked.GetByRole(AriaRole.Link, new() { NameRegex = new("I will be away") }));
        await keys.Choose(page.GetByRole(AriaRole.Radio, new() { Name = "In court" }));
        await keys.TypeDay("until", Today.AddDays(3));
        await keys.Press(Button(page, "Say that I am away"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You are away: in court until");

        await keys.Follow(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Give your view", Exact = true }));
        await Heading(page, "Be healthy: your view");
        await GiveView(keys, "Mixed", "Sleeps well at home, and is often ill on Mondays.");

        // He is signed out while he writes, and what he wrote comes with him.
        await keys.Follow(page.GetByRole(AriaRole.Link, new() { Name = "Next: your view on Stay safe" }));
        await Heading(page, "Stay safe: your view");
        if (way is NoScript)
        {
            await keys.Skip();
            await keys.Type(Words(page), "The walk home is agreed with her aunt, and it works.");
            await page.Context.ClearCookiesAsync(new() { Name = "caseplanning-signed-in" });
            await keys.Press(Button(page, "Add my view to the plan"));
            await Heading(page, "You have been signed out");
            var beside = new Keyboard(await page.RunAndWaitForPopupAsync(() => keys.Follow(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Sign in again") }))));
            await BeSomebody(beside, "dominic.ferraby");
            await Heading(beside.Page, "My work");
            await beside.Page.CloseAsync();
            await keys.Press(Button(page, "Send it again"));
            await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your view is in the plan.");
        }
        else
        {
            await GiveView(keys, "Going well", "The walk home is agreed with her aunt, and it works.");
        }

        await keys.Follow(page.GetByRole(AriaRole.Link, new() { Name = "Next: your view on Enjoy and achieve" }));
        await GiveView(keys, "Mixed", "Keep the set until half term, and look again then.");
        Says("Away and three views", way, keys);
        var said = (await kezia.Get("imke.sandover", $"/plans/{plan}/reading")).GetRawText();
        Assert.All(["often ill on Mondays", "agreed with her aunt", "until half term"], words => Assert.Contains(words, said, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Imke_reads_the_whole_plan_writes_first_and_reads_second(string way)
    {
        var kezia = await Kezia.Of(browser);
        var keys = await SignIn("imke.sandover", way);
        var page = keys.Page;
        await keys.Follow(page.GetByRole(AriaRole.Link, new() { Name = "Kezia’s plan", Exact = true }));
        await Heading(page, "Kezia’s plan");
        await Assertions.Expect(page.Locator(".app-chips")).ToContainTextAsync("Bryn Ellerthwaite");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 }).Filter(new() { HasText = "Enjoy and achieve" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#enjoy-and-achieve")).ToContainTextAsync("Views differ");
        var view = page.Locator("#enjoy-and-achieve .app-view .app-words").First;
        await Assertions.Expect(view).ToBeVisibleAsync();

        var outcome = way is NoScript ? ("make-a-positive-contribution", "Make a positive contribution") : ("achieve-economic-wellbeing", "Achieve economic wellbeing");
        await keys.Skip();
        await keys.Follow(page.Locator($"#{outcome.Item1}").GetByRole(AriaRole.Link, new() { NameRegex = new("^Add your view") }));
        await Heading(page, $"{outcome.Item2}: your view");
        var others = page.Locator("details", new() { HasText = "Read what others have said" });
        if (way is NoScript)
            await Assertions.Expect(others.Locator(".app-words").First).ToBeHiddenAsync();
        await GiveView(keys, "Going well", $"She shows the younger ones how to mix colours, {way}.");
        await Assertions.Expect(page.Locator($"#{outcome.Item1}")).ToContainTextAsync($"how to mix colours, {way}.");
        if (way is NoScript)
            await Assertions.Expect(page.GetByText("Art club is funded until Easter.").First).ToBeVisibleAsync();
        Says("The whole plan and one view", way, keys);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Delphine_adds_her_view_asks_and_sees_who_answers_by_when(string way)
    {
        await Kezia.Of(browser);
        var keys = await SignIn("delphine.holt", way);
        var page = keys.Page;
        await keys.Follow(page.GetByRole(AriaRole.Link, new() { Name = "Kezia’s plan", Exact = true }));
        await Heading(page, "Kezia’s plan");
        var (code, called) = way is NoScript ? ("achieve-economic-wellbeing", "My future") : ("make-a-positive-contribution", "Having a say");
        await keys.Skip();
        await keys.Follow(page.Locator($"#{code}").GetByRole(AriaRole.Link, new() { NameRegex = new("^Add your view") }));
        await Heading(page, $"{called}: your view");
        await GiveView(keys, "Going well", $"She wants to be a vet, {way}.");
        await Assertions.Expect(page.Locator($"#{code}")).ToContainTextAsync($"She wants to be a vet, {way}.");

        await keys.Follow(page.GetByRole(AriaRole.Link, new() { NameRegex = new("Respond or ask.*Imke Sandover says") }).First);
        // Whoever has asked before finds the form folded under what they asked.
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Your question");
        if (await page.Locator("summary", new() { HasText = "Ask something else" }).CountAsync() > 0)
            await keys.Press(page.Locator("summary", new() { HasText = "Ask something else" }));
        await keys.Type(page.GetByLabel("Your question"), $"What can I do at home for her maths, {way}?");
        await keys.Press(page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }));
        await Assertions.Expect(page.Locator(".app-question", new() { HasText = $"for her maths, {way}?" })).ToContainTextAsync("Imke Sandover answers by ");
        Says("A view and a question", way, keys);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Kezia_says_what_she_wants_and_sees_what_came_of_it(string way)
    {
        var kezia = await Kezia.Of(browser);
        var keys = await SignIn("kezia.amari-holt", way);
        var page = keys.Page;
        await keys.Press(page.Locator("main .govuk-button", new() { HasText = "Have my say" }));
        var (called, skips) = way is NoScript ? ("Feeling well", new[] { "Feeling safe", "School and learning", "Having a say", "My future" }) : ("My future", []);
        await keys.Follow(page.Locator(".app-say__list a", new() { HasText = called }));
        await Heading(page, called);
        await keys.Choose(page.Locator("#outlook-worried"));
        await keys.Type(page.Locator("#words"), $"I wake up at three, {way}.");
        await keys.Press(Button(page, "Next"));

        await Heading(page, "Who can read it?");
        await keys.Press(Button(page, "Next"));
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeVisibleAsync();
        await keys.Choose(page.GetByLabel("Only the people I choose"));
        await keys.Tick(page.GetByLabel("Sunniva Raike"));
        await keys.Press(Button(page, "Next"));
        foreach (var skipped in skips)
        {
            await Heading(page, skipped);
            await keys.Follow(page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Skip this one|^Leave it as it is") }));
        }

        await Heading(page, "Look at what you said");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Only Sunniva Raike can read this.");
        await keys.Choose(page.GetByLabel("No, I did it by myself"));
        await keys.Press(Button(page, "Send it"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("It is sent. Thank you for saying it.");

        var mine = page.Locator(".app-came", new() { HasText = $"I wake up at three, {way}." });
        await keys.Follow(mine.GetByRole(AriaRole.Link, new() { NameRegex = new("Ask for something") }));
        await keys.Type(page.Locator("#words"), $"Can I come in later, {way}?");
        await keys.Choose(page.GetByRole(AriaRole.Radio, new() { NameRegex = new("Sunniva Raike") }));
        await keys.Press(page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }));
        await Assertions.Expect(page.Locator("#came")).ToContainTextAsync("Sunniva Raike answers by");

        var asked = (await kezia.Get("sunniva.raike", $"/plans/{kezia.Plan}/reading?view=child")).GetProperty("requests").EnumerateArray()
            .Single(r => r.GetProperty("words").GetString() == $"Can I come in later, {way}?").GetProperty("id").GetString();
        await kezia.Post("sunniva.raike", $"/questions/{asked}/answers", new { words = "lessons begin at nine for all.", kind = "weCouldNot" });
        await page.ReloadAsync();
        await Assertions.Expect(mine).ToContainTextAsync("We couldn’t, because");
        Says("Her say and what came of it", way, keys);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Hamo_opens_a_review_is_told_why_it_cannot_be_closed_yet_and_closes_it_properly(string way)
    {
        var kezia = await Kezia.Of(browser);
        var child = $"Pipit {way.Length}";
        var plan = await kezia.PlanOf(child);
        var keys = await SignIn("hamo.tresk", way);
        var page = keys.Page;
        await page.GotoAsync(At($"/plans/{plan}"));
        await keys.Follow(page.GetByRole(AriaRole.Link, new() { Name = "Reviews", Exact = true }));
        await keys.Press(page.Locator("main").GetByText("Open a review"));
        await Heading(page, "Open a review");
        await keys.Skip();
        await keys.TypeDay("opensOn", Today);
        await keys.TypeDay("closesOn", Today.AddDays(14));
        await keys.Press(Button(page, "Continue"));
        await Heading(page, "Check before you open the review");
        await keys.Press(Button(page, "Open the review"));
        await Assertions.Expect(page.Locator(".app-voices").First).ToContainTextAsync("Dominic Ferraby");
        var review = (await kezia.Get("hamo.tresk", $"/plans/{plan}")).GetProperty("reviews").EnumerateArray().Single().GetProperty("id").GetString();
        foreach (var (who, outlook, words) in new[] { ("imke.sandover", "goingWell", "She walks home with her cousin."), ("hamo.tresk", "worried", "Nobody knows who meets her.") })
            await kezia.Post(who, $"/plans/{plan}/contributions", new { reviewId = review, outcome = "stay-safe", words, outlook });

        // From the list by clock: who is missing, and where views differ.
        await page.GotoAsync(At("/my-work"));
        await keys.Skip();
        await keys.Follow(page.Locator("main").GetByRole(AriaRole.Link, new() { NameRegex = new($"in {child}’s plan") }).First);
        await Assertions.Expect(page.Locator("section[aria-labelledby=differ]")).ToContainTextAsync("Stay safe");

        // Not yet, and exactly why.
        await keys.Follow(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Close it early" }).First);
        await keys.Press(Button(page, "Close the review"));
        var wrong = page.Locator(".govuk-error-summary");
        await Assertions.Expect(wrong).ToContainTextAsync("Dominic Ferraby is not heard yet.");

        // What was done about whoever was not heard.
        await keys.Follow(page.Locator(".app-checks").GetByRole(AriaRole.Link, new() { NameRegex = new("^Record what was done") }).First);
        await keys.Press(page.Locator("summary", new() { HasText = "What was done about their view" }));
        await keys.Type(page.Locator("#done"), "Agrees by telephone, and writes at the next review");
        await keys.Press(Button(page, "Record what was done"));

        // What is decided where views differ.
        await keys.Follow(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Close it early" }).First);
        await keys.Press(Button(page, "Close the review"));
        await Assertions.Expect(wrong).ToContainTextAsync("Stay safe");
        await keys.Follow(page.Locator(".app-checks").GetByRole(AriaRole.Link, new() { NameRegex = new("^Record a decision") }).First);
        await Heading(page, "Record a decision");
        await keys.Type(page.GetByLabel("What was decided?"), "Her cousin meets her at the gate.");
        await keys.Type(page.GetByLabel("Why?", new() { Exact = true }), "She said that she likes it.");
        await keys.Press(Button(page, "Record the decision"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Her cousin meets her at the gate.");

        // One more view comes after it, so it is looked at again.
        await kezia.Post("dominic.ferraby", $"/plans/{plan}/contributions", new { reviewId = review, outcome = "stay-safe", words = "He is not there on Fridays." });
        await page.GotoAsync(At($"/plans/{plan}/reviews/{review}"));
        await keys.Skip();
        await keys.Follow(page.Locator("main").GetByRole(AriaRole.Link, new() { NameRegex = new("^Look at it again") }).First);
        await keys.Type(page.Locator("#finding"), "On Fridays her aunt comes.");
        await keys.Choose(page.GetByLabel("No, it stays as it is"));
        await keys.Press(Button(page, "Record what I found"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Recorded: the decision was looked at again, and stays.");
        await keys.Follow(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Close it early" }).First);
        await keys.Press(Button(page, "Close the review"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The review is closed.");
        await keys.Follow(page.Locator("main a", new() { HasText = "Sign the review off" }).First);
        await keys.Press(Button(page, "Sign the review off"));
        await Assertions.Expect(page.Locator(".govuk-tag").First).ToHaveTextAsync("Signed off");
        Says("A review from its first day to its sign-off", way, keys);
    }

    private async Task<Keyboard> SignIn(string who, string way)
    {
        var keys = new Keyboard(await browser.Open("/sign-in?returnUrl=/my-work", way is NoScript
            ? new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 1280, Height = 800 } }
            : new() { ViewportSize = new() { Width = 320, Height = 256 }, ColorScheme = ColorScheme.Dark, ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce }));
        await BeSomebody(keys, who);
        await Assertions.Expect(keys.Page).ToHaveURLAsync(At("/my-work"));
        return keys;
    }

    private static Task BeSomebody(Keyboard keys, string who) => keys.Press(keys.Page.Locator($"button[value='{who}@demo.example']").First);

    private static async Task GiveView(Keyboard keys, string outlook, string words)
    {
        await keys.Choose(keys.Page.GetByRole(AriaRole.Radio, new() { Name = outlook, Exact = true }));
        await keys.Type(Words(keys.Page), words);
        await keys.Press(Button(keys.Page, "Add my view to the plan"));
        await Assertions.Expect(keys.Page.Locator("main")).ToContainTextAsync("Your view is in the plan.", Patiently);
    }

    private void Says(string what, string way, Keyboard keys) => output.WriteLine($"{what}, {way}: {keys.Keys} keys");

    private string At(string path) => new Uri(browser.ClientOptions.BaseAddress, path).AbsoluteUri;

    private DateOnly Today => DateOnly.FromDateTime(browser.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ILocator Words(IPage page) => page.Locator("textarea[name=words]").First;

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name }).First;

    private static Task Heading(IPage page, string heading) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
}
