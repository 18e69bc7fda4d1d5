using System.Net;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>The team before its pages: what people are here for, who joins and leaves, and what is hidden from whom.</summary>
public sealed class PeoplePageTests : IAsyncLifetime
{
    private readonly KeziasPages kezia = new();

    public ValueTask InitializeAsync() => kezia.InitializeAsync();

    public ValueTask DisposeAsync() => kezia.DisposeAsync();

    [Fact]
    public async Task Everybody_says_what_they_are_here_for_and_the_team_sees_it()
    {
        var page = await kezia.As("cal.wexley", "/plans/{plan}/people");
        await page.SubmitThe("form[action*='handler=Focus']", ("focus", ""));
        Assert.Contains("Write what you are here for. One line is enough.", page.Alert, StringComparison.Ordinal);
        await page.SubmitThe("form[action*='handler=Focus']", ("focus", "Kezia laughing in tutor time"));
        Assert.Contains("Here for: Kezia laughing in tutor time", (await kezia.As("delphine.holt", "/plans/{plan}/people")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_team_is_shown_as_far_as_the_reader_may_know_it()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/people");
        Assert.Contains("Sunniva Raike Nurse, Thornmere Community Health Here for: Kezia's sleep and health Last spoke on 13 October.", page.Text, StringComparison.Ordinal);
        var mother = await kezia.As("delphine.holt", "/plans/{plan}/people");
        Assert.Equal(["Carer 1", "Carer 2"], mother.Document.QuerySelectorAll(".app-team__one h2").Select(h => h.TextContent.Trim()).Where(h => h.StartsWith("Carer", StringComparison.Ordinal)));
        Assert.Null(mother.Document.QuerySelector("a[href*='/people/']"));
    }

    [Fact]
    public async Task Something_is_hidden_for_a_reason_looked_at_again_and_lifted()
    {
        var page = await kezia.As("dominic.ferraby", "/plans/{plan}/restrictions/new");
        Assert.Equal("2027", page.Document.QuerySelector("#reviewOn-year")!.GetAttribute("value"));
        await page.Submit(("kind", "Identity"), ("from", kezia.Who("Delphine")), ("reason", "He was followed home"));
        Assert.Equal(["#reviewOn", "#subject"], page.Document.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")!).Order());
        Assert.Equal("He was followed home", page.Document.QuerySelector("#reason")!.TextContent.TrimStart('\n'));

        await page.Submit(("kind", "Identity"), ("from", kezia.Who("Delphine")), ("subject", kezia.Who("Cal")), ("reason", "He was followed home"),
            ("reviewOn.day", "11"), ("reviewOn.month", "1"), ("reviewOn.year", "2027"));
        Assert.Equal("Who Cal Wexley is, hidden from Delphine Holt", page.Title);
        var restriction = page.At.AbsolutePath;
        Assert.DoesNotContain("Wexley", (await kezia.As("delphine.holt", "/plans/{plan}/people")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As("delphine.holt", restriction)).Status);
        Assert.Contains("Delphine Holt, parent", (await kezia.As("hamo.tresk", "/plans/{plan}/restrictions")).Text, StringComparison.Ordinal);

        page = await kezia.As("dominic.ferraby", restriction);
        await page.SubmitThe("form[action*='handler=Keep']", ("reviewOn.day", ""), ("reviewOn.month", ""), ("reviewOn.year", ""));
        Assert.Contains("Say by when somebody looks at it again.", page.Alert, StringComparison.Ordinal);
        await page.SubmitThe("form[action*='handler=Keep']", ("reviewOn.day", "1"), ("reviewOn.month", "3"), ("reviewOn.year", "2027"));
        Assert.Contains("By 1 March 2027", page.Text, StringComparison.Ordinal);
        page = await kezia.As("dominic.ferraby", restriction);
        await page.SubmitThe("form[action*='handler=Lift']");
        Assert.Contains("Not hidden any more (1)", page.Text, StringComparison.Ordinal);
        Assert.Contains("Wexley", (await kezia.As("delphine.holt", "/plans/{plan}/people")).Html, StringComparison.Ordinal);
    }
}
