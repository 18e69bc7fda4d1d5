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
    public async Task Somebody_is_added_invited_and_seen_off_and_their_words_stay()
    {
        var page = await kezia.As("hamo.tresk", "/plans/{plan}/people");
        await page.Get(page.Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Add somebody").GetAttribute("href")!);
        Assert.NotNull(page.Document.QuerySelector("input[name=invite][checked]"));
        await page.Submit(("name", ""), ("email", ""), ("role", ""));
        Assert.Equal(["#email", "#name", "#role"], page.Document.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")!).Order());
        Assert.Null(page.Document.QuerySelector("input[name=invite][checked]"));

        await page.Submit(("name", "Orla Finch"), ("email", "orla.finch@demo.example"), ("role", "Mentor"), ("invite", "true"));
        Assert.Equal("Orla Finch", page.Title);
        Assert.Matches(@"Give them these six digits .*: \d{3} \d{3} ", page.Text);
        Assert.Contains("Orla Finch Mentor Has not spoken yet.", (await kezia.As("delphine.holt", "/plans/{plan}/people")).Text, StringComparison.Ordinal);

        // The digits are for whoever sent the link, and the link for nobody once it is taken back.
        var orla = page.At.AbsolutePath;
        Assert.DoesNotMatch(@"\d{3} \d{3}", (await kezia.As("roz.applegarth", orla)).Text);
        await (await kezia.As("hamo.tresk", orla)).SubmitThe("form[action*='handler=Revoke']");
        Assert.Contains("The last invitation was taken back.", page.Text, StringComparison.Ordinal);

        // Cal owes an action, so somebody takes it over.
        await kezia.As("hamo.tresk", $"/plans/{{plan}}/people/{kezia.Who("Cal")}");
        await page.SubmitThe("form[action*='handler=End']", ("until.day", ""), ("until.month", ""), ("until.year", ""), ("cover", ""));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.True(page.Document.QuerySelector("form[action*='handler=End']")!.Closest("details")!.HasAttribute("open"));
        await page.SubmitThe("form[action*='handler=End']", ("until.day", ""), ("until.month", ""), ("until.year", ""), ("cover", kezia.Who("Imke")));
        Assert.Contains("Their part in the plan has ended. Their words stay.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Imke Sandover took over", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As("cal.wexley", "/plans/{plan}")).Status);
        Assert.Contains("She laughs in tutor time again.", (await kezia.As("delphine.holt", "/plans/{plan}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_lead_and_a_carer_s_name_are_handed_on_by_whoever_coordinates()
    {
        var page = await kezia.As("dominic.ferraby", "/plans/{plan}/people/{bryn}");
        await page.SubmitThe("form[action*='handler=Release']");
        Assert.Contains("Bryn Ellerthwaite", (await kezia.As("delphine.holt", "/plans/{plan}/people")).Text, StringComparison.Ordinal);
        await kezia.As("dominic.ferraby", "/plans/{plan}/people/{bryn}");
        await page.SubmitThe("form[action*='handler=Withhold']");
        Assert.DoesNotContain("Bryn", (await kezia.As("delphine.holt", "/plans/{plan}/people")).Html, StringComparison.Ordinal);

        page = await kezia.As("hamo.tresk", $"/plans/{{plan}}/people/{kezia.Who("Imke")}");
        await page.SubmitThe("form[action*='handler=Lead']");
        Assert.Contains("They lead the plan now.", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await kezia.As("imke.sandover", "/plans/{plan}/people/new")).Status);
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
