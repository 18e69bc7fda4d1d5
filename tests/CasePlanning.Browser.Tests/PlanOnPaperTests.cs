using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Tokens;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>The record that a parent can hold: printed by Chromium, read back page by page.</summary>
public sealed partial class PlanOnPaperTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    /// <summary>A4 in points.</summary>
    private const double Width = 595;
    private const double Height = 842;

    [Fact]
    public async Task A_plan_on_paper()
    {
        var (page, pages, isTagged) = await Print("delphine.holt");
        output.WriteLine($"Kezia's plan for her mother: {pages.Count} pages, tagged: {isTagged}");
        Assert.True(isTagged, "The PDF is not tagged.");
        Assert.InRange(pages.Count, 6, 12);
        for (var number = 1; number <= pages.Count; number++)
        {
            Assert.Equal((Width, Height), (Math.Round(pages[number - 1].Width), Math.Round(pages[number - 1].Height)));
            Assert.Contains("Confidential. Kezia’s plan, printed for Delphine Holt on ", pages[number - 1].Text, StringComparison.Ordinal);
            Assert.Contains($"Page {number} of {pages.Count}", pages[number - 1].Text, StringComparison.Ordinal);
        }

        // Each outcome begins a page, and whoever did not agree is there.
        string[] outcomes = ["Feeling well", "Feeling safe", "School and learning", "Having a say", "My future"];
        Assert.All(outcomes, o => Assert.Contains(pages, p => AfterLine().Replace(p.Text, "").TrimStart().StartsWith(o, StringComparison.Ordinal)));
        var whole = string.Join(' ', pages.Select(p => p.Text));
        Assert.Contains("Not everyone agreed:", whole, StringComparison.Ordinal);
        Assert.Contains("Set 2 would let her catch up without dread.", whole, StringComparison.Ordinal);

        // Every word of the page is on the paper, but for what is to be pressed; and nothing of what she may not see.
        var shown = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.app-paper .app-words, .app-paper h2, .app-paper h3, .app-paper h4, .app-paper .app-small, .app-paper dd, .app-paper th, .app-paper td span')].filter(e => e.getClientRects().length).map(e => e.innerText)");
        Assert.True(shown.Length > 40);
        var squeezed = Squeezed(whole);
        Assert.DoesNotContain(shown, text => !squeezed.Contains(Squeezed(text), StringComparison.Ordinal));
        Assert.DoesNotContain("Ellerthwaite", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("asking at school", whole, StringComparison.Ordinal);
    }

    /// <summary>Words that fill several pages go on from one to the next, and nothing is cut at a page's end.</summary>
    [Fact]
    public async Task Long_words_go_on_on_the_next_page()
    {
        browser.MustRun();
        var words = string.Join(' ', Enumerable.Range(1, 2_000).Select(i => $"word{i}"));
        await BigPlan.In(browser.Services, "Wren", 12, (voice, outcome) => (voice, outcome) is (4, 1) ? words : outcome < 3 ? BigPlan.Usual(voice, outcome) : null);
        var (_, pages, isTagged) = await Print("Hesper Wren-Lindqvist", "Wren");
        Assert.True(isTagged);
        var whole = Squeezed(string.Join(' ', pages.Select(p => AfterLine().Replace(p.Text, ""))));
        Assert.All(Enumerable.Range(1, 2_000), i => Assert.Contains($"word{i}", whole, StringComparison.Ordinal));
        for (var number = 1; number <= pages.Count; number++)
            Assert.Contains($"Page {number} of {pages.Count}", pages[number - 1].Text, StringComparison.Ordinal);
    }

    private async Task<(IPage Page, List<(double Width, double Height, string Text)> Pages, bool IsTagged)> Print(string who, string child = "Kezia")
    {
        var page = await browser.Open("/sign-in?returnUrl=/plans");
        await page.Locator(who.Contains(' ', StringComparison.Ordinal) ? $".app-people li:has-text('{who}') button" : $"button[value='{who}@demo.example']").First.ClickAsync();
        // A parent's list has it by what it is.
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new($"^{child}(’s plan)?$") }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Print", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".app-paper")).ToBeVisibleAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var file = Path.ChangeExtension(Browser.Picture($"plan-on-paper-{child}"), ".pdf");
        await page.PdfAsync(new() { Path = file, Tagged = true, PreferCSSPageSize = true });
        using var pdf = PdfDocument.Open(file);
        var marked = pdf.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Create("MarkInfo"), out var mark)
            && pdf.Structure.Catalog.CatalogDictionary.ContainsKey(NameToken.StructTreeRoot) && $"{mark}".Contains("true", StringComparison.OrdinalIgnoreCase);
        return (page, [.. pdf.GetPages().Select(p => (p.Width, p.Height, Lines().Replace(ContentOrderTextExtractor.GetText(p).Normalize(NormalizationForm.FormKC), " ")))], marked);
    }

    /// <summary>Without spaces, and with letters that are set as one (ﬁ) as the two they are.</summary>
    private static string Squeezed(string text) => Lines().Replace(text.Normalize(NormalizationForm.FormKC), "");

    /// <summary>The line at the top of every page, and the number at its foot.</summary>
    [GeneratedRegex(@"Confidential\. .*? on \d+ \w+ \d{4}|Page \d+ of \d+")]
    private static partial Regex AfterLine();

    [GeneratedRegex(@"[\s\u00A0]+")]
    private static partial Regex Lines();
}
