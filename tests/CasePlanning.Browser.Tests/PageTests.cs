using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>The pages as people meet them, each in its states.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("start", "/")]
    [InlineData("sign-in", "/sign-in")]
    [InlineData("signed-out", "/sign-in/signed-out")]
    [InlineData("no-access", "/sign-in/no-access")]
    public async Task Anybody(string name, string path) => await browser.Check(await browser.Open(path), name);

    [Theory]
    [InlineData("my-work", "hamo.tresk", "/my-work")]
    [InlineData("my-work-social-worker", "dominic.ferraby", "/my-work")]
    [InlineData("my-work-child", "kezia.amari-holt", "/my-work")]
    [InlineData("my-work-empty", "perrin.stallworthy", "/my-work")]
    [InlineData("plans", "ngaire.holloway-bose", "/plans")]
    [InlineData("plans-empty", "ngaire.holloway-bose", "/plans?name=nobody")]
    [InlineData("sign-in-done", "delphine.holt", "/sign-in/done")]
    [InlineData("sign-in-password", "delphine.holt", "/sign-in/password")]
    [InlineData("sign-out", "delphine.holt", "/sign-in/out")]
    [InlineData("second-factor-set-up", "delphine.holt", "/sign-in/second-factor/set-up")]
    public async Task Somebody(string name, string who, string path) => await browser.Check(await browser.OpenAs(who, path), name);

    [Fact]
    public async Task What_is_wrong_is_read_out_first()
    {
        var page = await browser.Open("/sign-in");
        await page.FillAsync("#email", "nobody@demo.example");
        await page.FillAsync("#password", "not the right password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Error: Sign in – CasePlanning");
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        await browser.Check(page, "sign-in-error");
    }

    [Fact]
    public async Task Where_nothing_is()
    {
        var page = await browser.OpenAs("dominic.ferraby", "/my-work");
        await page.GotoAsync(new Uri(new Uri(page.Url), "/nowhere").AbsoluteUri);
        await browser.Check(page, "not-found");
    }

    /// <summary>On a phone the menu is folded before anything is drawn, so that nothing jumps; by keyboard it opens.</summary>
    [Fact]
    public async Task The_menu_is_folded_on_a_phone_and_nothing_moves()
    {
        var page = await browser.OpenAs("dominic.ferraby", "/my-work");
        await page.SetViewportSizeAsync(390, 844);
        await page.AddInitScriptAsync("""
            window.shift = 0;
            new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) window.shift += e.value; })
              .observe({ type: "layout-shift", buffered: true });
            """);
        await page.ReloadAsync(new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(0, await page.EvaluateAsync<double>("window.shift"));

        var plans = page.GetByRole(AriaRole.Link, new() { Name = "Plans", Exact = true });
        await Assertions.Expect(plans).ToBeHiddenAsync();
        var menu = page.GetByRole(AriaRole.Button, new() { Name = "Menu" });
        await menu.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(plans).ToBeVisibleAsync();
    }

    /// <summary>Without script the menu is open, forms are sent and pages are read.</summary>
    [Fact]
    public async Task Without_script_everything_can_be_reached()
    {
        var page = await browser.OpenWithoutScript("/sign-in?returnUrl=/my-work");
        await page.SetViewportSizeAsync(390, 844);
        await page.Locator("button[value='dominic.ferraby@demo.example']").First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Plans", Exact = true }).ClickAsync();
        await page.GetByLabel("Child’s name").FillAsync("kez");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show these plans" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "Kezia" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are signed out");
    }
}
