using System.Net;
using AngleSharp.Dom;
using CasePlanning.Server.Tests.Support;
using Xunit;
using static CasePlanning.Server.Tests.Pages.PlanOnPage;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>The multi-voiced plan, its print, and the pages of one view and one decision, for everybody who may come there.</summary>
public sealed class PlanPageTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_and_whoever_is_not_in_it_finds_nothing()
    {
        var plan = await host.PlanOf("Kezia");
        using var nobody = host.Visit();
        Assert.Equal("Sign in", (await nobody.Get($"/plans/{plan}?view=differ")).Title);
        Assert.Equal($"/plans/{plan}?view=differ", nobody.Query("returnUrl"));

        using var imke = await host.VisitAs("imke.sandover");
        await imke.Get($"/plans/{plan}");
        var (view, decision) = (IdOf(imke, ".app-view"), IdOf(imke, ".app-decision[id]"));
        using var stranger = await host.VisitAs("femi.thorley");
        foreach (var address in (string[])["", "?view=person", "/print", $"/views/{view}", $"/views/{view}?handler=file&file={view}", $"/decisions/{decision}"])
        {
            await stranger.Get($"/plans/{plan}{address}");
            Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
            var seen = stranger.Text;
            await stranger.Get($"/plans/{Guid.CreateVersion7()}{address}");
            // But for the number to ask for help with.
            Assert.Equal(seen[..^36], stranger.Text[..^36]);
        }

        // A view of one plan is in no other, whoever reads both.
        using var ngaire = await host.VisitAs("ngaire.holloway-bose");
        Assert.Equal(HttpStatusCode.OK, (await ngaire.Get($"/plans/{plan}/views/{view}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ngaire.Get($"/plans/{await host.PlanOf("Jomi", "ngaire.holloway-bose")}/views/{view}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ngaire.Get($"/plans/{await host.PlanOf("Jomi", "ngaire.holloway-bose")}/decisions/{decision}")).Status);
    }

    [Theory]
    [InlineData("view=everything")]
    [InlineData("since=tomorrow")]
    [InlineData("review=1")]
    [InlineData("as=somebody")]
    public async Task An_address_that_means_nothing_is_refused(string query)
    {
        using var imke = await host.VisitAs("imke.sandover");
        Assert.Equal(HttpStatusCode.BadRequest, (await imke.Get($"/plans/{await host.PlanOf("Kezia")}?{query}")).Status);
    }

    [Fact]
    public async Task Every_outcome_is_open_with_every_voice_on_the_same_card()
    {
        var page = await Read("imke.sandover", "Kezia");
        Assert.Equal("Kezia’s plan", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("8 of 9 people asked have been heard. Views differ on 1 of 5 outcomes.", Words(page.QuerySelector(".app-plan__sum")), StringComparison.Ordinal);
        Assert.Equal(["Bryn Ellerthwaite, carer"], page.QuerySelectorAll(".app-chips li").Select(Words));
        Assert.Equal(5, page.QuerySelectorAll("section.app-outcome h2").Length);
        Assert.Empty(page.QuerySelectorAll("main details, main [hidden], [role=tab]"));

        var enjoy = page.QuerySelector("#enjoy-and-achieve")!;
        Assert.Equal("Views differ", Words(enjoy.QuerySelector("h2 .govuk-tag--purple")));
        Assert.Equal(["Kezia", "Delphine Holt", "Imke Sandover", "Dr Ngaire Holloway-Bose", "Dominic Ferraby", "Cal Wexley"], enjoy.QuerySelectorAll(".app-view h3").Select(Words));
        // What people are here for, who agrees, what is asked and by whom it is answered stand with the view.
        var kezia = Words(enjoy.QuerySelector(".app-view"));
        Assert.Contains("I want to stay in top set maths.", kezia, StringComparison.Ordinal);
        Assert.Contains("You see this differently: I would like her to stay too", kezia, StringComparison.Ordinal);
        Assert.Contains("Kezia asked for this: Can I stay in top set maths?", kezia, StringComparison.Ordinal);
        Assert.Contains("Here for: Learning and feelings together", Words(enjoy), StringComparison.Ordinal);
        Assert.Contains("Not heard from yet on this: Bryn Ellerthwaite, Maud Ellerthwaite and Sunniva Raike.", Words(enjoy), StringComparison.Ordinal);

        var decision = Words(enjoy.QuerySelector(".app-decision"));
        Assert.Contains("Kezia stays in set 1 for maths, with help", decision, StringComparison.Ordinal);
        Assert.Contains("To be looked at again Sunniva Raike spoke after this was decided", decision, StringComparison.Ordinal);
        Assert.Contains("what was said by Kezia, Delphine Holt and Dr Ngaire Holloway-Bose", decision, StringComparison.Ordinal);
        Assert.Contains("Not everyone agreed: Imke Sandover, designated teacher sees this differently, about what is to happen: Two grades under target.", decision, StringComparison.Ordinal);
        Assert.Contains("Open the art room at lunch To do Cal Wexley, teacher", Words(enjoy), StringComparison.Ordinal);
        Assert.Contains("Kezia keeps up in mathematics Under way We will see it by: Working at grade 5 by February", Words(enjoy), StringComparison.Ordinal);
        Assert.Contains("1 view is not shared with you. Ask Hamo Tresk, who leads this plan.", Words(page.QuerySelector("#stay-safe")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_has_a_word_for_every_voice_on_every_outcome()
    {
        var page = await Read("imke.sandover", "Kezia");
        var rows = page.QuerySelectorAll(".app-map tbody tr").ToDictionary(r => Words(r.QuerySelector("bdi")), r => r.QuerySelectorAll("td").Select(Words).ToList());
        Assert.Equal(9, rows.Count);
        Assert.Equal(["Not yet", "Not yet", "Mixed", "Not yet", "Not yet"], rows["Kezia"]);
        Assert.Equal(["Not yet", "Going well", "Mixed", "Going well", "Not yet"], rows["Dominic Ferraby"]);
        Assert.Equal(["Spoke", "Not yet", "Not yet", "Not yet", "Not yet"], rows["Sunniva Raike"]);
        Assert.All(page.QuerySelectorAll(".app-map thead a"), a => Assert.NotNull(page.QuerySelector(a.GetAttribute("href")!)));
        Assert.Equal("1 worried · 1 spoke · 7 not yet", Words(page.QuerySelector(".app-map-list li > span:last-child")));
    }

    [Fact]
    public async Task It_is_read_in_other_ways_by_links_that_keep_no_word_back()
    {
        var byOutcome = await Read("imke.sandover", "Kezia");
        var ways = byOutcome.QuerySelectorAll(".app-ways li a").ToDictionary(Words, a => a.GetAttribute("href")!);
        Assert.Equal(["By outcome", "By person", "Where views differ (1)", "Kezia’s words", "New"], ways.Keys);
        Assert.Equal("page", byOutcome.QuerySelector(".app-ways a")!.GetAttribute("aria-current"));

        using var imke = await host.VisitAs("imke.sandover");
        await imke.Get(ways["By person"]);
        Assert.Equal(SaidOn(byOutcome).Order(), SaidOn(imke.Document).Order());
        Assert.Equal("Kezia Young person", Words(imke.Document.QuerySelector("section.app-outcome h2")));

        await imke.Get(ways["Where views differ (1)"]);
        Assert.Equal(["enjoy-and-achieve"], imke.Document.QuerySelectorAll("section.app-outcome").Select(s => s.Id));
        // What came late was said elsewhere; by whom is told all the same.
        Assert.Equal(Words(byOutcome.QuerySelector(".app-recheck")), Words(imke.Document.QuerySelector(".app-recheck")));
        Assert.StartsWith("To be looked at again Sunniva Raike spoke after", Words(imke.Document.QuerySelector(".app-recheck")), StringComparison.Ordinal);

        await imke.Get(ways["Kezia’s words"]);
        Assert.Equal(["I like art and Mr Wexley. Lunch is the worst bit. I want to stay in top set maths."], SaidOn(imke.Document));
        Assert.Equal(["Kezia said", "Can I stay in top set maths?", "Not answered yet", "Your answer was due on 2 October, and has not come yet."],
            imke.Document.QuerySelectorAll(".app-yousaid dt, .app-yousaid dd").Select(Words));

        await imke.Get(ways["New"] + "&since=2026-10-13T00:00:00Z");
        Assert.Equal(["Sleep needs care this term: please no tutoring at eight in the morning."], SaidOn(imke.Document));
    }

    [Fact]
    public async Task The_family_reads_plain_words_and_the_child_is_me_only_to_itself()
    {
        var mother = await Read("delphine.holt", "Kezia");
        Assert.Equal("Kezia’s plan", Words(mother.QuerySelector("h1")));
        Assert.Equal(["Feeling well", "Feeling safe", "School and learning", "Having a say", "My future"], mother.QuerySelectorAll(".app-map thead a").Select(Words));

        var kezia = await Read("kezia.amari-holt", "Kezia");
        Assert.Equal("My plan", Words(kezia.QuerySelector("h1")));
        Assert.Equal("Me", Words(kezia.QuerySelector("#enjoy-and-achieve .app-view h3")));
        Assert.Contains("My words", kezia.QuerySelectorAll(".app-ways a").Select(Words));
        Assert.Contains("Only for Juno Prideaux and Dominic Ferraby", Words(kezia.QuerySelector("#stay-safe .app-view")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_and_has_no_voice_finds_no_form_and_who_looks_in_a_signed_review_neither()
    {
        var plan = await host.PlanOf("Kezia");
        using var roz = await host.VisitAs("roz.applegarth");
        await roz.Get($"/plans/{plan}");
        await roz.Get(roz.Document.QuerySelector(".app-view__do a")!.GetAttribute("href")!);
        Assert.Empty(roz.Document.QuerySelectorAll("main form"));
        Assert.Contains("You read this plan, and have no voice in it.", roz.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_hide_something_sees_what_is_left()
    {
        var plan = await host.PlanOf("Kezia");
        using var dominic = await host.VisitAs("dominic.ferraby");
        await dominic.Get($"/plans/{plan}");
        var mother = dominic.Document.QuerySelectorAll(".app-see-as option").Single(o => Words(o).StartsWith("Delphine", StringComparison.Ordinal)).GetAttribute("value");
        await dominic.Get($"/plans/{plan}?as={mother}");
        Assert.Contains("You see this plan as Delphine Holt sees it", dominic.Text, StringComparison.Ordinal);
        Assert.Empty(dominic.Document.QuerySelectorAll(".app-view__do"));

        using var delphine = await host.VisitAs("delphine.holt");
        await delphine.Get($"/plans/{plan}");
        Assert.Equal(SaidOn(delphine.Document), SaidOn(dominic.Document));
        Assert.Equal(delphine.Document.QuerySelectorAll(".app-map tbody td").Select(Words), dominic.Document.QuerySelectorAll(".app-map tbody td").Select(Words));
        Assert.DoesNotContain("Ellerthwaite", string.Join(' ', dominic.Document.QuerySelectorAll("main section, main .app-map, .app-plan__head").Select(Words)), StringComparison.Ordinal);

        using var cal = await host.VisitAs("cal.wexley");
        Assert.Equal(HttpStatusCode.Forbidden, (await cal.Get($"/plans/{plan}?as={mother}")).Status);
    }

    [Fact]
    public async Task The_print_is_whole_and_names_who_holds_it()
    {
        var plan = await host.PlanOf("Kezia");
        using var delphine = await host.VisitAs("delphine.holt");
        await delphine.Get($"/plans/{plan}");
        var said = SaidOn(delphine.Document);
        await delphine.Get($"/plans/{plan}/print");
        Assert.Equal("Confidential. Kezia’s plan, printed for Delphine Holt on 14 October 2026", Words(delphine.Document.QuerySelector("thead .app-paper__line")));
        Assert.Equal(said, SaidOn(delphine.Document));
        Assert.Contains("Not everyone agreed: Imke Sandover, designated teacher", delphine.Text, StringComparison.Ordinal);
        Assert.Empty(delphine.Document.QuerySelectorAll(".app-paper a[href]:not([href^='#'])"));

        await delphine.Get($"/plans/{plan}/print?outcome=be-healthy&outcome=nothing");
        Assert.Equal(["be-healthy"], delphine.Document.QuerySelectorAll("section.app-outcome").Select(s => s.Id));
        // The decision is told whole where it is told at all.
        Assert.Contains("Not everyone agreed: Imke Sandover, designated teacher", delphine.Text, StringComparison.Ordinal);
    }

    private async Task<IDocument> Read(string name, string child)
    {
        using var visitor = await host.VisitAs(name);
        await visitor.Get($"/plans/{await host.PlanOf(child, name)}");
        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        return visitor.Document;
    }

    private static string IdOf(Visitor visitor, string which)
    {
        var id = visitor.Document.QuerySelector(which)!.Id!;
        return id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..];
    }
}
