using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>Whoever cannot come says so, whatever they have to say it with.</summary>
public sealed class AwayTests(Browser browser) : IClassFixture<Browser>
{
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
}
