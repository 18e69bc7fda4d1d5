using System.Net;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>Every page of reviews, decisions, actions and people: who gets it, who is told that they may not, and who learns nothing.</summary>
public sealed class PlanPagesAccessTests(KeziasPages kezia) : IClassFixture<KeziasPages>
{
    public static TheoryData<string, string, string, string?> Pages => new()
    {
        { "/plans/{plan}/reviews", "Reviews of Kezia’s plan", "delphine.holt", null },
        { "/plans/{plan}/reviews/new", "Open a review", "roz.applegarth", "imke.sandover" },
        { "/plans/{plan}/reviews/{review}", "Autumn review", "kezia.amari-holt", null },
        { "/plans/{plan}/reviews/{review}/voices/{bryn}", "Bryn Ellerthwaite, carer", "dominic.ferraby", "imke.sandover" },
        { "/plans/{plan}/reviews/{review}/away", "I will be away", "maud.ellerthwaite", "hamo.tresk" },
        { "/plans/{plan}/reviews/{review}/days", "Change the days of Autumn review", "roz.applegarth", "imke.sandover" },
        { "/plans/{plan}/reviews/{review}/close", "Close Autumn review", "dominic.ferraby", "delphine.holt" },
        { "/plans/{plan}/reviews/{review}/sign-off", "Sign off Autumn review", "roz.applegarth", "dominic.ferraby" },
        { "/plans/{plan}/reviews/{review}/addendum", "Add to Autumn review", "delphine.holt", "roz.applegarth" },
        { "/plans/{plan}/reviews/{review}/decisions/new", "Record a decision", "imke.sandover", "sunniva.raike" },
        { "/plans/{plan}/decisions/{decision}/recheck", "Look at a decision again", "hamo.tresk", "sunniva.raike" },
        { "/plans/{plan}/decisions/{decision}/reword", "Change the words of a decision", "imke.sandover", "delphine.holt" },
        { "/plans/{plan}/actions", "Actions and targets in Kezia’s plan", "delphine.holt", null },
        { "/plans/{plan}/actions/new", "Agree an action", "sunniva.raike", "delphine.holt" },
        { "/plans/{plan}/actions/{action}", "Open the art room at lunch", "kezia.amari-holt", null },
        { "/plans/{plan}/targets/new", "Set a target", "cal.wexley", "kezia.amari-holt" },
        { "/plans/{plan}/targets/{target}", "Kezia keeps up in mathematics", "delphine.holt", null },
        { "/plans/{plan}/people", "The team around Kezia", "delphine.holt", null },
        { "/plans/{plan}/people/new", "Add somebody to the team", "hamo.tresk", "imke.sandover" },
        { "/plans/{plan}/people/{bryn}", "Bryn Ellerthwaite", "dominic.ferraby", "imke.sandover" },
        { "/plans/{plan}/restrictions", "What is hidden from whom", "dominic.ferraby", "roz.applegarth" },
        { "/plans/{plan}/history", "History of Kezia’s plan", "delphine.holt", null },
        { "/plans/{plan}/history?view=looks", "History of Kezia’s plan", "roz.applegarth", null },
        { "/plans/{plan}/my-say", "Have my say", "kezia.amari-holt", "delphine.holt" },
        { "/plans/{plan}/my-say/questions/stay-safe", "Feeling safe", "kezia.amari-holt", "imke.sandover" },
        { "/plans/{plan}/my-say/check", "You skipped everything", "kezia.amari-holt", "juno.prideaux" },
        { "/plans/{plan}/restrictions/new", "Hide something from somebody", "hamo.tresk", "delphine.holt" },
    };

