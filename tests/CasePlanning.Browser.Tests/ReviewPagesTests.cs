using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace CasePlanning.Browser.Tests;

/// <summary>Reviews, decisions, actions and people as they are met in a browser, page by page and state by state.</summary>
public sealed class ReviewPagesTests(Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [InlineData("reviews", "hamo.tresk", "/plans/{plan}/reviews")]
    [InlineData("review-open", "hamo.tresk", "/plans/{plan}/reviews/new")]
    [InlineData("review", "hamo.tresk", "/plans/{plan}/reviews/{review}")]
    [InlineData("review-mother", "delphine.holt", "/plans/{plan}/reviews/{review}")]
    [InlineData("review-carer", "bryn.ellerthwaite", "/plans/{plan}/reviews/{review}")]
    [InlineData("review-away", "dominic.ferraby", "/plans/{plan}/reviews/{review}/away")]
    [InlineData("review-days", "hamo.tresk", "/plans/{plan}/reviews/{review}/days")]
    [InlineData("review-close", "hamo.tresk", "/plans/{plan}/reviews/{review}/close")]
    [InlineData("review-sign-off-too-early", "hamo.tresk", "/plans/{plan}/reviews/{review}/sign-off")]
    [InlineData("decision-record", "imke.sandover", "/plans/{plan}/reviews/{review}/decisions/new")]
    [InlineData("decision-recheck", "imke.sandover", "/plans/{plan}/decisions/{decision}/recheck")]
    [InlineData("decision-reword", "imke.sandover", "/plans/{plan}/decisions/{decision}/reword")]
    [InlineData("actions", "cal.wexley", "/plans/{plan}/actions")]
    [InlineData("action", "cal.wexley", "/plans/{plan}/actions/{action}")]
    [InlineData("action-agree", "cal.wexley", "/plans/{plan}/actions/new")]
    [InlineData("target", "imke.sandover", "/plans/{plan}/targets/{target}")]
    [InlineData("target-child", "kezia.amari-holt", "/plans/{plan}/targets/{target}")]
    [InlineData("target-set", "imke.sandover", "/plans/{plan}/targets/new")]
    [InlineData("people", "hamo.tresk", "/plans/{plan}/people")]
    [InlineData("people-mother", "delphine.holt", "/plans/{plan}/people")]
    [InlineData("person", "hamo.tresk", "/plans/{plan}/people/{carer}")]
    [InlineData("person-new", "hamo.tresk", "/plans/{plan}/people/new")]
    [InlineData("restrictions-empty", "dominic.ferraby", "/plans/{plan}/restrictions")]
    [InlineData("restrict", "dominic.ferraby", "/plans/{plan}/restrictions/new")]
    [InlineData("plan-new", "hamo.tresk", "/plans/new")]
    public async Task A_page(string name, string who, string path) => await browser.Check(await browser.OpenAs(who, (await Kezia.Of(browser)).At(path)), name);

    /// <summary>A form sent as it was found is refused, and what is wrong is read out first.</summary>
    [Theory]
    [InlineData("review-away-error", "bryn.ellerthwaite", "/plans/{plan}/reviews/{review}/away")]
    [InlineData("decision-record-error", "imke.sandover", "/plans/{plan}/reviews/{review}/decisions/new")]
    [InlineData("decision-recheck-error", "imke.sandover", "/plans/{plan}/decisions/{decision}/recheck")]
    [InlineData("action-agree-error", "cal.wexley", "/plans/{plan}/actions/new")]
    [InlineData("target-set-error", "imke.sandover", "/plans/{plan}/targets/new")]
    [InlineData("restrict-error", "dominic.ferraby", "/plans/{plan}/restrictions/new")]
    [InlineData("person-new-error", "hamo.tresk", "/plans/{plan}/people/new")]
    [InlineData("plan-new-error", "hamo.tresk", "/plans/new")]
    [InlineData("review-close-refused", "hamo.tresk", "/plans/{plan}/reviews/{review}/close")]
    public async Task A_page_with_something_wrong(string name, string who, string path)
    {
        var page = await browser.OpenAs(who, (await Kezia.Of(browser)).At(path));
        await page.Locator("main form .govuk-button").First.ClickAsync();
        await Assertions.Expect(page.Locator(".govuk-error-summary")).ToBeFocusedAsync();
        Assert.StartsWith("Error: ", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("""
            () => {
              const fields = [...document.querySelectorAll(".govuk-error-summary a")].map(a => document.querySelector(a.hash));
              return fields.every((field, i) => field && (i === 0 || fields[i - 1].compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING));
            }
            """), "What is wrong leads to no field, or is told in another order than that of the page.");
        await browser.Check(page, name);
    }

    [Fact]
    public async Task Of_two_who_change_an_action_the_later_sees_both()
    {
        var kezia = await Kezia.Of(browser);
        var page = await browser.OpenAs("cal.wexley", kezia.At("/plans/{plan}/actions/{action}"));
        await kezia.Patch("imke.sandover", $"/actions/{kezia.Action}", new { how = "Every day but Friday" });
        await page.Locator("summary", new() { HasText = "Change its words or its day" }).ClickAsync();
        await page.Locator("#how").FillAsync("On Mondays");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the action" }).ClickAsync();
        await Assertions.Expect(page.Locator(".app-changed")).ToContainTextAsync("Every day but Friday");
        await Assertions.Expect(page.Locator(".app-changed")).ToContainTextAsync("On Mondays");
        await Assertions.Expect(page.Locator("#how")).ToHaveValueAsync("On Mondays");
        await browser.Check(page, "action-changed");
    }
}

