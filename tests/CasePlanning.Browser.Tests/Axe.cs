using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace CasePlanning.Browser.Tests;

/// <summary>
/// What axe finds wrong with a page. Its package for Playwright would put together what it finds in several frames, on a page that it
/// opens for that each time and at three times the cost; no page of ours has a frame.
/// </summary>
internal static class Axe
{
    /// <summary>Every rule that axe has for what the law asks, and for good practice; none is left out.</summary>
    private static readonly object Everything = new
    {
        runOnly = new { type = "tag", values = (string[])["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>A line for each place on the page that breaks a rule, with the rule and the element.</summary>
    public static async Task<string[]> FaultsOf(IPage page)
    {
        if (page.Frames.Count > 1)
            throw new InvalidOperationException("There is a frame on this page, and axe would not look into it.");
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Script);
        return await page.EvaluateAsync<string[]>("""
            async options => (await axe.run(document, options)).violations
                .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${violation.help}: ${node.html}`))
            """, Everything);
    }
}
