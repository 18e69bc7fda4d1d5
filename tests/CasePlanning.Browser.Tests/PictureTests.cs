using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>The picture that the README begins with: the demo child's plan as her teacher sees it, written by <c>WRITE_PICTURE=1</c>.</summary>
public sealed class PictureTests(Browser browser) : IClassFixture<Browser>
{
    private const int Width = 1060;
    private const int Height = 1_420;

    [Fact]
    public async Task The_picture_of_the_plan()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("WRITE_PICTURE") is "1", "Set WRITE_PICTURE=1 to make the picture of the README anew.");
        var page = await browser.OpenAs("imke.sandover", "/plans");
        await page.SetViewportSizeAsync(Width, Height);
        await page.GetByRole(AriaRole.Link, new() { Name = "Kezia", Exact = true }).ClickAsync();
        await page.Locator("#enjoy-and-achieve").EvaluateAsync("section => scrollTo(0, section.offsetTop)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Root, "src", "picture-of-the-plan.png") });
    }
}
