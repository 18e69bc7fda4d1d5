using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>The multi-voiced plan, as those who are in it see it, in every state and way of reading.</summary>
public sealed partial class PlanTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("plan-teacher", "imke.sandover", "")]
    [InlineData("plan-social-worker", "dominic.ferraby", "")]
    [InlineData("plan-mother", "delphine.holt", "")]
    [InlineData("plan-child", "kezia.amari-holt", "")]
    [InlineData("plan-by-person", "imke.sandover", "?view=person")]
    [InlineData("plan-differ", "imke.sandover", "?view=differ")]
    [InlineData("plan-childs-words", "delphine.holt", "?view=child")]
    [InlineData("plan-since", "imke.sandover", "?view=since")]
    [InlineData("plan-print", "delphine.holt", "/print")]
    public async Task The_plan(string name, string who, string way) => await browser.Check(await Open(who, way), name);

    [Fact]
    public async Task Seen_as_somebody_else()
    {
        var page = await Open("dominic.ferraby");
        await page.GetByLabel("See this plan as").SelectOptionAsync(new SelectOptionValue { Label = "Delphine Holt, parent" });
        await page.GetByRole(AriaRole.Button, new() { Name = "See it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You see this plan as Delphine Holt sees it")).ToBeVisibleAsync();
        await browser.Check(page, "plan-seen-as");
    }

    /// <summary>A whole conversation by keyboard alone: to a view, a response that lacks its reason, the reason, a question.</summary>
    [Fact]
    public async Task One_view_and_what_is_wrong_with_a_response()
    {
        var page = await Open("delphine.holt");
        await Press(page, page.GetByRole(AriaRole.Link, new() { NameRegex = TowardsImke() }).First);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Imke Sandover’s view");
        await browser.Check(page, "view");

        await page.GetByLabel("I see this differently").CheckAsync();
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Add your response" }));
        await Assertions.Expect(page).ToHaveTitleAsync("Error: Imke Sandover’s view on School and learning – CasePlanning");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await browser.Check(page, "view-error");

        await page.GetByLabel("Why?").FillAsync("She is good at it.");
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Add your response" }));
        await Assertions.Expect(page.GetByText("Your response is on the plan.")).ToBeVisibleAsync();
        await page.GetByLabel("Your question").FillAsync("Who counts the points?");
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }));
        await Assertions.Expect(page.GetByText("Who counts the points?")).ToBeVisibleAsync();
        await browser.Check(page, "view-done");

        await page.GetByRole(AriaRole.Link, new() { Name = "Kezia’s plan" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You see this differently: She is good at it.")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task One_decision_and_a_dissent()
    {
        var page = await Open("delphine.holt");
        await Press(page, page.GetByRole(AriaRole.Link, new() { Name = "Agree or see it differently" }).First);
        await browser.Check(page, "decision");
        await page.GetByLabel("I see this differently").CheckAsync();
        await page.GetByLabel("Why?").FillAsync("Eight is too early.");
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Add your response" }));
        await Assertions.Expect(page.Locator(".app-dissents")).ToContainTextAsync("Eight is too early.");
        await browser.Check(page, "decision-dissent");
    }

    /// <summary>Two hundred voices on one outcome, one of them with four thousand words: read, found and not overflowing.</summary>
    [Fact]
    public async Task Two_hundred_voices_and_a_view_of_four_thousand_words()
    {
        browser.MustRun();
        var words = string.Join(' ', Enumerable.Range(0, 500).Select(i => i % 50 == 49 ? "and then it was evening.\n\n" : "what we saw that day was otherwise,"));
        await BigPlan.In(browser.Services, "Wren", 200, (voice, outcome) => (voice, outcome) switch
        {
            (5, 2) => words,
            (_, 2) => BigPlan.Usual(voice, 2),
            ( < 20, _) => BigPlan.Usual(voice, outcome),
            _ => null,
        });
        var page = await OpenBig("Wren");
        foreach (var width in new[] { 320, 390, 1280 })
        {
            await page.SetViewportSizeAsync(width, 900);
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"At {width} the page scrolls sideways.");
            // No line is longer than can be read, nor is any word cut.
            Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.app-view')].every(v => v.scrollWidth <= v.clientWidth + 1 && v.querySelector('.app-words').clientWidth <= 760)"), $"At {width} a view is cut.");
        }

        Assert.Equal(200, await page.Locator("#enjoy-and-achieve .app-view").CountAsync());
        await page.ScreenshotAsync(new() { Path = Browser.Picture("plan-200-voices-top"), Clip = new() { X = 0, Y = 0, Width = 1280, Height = 1800 }, FullPage = true });
        await page.Locator("#enjoy-and-achieve").ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Browser.Picture("plan-200-voices-outcome") });
        await page.Locator(".app-view--long").ScrollIntoViewIfNeededAsync();
        await page.ScreenshotAsync(new() { Path = Browser.Picture("plan-200-voices-long") });
        await browser.Check(page, "plan-200-voices");
    }

    /// <summary>Other scripts and directions in views: each is set as its own, and nothing round it turns.</summary>
    [Fact]
    public async Task Welsh_and_right_to_left_words_are_set_as_they_are_read()
    {
        browser.MustRun();
        string[] said =
        [
            "Dw i’n hoffi’r ysgol newydd, ond mae’r bws yn rhy gynnar. Hoffwn i gael mwy o amser i dynnu llun gyda Llŷr.",
            "أحب المدرسة الجديدة، لكن الحافلة مبكرة جدًا. أريد وقتًا أطول للرسم (مع صديقي Llŷr) يوم 14.",
            "אני אוהב את בית הספר החדש.\nThe bus is too early.",
            "Une phrase suffit: ça va mieux.",
        ];
        await BigPlan.In(browser.Services, "Llŷr", 4, (voice, outcome) => outcome == 0 ? said[voice] : null);
        var page = await OpenBig("Llŷr");
        var set = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#be-healthy .app-view > .app-words')].map(w => getComputedStyle(w).direction)");
        Assert.Equal(2, set.Count(d => d == "rtl"));
        Assert.Equal(2, set.Count(d => d == "ltr"));
        Assert.All(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.app-view h3, .app-view__how')].map(w => getComputedStyle(w).direction)"), d => Assert.Equal("ltr", d));
        Assert.Contains("أحب المدرسة", await page.ContentAsync(), StringComparison.Ordinal);
        await browser.Check(page, "plan-languages");
    }

    /// <summary>Where people choose all colours and no motion, cards, silence and difference are still told apart.</summary>
    [Fact]
    public async Task With_forced_colours_and_reduced_motion()
    {
        var page = await Open("imke.sandover");
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ReducedMotion = ReducedMotion.Reduce });
        Assert.All(
            await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.app-view, .app-decision, .app-o, .app-map td.n, .app-map td.w, .app-again')].map(e => getComputedStyle(e).borderLeftStyle + getComputedStyle(e).borderTopStyle)"),
            style => Assert.NotEqual("nonenone", style));
        await page.ScreenshotAsync(new() { Path = Browser.Picture("plan-forced-colours"), FullPage = true });
        await page.SetViewportSizeAsync(390, 844);
        await page.ScreenshotAsync(new() { Path = Browser.Picture("plan-forced-colours-phone"), FullPage = true });
    }

    /// <summary>Letters, words and lines set wider than we set them: nothing is cut and nothing lies on anything.</summary>
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task With_text_spaced_as_its_reader_needs_it(int width)
    {
        var page = await Open("imke.sandover");
        await page.SetViewportSizeAsync(width, 900);
        await page.EvaluateAsync("""
            const sheet = new CSSStyleSheet();
            sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
            document.adoptedStyleSheets = [sheet];
            """);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll("main h1, main h2, main h3, main h4, main p, main li, main dd, main td, main th")]
              .filter(e => e.offsetParent && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 4) && getComputedStyle(e).display !== "inline")
              .map(e => e.outerHTML.slice(0, 120))
            """));
        await page.ScreenshotAsync(new() { Path = Browser.Picture($"plan-text-spacing-{width}"), FullPage = true });
    }

    private async Task<IPage> Open(string who, string way = "") => await browser.OpenAs(who, (await Kezia.Of(browser)).At("/plans/{plan}" + way));

    /// <summary>The plan that a test made, as its lead.</summary>
    private async Task<IPage> OpenBig(string child)
    {
        var page = await browser.Open("/sign-in?returnUrl=/plans");
        await page.Locator(".app-people li", new() { HasText = $"Hesper {child}-Lindqvist" }).Locator("button").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = child, Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{child}’s plan");
        return page;
    }

    [GeneratedRegex("Respond or ask.*Imke Sandover says")]
    private static partial Regex TowardsImke();

    private static async Task Press(IPage page, ILocator what)
    {
        await what.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForLoadStateAsync();
    }
}