/// <summary>What the demo's Kezia has, by name, and what others do there while somebody looks at a page.</summary>
internal sealed class Kezia
{
    private readonly Browser browser;

    private Kezia(Browser browser) => this.browser = browser;

    public string Plan { get; private set; } = "";

    public string Review { get; private set; } = "";

    public string Decision { get; private set; } = "";

    public string Action { get; private set; } = "";

    public string Target { get; private set; } = "";

    public string Carer { get; private set; } = "";

    public static async Task<Kezia> Of(Browser browser)
    {
        // Opened once, so that there is a server to ask.
        await (await browser.Open("/")).CloseAsync();
        var kezia = new Kezia(browser);
        kezia.Plan = First(await kezia.Get("hamo.tresk", "/plans"));
        kezia.Review = (await kezia.Get("hamo.tresk", $"/plans/{kezia.Plan}")).GetProperty("reviews").EnumerateArray()
            .Last().GetProperty("id").GetString()!;
        kezia.Decision = First(await kezia.Get("hamo.tresk", $"/reviews/{kezia.Review}/decisions"));
        kezia.Action = First(await kezia.Get("hamo.tresk", $"/plans/{kezia.Plan}/actions"));
        kezia.Target = First(await kezia.Get("hamo.tresk", $"/plans/{kezia.Plan}/targets"));
        kezia.Carer = (await kezia.Get("hamo.tresk", $"/plans/{kezia.Plan}/participants")).GetProperty("items").EnumerateArray()
            .First(p => p.GetProperty("role").GetString() == "carer").GetProperty("id").GetString()!;
        return kezia;

        static string First(JsonElement list) => list.GetProperty("items")[0].GetProperty("id").GetString()!;
    }

    /// <summary>A plan of another child for a test alone, in which Dominic and Imke take part.</summary>
    /// <returns>The id of the plan.</returns>
    public async Task<string> PlanOf(string child)
    {
        var plan = await Post("hamo.tresk", "/plans", new { child = new { givenName = child, familyName = "Ashdown", dateOfBirth = "2013-03-09" }, kind = "pep" });
        foreach (var (name, role) in new[] { ("Dominic Ferraby", "socialWorker"), ("Imke Sandover", "designatedTeacher") })
            await Post("hamo.tresk", $"/plans/{plan}/participants", new { person = new { name, email = $"{name.ToLowerInvariant().Replace(' ', '.')}@demo.example" }, role });
        return plan;
    }

    public string At(string path) => path.Replace("{plan}", Plan, StringComparison.Ordinal).Replace("{review}", Review, StringComparison.Ordinal)
        .Replace("{decision}", Decision, StringComparison.Ordinal).Replace("{action}", Action, StringComparison.Ordinal)
        .Replace("{target}", Target, StringComparison.Ordinal).Replace("{carer}", Carer, StringComparison.Ordinal);

    public async Task<JsonElement> Get(string who, string path)
    {
        using var http = await As(who);
        return await http.GetFromJsonAsync<JsonElement>($"/api/v1{path}");
    }

    public async Task Patch(string who, string path, object change)
    {
        using var http = await As(who);
        using var read = await http.GetAsync($"/api/v1{path}");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1{path}") { Content = JsonContent.Create(change) };
        request.Headers.TryAddWithoutValidation("If-Match", read.Headers.ETag!.ToString());
        (await http.SendAsync(request)).EnsureSuccessStatusCode();
    }

    /// <returns>The id of what was made.</returns>
    public async Task<string> Post(string who, string path, object body)
    {
        using var http = await As(who);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var made = await http.SendAsync(request);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        return made.Headers.Location?.OriginalString.Split('/')[^1] ?? "";
    }

    private async Task<HttpClient> As(string who)
    {
        var http = browser.CreateClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await browser.TokenOf(who));
        return http;
    }
}
