using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>A review is led to its end: nobody is missing in silence, and who disagreed is still there when it is signed.</summary>
public sealed class ReviewJourneyTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Hamo_extends_closes_and_signs_off_a_review_and_opens_the_next()
    {
        var kezia = await Kezia.Of(browser);
        var page = await browser.OpenAs("hamo.tresk", kezia.At("/plans/{plan}/reviews/{review}"));
        await Assertions.Expect(page.Locator(".app-voices")).ToContainTextAsync(["Bryn Ellerthwaite, carer"]);

        // One more is asked.
        await page.Locator("summary", new() { HasText = "Not asked" }).ClickAsync();
        await Press(page, "Ask for their view");
        await Assertions.Expect(page.Locator(".app-voices").First).ToContainTextAsync("Lettice Umber");

        // Extended by a week.
        await Follow(page, "Extend it, or change days and meetings");
        var last = DateOnly.FromDateTime(DateTime.Parse(
            (await kezia.Get("hamo.tresk", $"/reviews/{kezia.Review}")).GetProperty("closesOn").GetString()!, System.Globalization.CultureInfo.InvariantCulture)).AddDays(7);
        await page.Locator("#closesOn").FillAsync($"{last.Day}");
        await page.Locator("#closesOn-month").FillAsync($"{last.Month}");
        await page.Locator("#closesOn-year").FillAsync($"{last.Year}");
        await Press(page, "Save the days");
        await Assertions.Expect(page.Locator(".app-window__ends")).ToContainTextAsync($"{last.Day} ");

        // Not yet, and exactly why.
        await Follow(page, "Close it early");
        await Press(page, "Close the review");
        var wrong = page.Locator(".govuk-error-summary");
        await Assertions.Expect(wrong).ToContainTextAsync("Bryn Ellerthwaite is not heard yet.");
        await Assertions.Expect(wrong).ToContainTextAsync("Lettice Umber is not heard yet.");

        // What was done about each.
        foreach (var how in new[] { "Spoke through Maud, who confirmed it", "Agrees by telephone, will write at the next review" })
        {
            await page.Locator(".app-checks a", new() { HasText = "Record what was done" }).First.ClickAsync();
            await page.Locator("summary", new() { HasText = "What was done about their view" }).ClickAsync();
            await page.Locator("#done").FillAsync(how);
            await Press(page, "Record what was done");
            await page.GotoAsync(new Uri(new Uri(page.Url), kezia.At("/plans/{plan}/reviews/{review}/close")).AbsoluteUri);
        }

        // Kezia waits for her reply, and a review does not end before she has it.
        await Press(page, "Close the review");
        await Assertions.Expect(wrong).ToContainTextAsync("The child asked for something and has no reply yet.");
        var request = (await kezia.Get("imke.sandover", $"/plans/{kezia.Plan}/reading?view=child")).GetProperty("requests")[0].GetProperty("id").GetString();
        await kezia.Post("imke.sandover", $"/questions/{request}/answers", new { words = "You stay in set 1, with help.", kind = "weDid" });
        await page.ReloadAsync();
        await page.GotoAsync(new Uri(new Uri(page.Url), kezia.At("/plans/{plan}/reviews/{review}/close")).AbsoluteUri);
        await Press(page, "Close the review");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The review is closed.");

        // Both decisions are looked at again before it is signed off.
        for (var decision = 0; decision < 2; decision++)
        {
            await page.Locator(".app-checks a", new() { HasText = "Look at it again" }).First.ClickAsync();
            await page.Locator("#finding").FillAsync("No tutoring at eight. It moves to 14:10.");
            await page.GetByLabel("No, it stays as it is").CheckAsync();
            await Press(page, "Record what I found");
        }

        await Follow(page, "Sign the review off");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Imke Sandover, designated teacher sees this differently: Two grades under target.");
        Forgive();
        await browser.Check(page, "review-sign-off");
        await Press(page, "Sign the review off");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Not everyone agreed:");
        await Assertions.Expect(page.Locator(".govuk-tag").First).ToHaveTextAsync("Signed off");
        await browser.Check(page, "review-signed");

        // The next one needs no more than two presses; what somebody saw differently goes with it.
        await page.GotoAsync(new Uri(new Uri(page.Url), kezia.At("/plans/{plan}/reviews/new")).AbsoluteUri);
        await Press(page, "Continue");
        await browser.Check(page, "review-open-check");
        await Press(page, "Open the review");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Seen differently by Imke Sandover");
        await browser.Check(page, "review-new");
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

    /// <summary>Without any script.</summary>
    [Fact]
    public async Task Dominic_takes_back_without_script_that_he_is_away()
    {
        var kezia = await Kezia.Of(browser);
        var page = await browser.OpenWithoutScript($"/sign-in?returnUrl={Uri.EscapeDataString("/my-work")}");
        await page.Locator("button[value='dominic.ferraby@demo.example']").First.ClickAsync();
        await page.GotoAsync(new Uri(new Uri(page.Url), kezia.At("/plans/{plan}/reviews/{review}")).AbsoluteUri);
        await Follow(page, "I will be away");
        await Press(page, "I am not away any more");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("You are not away any more.");
    }

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    private static Task Follow(IPage page, string link) => page.Locator("main a", new() { HasText = link }).First.ClickAsync();

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

    /// <summary>Chromium itself complains of every answer that is no success.</summary>
    private void Forgive() => browser.Complaints.RemoveAll(c => c.Contains("status of 4", StringComparison.Ordinal));
}
