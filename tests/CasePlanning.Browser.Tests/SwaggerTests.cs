using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>What an integrator sees first: the API description in a browser, tried with a pasted token.</summary>
public sealed class SwaggerTests(Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task The_API_can_be_tried_with_a_pasted_token()
    {
        var page = await browser.Open("/swagger");
        await page.GetByRole(AriaRole.Button, new() { Name = "Authorize", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Textbox).First.FillAsync(await browser.TokenOf("imke.sandover"));
        await page.Locator(".auth-btn-wrapper .authorize").ClickAsync();
        await page.Locator(".auth-btn-wrapper .btn-done").ClickAsync();

        // Only what is in sight is drawn.
        await page.GetByPlaceholder("Filter by tag").FillAsync("Me");
        var operation = page.Locator("[id$=readMe]");
        await operation.Locator(".opblock-summary").ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Try it out" }).ClickAsync();
        await operation.GetByRole(AriaRole.Button, new() { Name = "Execute" }).ClickAsync();

        var answer = operation.Locator(".live-responses-table");
        await Assertions.Expect(answer).ToContainTextAsync("Imke Sandover");
        await Assertions.Expect(answer).ToContainTextAsync("200");
        await answer.ScrollIntoViewIfNeededAsync();
        await Browser.Keep(page, "swagger-me");
        Assert.Empty(browser.ComplaintsOf(page));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task A_problem_s_page_can_be_read_by_everybody(int width)
    {
        var page = await browser.Open("/problems/review-voice-not-addressed");
        await page.SetViewportSizeAsync(width, 800);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Browser.Keep(page, $"problem-{width}");
        Assert.Empty(await Axe.FaultsOf(page));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        Assert.Empty(browser.ComplaintsOf(page));
    }
}
