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
        await kezia.Post("imke.sandover", $"/plans/{kezia.Plan}/contributions",
            new { reviewId = kezia.Review, outcome = "make-a-positive-contribution", words = "She has stopped coming to the council.", outlook = "worried" });

        // From the list by clock, who is missing and what nobody has decided is one press away.
        var page = await browser.OpenAs("hamo.tresk", "/my-work");
        await page.Locator(".app-group", new() { HasText = "Kezia’s plan" }).GetByRole(AriaRole.Link, new() { Name = "Autumn review in Kezia’s plan" }).ClickAsync();
        await Assertions.Expect(page.Locator(".app-voices")).ToContainTextAsync(["Bryn Ellerthwaite, carer"]);
        await Assertions.Expect(page.Locator("section[aria-labelledby=differ] article", new() { HasText = "Make a positive contribution" })).ToContainTextAsync("Nothing was decided on it yet.");

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
        await page.GotoAsync(new Uri(new Uri(page.Url), kezia.At("/plans/{plan}/reviews/{review}/close")).AbsoluteUri);

        // One difference is left, and it is left open for a reason or not at all.
        await Press(page, "Close the review");
        await Assertions.Expect(wrong).ToContainTextAsync("Make a positive contribution");
        await Assertions.Expect(wrong).Not.ToContainTextAsync("is not heard yet");
        await page.Locator("#leftOpen").FillAsync("Kezia wants to talk about it herself, in the new year.");
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

    private static Task Press(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).First.ClickAsync();

    private static Task Follow(IPage page, string link) => page.Locator("main a", new() { HasText = link }).First.ClickAsync();
}
