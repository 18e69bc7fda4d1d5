using System.Net;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>What happened on a plan: newest first, by whom and with which words, and of what somebody cannot see nothing at all.</summary>
public sealed class HistoryPageTests(KeziasPages kezia) : IClassFixture<KeziasPages>
{
    private const string History = "/plans/{plan}/history";

    [Fact]
    public async Task It_is_told_newest_first_and_goes_on()
    {
        var page = await kezia.As("imke.sandover", History);
        Assert.Equal("History of Kezia’s plan", page.Title);
        var (entries, pages) = (page.Document.QuerySelectorAll(".app-timeline li").Select(PlanOnPage.Words).ToList(), 1);
        while (page.Document.QuerySelectorAll("main a").FirstOrDefault(a => a.TextContent == "Show what was before") is { } next)
        {
            await page.Get(next.GetAttribute("href")!);
            entries.AddRange(page.Document.QuerySelectorAll(".app-timeline li").Select(PlanOnPage.Words));
            pages++;
        }

        Assert.True(pages > 1, "There is one page only.");
        var (sunniva, opened) = (entries.FindIndex(e => e.StartsWith("Sunniva Raike, nurse, gave a view: Be healthy", StringComparison.Ordinal)), entries.FindIndex(e => e.Contains("opened the plan", StringComparison.Ordinal)));
        Assert.InRange(sunniva, 0, opened - 1);
        var all = (await kezia.Api("imke.sandover").Get($"/plans/{kezia.Plan}/history?limit=200")).Expect(200).Items.ToList();
        Assert.Equal(all.Count, entries.Count);
        Assert.Equal(all.Count, all.Select(e => e.GetProperty("id").GetString()).Distinct().Count());
        Assert.Equal(all.Select(e => e.GetProperty("at").GetDateTimeOffset()).OrderDescending(), all.Select(e => e.GetProperty("at").GetDateTimeOffset()));
    }

    /// <summary>Also of what was done at one and the same instant, by whomever it is read and whatever is asked for.</summary>
    [Fact]
    public async Task However_small_its_pages_are_everything_is_told_once()
    {
        await using var own = new KeziasPages();
        await own.InitializeAsync();
        for (var said = 0; said < 20; said++)
        {
            var view = (await own.Api("dominic.ferraby").Post($"/plans/{own.Plan}/contributions",
                new { reviewId = own.Review, outcome = "stay-safe", words = $"Not for home {said}", summary = $"Said {said}", audience = new { kind = said % 2 == 0 ? "professionals" : "everyone" } })).Expect(201).Id;
            (await own.Api("imke.sandover").Post($"/contributions/{view}/responses", new { stance = "partly", reason = $"Reason {said}" })).Expect(201);
        }

        foreach (var (who, filter) in new[]
        {
            ("imke.sandover", ""), ("delphine.holt", ""), ("kezia.amari-holt", "&of=views"), ("hamo.tresk", "&of=decisions"), ("hamo.tresk", "&of=actionsAndTargets"),
            ("hamo.tresk", "&of=team"), ("imke.sandover", $"&by={own.Who("Imke")}"), ("delphine.holt", $"&by={own.Who("Dominic")}"),
        })
        {
            var all = (await own.Api(who).Get($"/plans/{own.Plan}/history?limit=200{filter}")).Expect(200).Items.Select(e => e.GetRawText()).ToList();
            Assert.NotEmpty(all);
            var told = new List<string>();
            for (var next = ""; next is not null;)
            {
                var page = (await own.Api(who).Get($"/plans/{own.Plan}/history?limit=7{filter}{next}")).Expect(200);
                told.AddRange(page.Items.Select(e => e.GetRawText()));
                next = page.Json.TryGetProperty("next", out var cursor) && cursor.GetString() is { } place ? $"&cursor={Uri.EscapeDataString(place)}" : null;
            }

            Assert.Equal(all, told);
        }
    }