    [Theory, MemberData(nameof(Pages))]
    public async Task A_page_opens_to_whoever_may_have_it(string address, string heading, string who, string? refused)
    {
        var page = await kezia.As(who, address);
        Assert.Equal((HttpStatusCode.OK, heading), (page.Status, page.Title));
        if (refused is null)
            return;
        var other = await kezia.As(refused, address);
        Assert.Equal((HttpStatusCode.Forbidden, "You cannot do this"), (other.Status, other.Title));
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task To_a_stranger_there_is_nothing(string address, string heading, string who, string? refused)
    {
        Assert.NotEqual(who, refused);
        var page = await kezia.As("xanthe.moorcroft", address);
        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (page.Status, page.Title));
        Assert.DoesNotContain(heading, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", page.Html, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Pages))]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in(string address, string heading, string who, string? refused)
    {
        Assert.NotEqual(who, refused);
        using var anybody = kezia.Host.Visit();
        await anybody.Get(kezia.At(address));
        Assert.Equal("Sign in", anybody.Title);
        // Below it everybody is listed, for the demonstration.
        Assert.DoesNotContain(heading, anybody.Text[..anybody.Text.IndexOf("Be somebody", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    /// <summary>A plan's page under another plan's address is nowhere.</summary>
    [Theory]
    [InlineData("/plans/{other}/reviews/{review}")]
    [InlineData("/plans/{other}/decisions/{decision}/recheck")]
    [InlineData("/plans/{other}/actions/{action}")]
    [InlineData("/plans/{other}/targets/{target}")]
    public async Task A_part_is_found_in_its_own_plan_alone(string address)
    {
        // Ngaire takes part in both.
        var other = (await kezia.Api("ngaire.holloway-bose").Get("/plans")).Items.Select(p => p.GetProperty("id").GetString()!).Single(id => id != kezia.Plan);
        var page = await kezia.As("ngaire.holloway-bose", address.Replace("{other}", other, StringComparison.Ordinal));
        Assert.Contains(page.Status, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.Forbidden]);
        Assert.DoesNotContain("Open the art room", page.Text, StringComparison.Ordinal);
    }

    /// <summary>Her daughter's carers are "Carer" to her, wherever they are named.</summary>
    [Theory]
    [InlineData("/plans/{plan}/reviews")]
    [InlineData("/plans/{plan}/reviews/{review}")]
    [InlineData("/plans/{plan}/reviews/{review}/away")]
    [InlineData("/plans/{plan}/actions")]
    [InlineData("/plans/{plan}/targets/{target}")]
    [InlineData("/plans/{plan}/people")]
    [InlineData("/plans/{plan}/history")]
    [InlineData("/plans/{plan}/history?view=looks")]
    public async Task Nothing_tells_a_mother_where_her_daughter_lives(string address)
    {
        var page = await kezia.As("delphine.holt", address);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("Ellerthwaite", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("not shared", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hidden", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("hamo.tresk", "/plans/{plan}/reviews/{review}")]
    [InlineData("hamo.tresk", "/plans/{plan}/people")]
    [InlineData("hamo.tresk", "/plans/{plan}/actions")]
    [InlineData("hamo.tresk", "/plans/{plan}/reviews/{review}/close")]
    [InlineData("delphine.holt", "/plans/{plan}/reviews/{review}")]
    [InlineData("imke.sandover", "/plans/{plan}/reviews/{review}")]
    [InlineData("sunniva.raike", "/plans/{plan}/actions")]
    [InlineData("delphine.holt", "/plans/{plan}/history")]
    [InlineData("hamo.tresk", "/plans/{plan}/history?view=looks")]
    [InlineData("kezia.amari-holt", "/plans/{plan}")]
    [InlineData("kezia.amari-holt", "/plans/{plan}/my-say")]
    [InlineData("kezia.amari-holt", "/plans/{plan}/my-say/questions/be-healthy")]
    public async Task Every_link_leads_somewhere(string who, string address)
    {
        var page = await kezia.As(who, address);
        var links = page.Document.QuerySelectorAll("main a[href], .app-parts a[href]").Select(a => a.GetAttribute("href")!).Distinct().ToList();
        Assert.NotEmpty(links);
        foreach (var link in links.Where(l => l is not ['#' or 'h', ..]))
        {
            Assert.NotEqual("", link);
            Assert.Equal((link, HttpStatusCode.OK), (link, (await page.Get(link)).Status));
        }
    }
}
