using System.Net;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>Decisions before their pages: recorded, looked at again, put into new words.</summary>
public sealed class DecisionPageTests : IAsyncLifetime
{
    private readonly KeziasPages kezia = new();

    public ValueTask InitializeAsync() => kezia.InitializeAsync();

    public ValueTask DisposeAsync() => kezia.DisposeAsync();

    [Fact]
    public async Task A_decision_is_recorded_with_whose_views_it_rests_on()
    {
        var page = await kezia.As("imke.sandover", "/plans/{plan}/reviews/{review}/decisions/new?outcome=stay-safe");
        Assert.True(page.Document.QuerySelector("input[name=outcomes][value=stay-safe]")!.HasAttribute("checked"));
        var view = page.Document.QuerySelector("input[name=because]")!.GetAttribute("value")!;
        await page.Submit(("outcomes", "stay-safe"), ("what", "She is walked to the bus"), ("why", "She asked"), ("how", ""), ("whereNext", ""), ("because", view));
        Assert.Equal("Autumn review", page.Title);
        Assert.Contains("She is walked to the bus", page.Text, StringComparison.Ordinal);
        var decision = (await kezia.Api("imke.sandover").Get($"/reviews/{kezia.Review}/decisions")).Items.Last();
        Assert.Equal(view, decision.GetProperty("because")[0].GetString());
        Assert.False(decision.TryGetProperty("how", out var how) && how.ValueKind is not System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task Words_of_a_decision_that_cannot_be_recorded_are_not_lost()
    {
        var page = await kezia.As("imke.sandover", "/plans/{plan}/reviews/{review}/decisions/new");
        await page.Submit(("what", ""), ("why", "Because she asked for it, twice"), ("how", "On foot"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["Choose the outcomes that it is for.", "Write what was decided."],
            page.Document.QuerySelectorAll(".govuk-error-summary a").Select(a => a.TextContent).Order());
        Assert.Equal("Because she asked for it, twice", page.Document.QuerySelector("#why")!.TextContent.TrimStart('\n'));
        Assert.Equal("On foot", page.Document.QuerySelector("#how")!.TextContent.TrimStart('\n'));
    }

    [Fact]
    public async Task A_decision_is_looked_at_again_with_what_was_said_after_it_in_sight()
    {
        var page = await kezia.As("imke.sandover", "/plans/{plan}/decisions/{decision}/recheck");
        Assert.Contains("Sunniva Raike, nurse on Be healthy", page.Text, StringComparison.Ordinal);
        Assert.Contains("please no tutoring at eight in the morning", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("SDQ 19", page.Html, StringComparison.Ordinal);

        await page.Submit(("finding", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Say whether anything is changed because of it.", page.Alert, StringComparison.Ordinal);

        // One more view arrives while the finding is written: it was not in sight, and is not counted as considered.
        await kezia.As("imke.sandover", "/plans/{plan}/decisions/{decision}/recheck");
        kezia.Host.Clock.Now += TimeSpan.FromMinutes(1);
        (await kezia.Api("maud.ellerthwaite").Post($"/plans/{kezia.Plan}/contributions", new { reviewId = kezia.Review, outcome = "be-healthy", words = "She slept." })).Expect(201);
        kezia.Host.Clock.Now += TimeSpan.FromMinutes(1);
        await page.Submit(("finding", "Tutoring moves to 14:10"), ("changed", "true"));
        Assert.Equal("Autumn review", page.Title);
        Assert.Contains("Maud Ellerthwaite spoke after it was decided.", page.Document.QuerySelector($"#decision-{kezia.Decision}")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_gets_new_words_and_of_two_who_change_it_the_later_sees_both()
    {
        var page = await kezia.As("imke.sandover", "/plans/{plan}/decisions/{decision}/reword");
        var hamo = kezia.Api("hamo.tresk");
        (await hamo.Patch($"/decisions/{kezia.Decision}", new { how = "At lunch" }, (await hamo.Get($"/decisions/{kezia.Decision}")).ETag)).Expect(200);

        await page.Submit(("what", "Kezia stays in set 1"), ("how", "At 14:10"), ("why", "She asked"), ("whereNext", ""));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("Somebody changed this while you had it open.", page.Alert, StringComparison.Ordinal);
        var both = page.Document.QuerySelectorAll(".app-changed .app-words").Select(w => w.TextContent).ToList();
        Assert.Contains("How: At lunch", both[0], StringComparison.Ordinal);
        Assert.Contains("How: At 14:10", both[1], StringComparison.Ordinal);

        await page.Submit(("what", "Kezia stays in set 1"), ("how", "At 14:10"), ("why", "She asked"), ("whereNext", ""));
        Assert.Equal("Autumn review", page.Title);
        var decision = await hamo.Get($"/decisions/{kezia.Decision}");
        Assert.Equal("At 14:10", decision["how"].GetString());
        Assert.Equal(3, decision["wordings"].GetArrayLength());
    }
}