    [Fact]
    public async Task What_it_said_before_is_compared_with_what_it_says_now()
    {
        var decision = (await kezia.Api("imke.sandover").Post($"/reviews/{kezia.Review}/decisions", new { outcomes = new[] { "be-healthy" }, what = "A walk on Mondays", why = "She likes it" })).Expect(201);
        (await kezia.Api("imke.sandover").Patch($"/decisions/{decision.Id}", new { what = "A swim on Mondays", why = "She likes it" }, decision.ETag)).Expect(200);
        var page = await kezia.As("delphine.holt", $"{History}?of=decisions");
        var compared = page.Document.QuerySelector(".app-compared")!;
        Assert.Equal("Taken out: walk", PlanOnPage.Words(compared.QuerySelector("del")));
        Assert.Equal("Put in: swim", PlanOnPage.Words(compared.QuerySelector("ins")));
        Assert.Contains("A", compared.TextContent, StringComparison.Ordinal);
        await page.Get(compared.ParentElement!.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal((HttpStatusCode.OK, true), (page.Status, page.Text.Contains("A swim on Mondays", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_can_be_asked_for_one_kind_of_thing_and_for_one_person()
    {
        var page = await kezia.As("hamo.tresk", $"{History}?of=views&by={kezia.Who("Dominic")}");
        var told = page.Document.QuerySelectorAll(".app-timeline li").Select(PlanOnPage.Words).ToList();
        Assert.NotEmpty(told);
        Assert.All(told, t => Assert.StartsWith("Dominic Ferraby, social worker,", t, StringComparison.Ordinal));
        Assert.DoesNotContain(told, t => t.Contains("decision", StringComparison.Ordinal));
        Assert.NotNull(page.Document.QuerySelector("option[value=Views][selected]"));
        Assert.Contains("Nothing like this has happened.", (await kezia.As("hamo.tresk", $"{History}?of=actionsAndTargets&by={kezia.Who("Roz")}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await kezia.As("hamo.tresk", $"{History}?of=secrets")).Status);
        Assert.Equal(HttpStatusCode.OK, (await kezia.As("hamo.tresk", $"{History}?from=made-up")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As("hamo.tresk", $"{History}?by={Guid.NewGuid()}")).Status);
    }

    /// <summary>Neither a hidden view, nor a name that is not hers to know, nor how often somebody spoke where she does not hear it.</summary>
    [Fact]
    public async Task A_mother_reads_nothing_that_the_plan_does_not_tell_her()
    {
        var before = await Told("delphine.holt");
        Assert.DoesNotContain(before, t => t.Contains("where I live", StringComparison.Ordinal) || t.Contains("Ellerthwaite", StringComparison.Ordinal));
        Assert.Contains(await Told("dominic.ferraby"), t => t.Contains("where I live", StringComparison.Ordinal));

        foreach (var audience in (object[])[new { kind = "professionals" }, new { kind = "named", participants = new[] { kezia.Who("Imke") } }])
        {
            var hidden = (await kezia.Api("dominic.ferraby").Post($"/plans/{kezia.Plan}/contributions",
                new { reviewId = kezia.Review, outcome = "stay-safe", words = "Not for home", audience })).Expect(201).Id;
            (await kezia.Api("dominic.ferraby").Post($"/contributions/{hidden}/versions", new { words = "Not for home either" })).Expect(201);
            (await kezia.Api("imke.sandover").Post($"/contributions/{hidden}/responses", new { stance = "newToMe" })).Expect(201);
            (await kezia.Api("imke.sandover").Post($"/contributions/{hidden}/questions", new { words = "Since when is it not for home?" })).Expect(201);
        }

        // What she may see that happened meanwhile in other tests comes before, and is not of these.
        Assert.DoesNotContain(await Told("delphine.holt"), t => t.Contains("for home", StringComparison.Ordinal));
        Assert.Equal(before.Count(t => t.StartsWith("Dominic Ferraby", StringComparison.Ordinal)), (await Told("delphine.holt")).Count(t => t.StartsWith("Dominic Ferraby", StringComparison.Ordinal)));
        Assert.Contains(await Told("imke.sandover"), t => t.Contains("Since when is it not for home?", StringComparison.Ordinal));
        Assert.DoesNotContain("Ellerthwaite", (await kezia.As("delphine.holt", $"{History}?view=looks")).Html, StringComparison.Ordinal);

        async Task<List<string>> Told(string who)
        {
            var page = await kezia.As(who, History);
            var told = new List<string>();
            while (true)
            {
                told.AddRange(page.Document.QuerySelectorAll(".app-timeline li").Select(PlanOnPage.Words));
                if (page.Document.QuerySelectorAll("main a").FirstOrDefault(a => a.TextContent == "Show what was before") is not { } next)
                    return told;
                await page.Get(next.GetAttribute("href")!);
            }
        }
    }

    [Fact]
    public async Task Who_looked_stands_there_once_however_often_in_an_hour()
    {
        for (var look = 0; look < 3; look++)
            (await kezia.Api("cal.wexley").Get($"/plans/{kezia.Plan}/reading")).Expect(200);
        var page = await kezia.As("hamo.tresk", $"{History}?view=looks");
        Assert.Contains(page.Document.QuerySelectorAll(".app-timeline li").Select(PlanOnPage.Words), t => t.StartsWith("Cal Wexley, teacher read the views side by side 3 times", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Document.QuerySelectorAll("h2"), h => h.TextContent.Length == 0);
    }

    [Fact]
    public async Task The_child_reads_it_as_their_own()
    {
        var page = await kezia.As("kezia.amari-holt", History);
        Assert.Equal("What happened", page.Title);
        Assert.Contains(page.Document.QuerySelectorAll("select[name=by] option").Select(o => o.TextContent.Trim()), o => o == "Me");
        await page.Get($"{page.At.AbsolutePath}?by={kezia.Who("Kezia")}");
        Assert.Contains(page.Document.QuerySelectorAll(".app-timeline li").Select(PlanOnPage.Words), t => t.StartsWith("I gave a view: School and learning", StringComparison.Ordinal));
    }
}
