using System.Net;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>Actions and targets before their pages.</summary>
public sealed class ActionPageTests : IAsyncLifetime
{
    private readonly KeziasPages kezia = new();

    public ValueTask InitializeAsync() => kezia.InitializeAsync();

    public ValueTask DisposeAsync() => kezia.DisposeAsync();

    [Fact]
    public async Task An_action_is_agreed_with_holders_of_several_agencies()
    {
        var page = await kezia.As("sunniva.raike", "/plans/{plan}/actions/new");
        Assert.Equal(kezia.Who("Sunniva"), page.Document.QuerySelector("input[name=holders][checked]")!.GetAttribute("value"));
        await page.Submit(("what", "Ring the sleep clinic"), ("why", "She is awake at three"), ("due.day", "2"), ("due.month", "13"), ("due.year", "2026"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Equal(["#due", "#holders"], page.Document.QuerySelectorAll(".govuk-error-summary a").Select(a => a.GetAttribute("href")!).Order());
        Assert.Equal("Ring the sleep clinic", page.Document.QuerySelector("#what")!.TextContent.TrimStart('\n'));

        await page.Submit(("outcome", "be-healthy"), ("what", "Ring the sleep clinic"), ("holders", kezia.Who("Sunniva")), ("holders", kezia.Who("Imke")),
            ("due.day", "2"), ("due.month", "11"), ("due.year", "2026"));
        Assert.Equal("Ring the sleep clinic", page.Title);
        Assert.Contains("Imke Sandover, designated teacher, Larkmoor Academy", page.Text, StringComparison.Ordinal);
        Assert.Contains("Sunniva Raike, nurse, Thornmere Community Health (you)", page.Text, StringComparison.Ordinal);
        Assert.Contains("By 2 November", page.Text, StringComparison.Ordinal);
        Assert.Contains("Ring the sleep clinic", (await kezia.As("delphine.holt", "/plans/{plan}/actions")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_was_not_done_says_why()
    {
        var page = await kezia.As("cal.wexley", "/plans/{plan}/actions/{action}");
        await page.SubmitThe("form[action*='handler=Finish']", ("state", "NotDone"), ("result", ""));
        Assert.Contains("Say why it was not done.", page.Alert, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("details[open]"));
        await page.SubmitThe("form[action*='handler=Finish']", ("state", "NotDone"), ("result", "The room was given away"));
        Assert.Contains("Why notThe room was given away", page.Text.Replace("Why not ", "Why not", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Not done", page.Document.QuerySelector(".govuk-tag")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Finished (1)", (await kezia.As("kezia.amari-holt", "/plans/{plan}/actions")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_change_an_action_the_later_sees_both()
    {
        var page = await kezia.As("cal.wexley", "/plans/{plan}/actions/{action}");
        var imke = kezia.Api("imke.sandover");
        (await imke.Patch($"/actions/{kezia.Action}", new { how = "Every day" }, (await imke.Get($"/actions/{kezia.Action}")).ETag)).Expect(200);
        var mine = new[] { ("what", "Open the art room"), ("how", "On Mondays"), ("due.day", "19"), ("due.month", "10"), ("due.year", "2026") };
        await page.SubmitThe("form[action*='handler=Change']", mine);
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        var both = page.Document.QuerySelectorAll(".app-changed .app-words").Select(w => w.TextContent).ToList();
        Assert.Contains("How: Every day", both[0], StringComparison.Ordinal);
        Assert.Contains("How: On Mondays", both[1], StringComparison.Ordinal);
        await page.SubmitThe("form[action*='handler=Change']", mine);
        Assert.Equal("On Mondays", (await imke.Get($"/actions/{kezia.Action}"))["how"].GetString());

        page = await kezia.As("cal.wexley", "/plans/{plan}/actions/{action}");
        (await imke.Patch($"/actions/{kezia.Action}", new { how = "Every day" }, (await imke.Get($"/actions/{kezia.Action}")).ETag)).Expect(200);
        await page.SubmitThe("form[action*='handler=Finish']", ("state", "Done"), ("result", "She brought a friend"));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("She brought a friend", page.Document.QuerySelectorAll(".app-changed .app-words")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("open", (await imke.Get($"/actions/{kezia.Action}"))["state"].GetString());
    }

    [Fact]
    public async Task An_action_is_handed_over_only_with_what_its_sender_keeps_doing_and_taken_on()
    {
        var page = await kezia.As("cal.wexley", "/plans/{plan}/actions/{action}");
        await page.SubmitThe("form[action*='handler=HandOver']", ("to", kezia.Who("Imke")), ("keepDoing", ""));
        Assert.Contains("Say what you go on doing for the child", page.Alert, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("details[open] #keepDoing"));
        await page.SubmitThe("form[action*='handler=HandOver']", ("to", kezia.Who("Imke")), ("keepDoing", "I keep the key"));
        Assert.Contains("Cal Wexley offered it to Imke Sandover", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("form[action*='handler=HandOver'], form[action*='handler=Accept']"));

        var imke = await kezia.As("imke.sandover", "/plans/{plan}/actions");
        Assert.Contains("Cal Wexley offers you an action: Open the art room at lunch.", imke.Text, StringComparison.Ordinal);
        imke = await kezia.As("imke.sandover", "/plans/{plan}/actions/{action}");
        Assert.Contains("They go on doing: I keep the key", imke.Text, StringComparison.Ordinal);
        await imke.SubmitThe("form[action*='handler=Accept']");
        Assert.Contains("Who holds it Imke Sandover, designated teacher, Larkmoor Academy (you)", imke.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_was_offered_is_handed_back()
    {
        var cal = kezia.Api("cal.wexley");
        (await cal.Post($"/actions/{kezia.Action}/handovers", new { to = kezia.Who("Sunniva"), keepDoing = "The key" })).Expect(201);
        var page = await kezia.As("sunniva.raike", "/plans/{plan}/actions/{action}");
        await page.SubmitThe("form[action*='handler=HandBack']", ("reason", "I am not at the school"));
        Assert.Contains("Handed back on 14 October: I am not at the school.", page.Text, StringComparison.Ordinal);
        Assert.Contains("Who holds it Cal Wexley", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_is_set_noted_reworded_by_the_child_and_replied_to()
    {
        var page = await kezia.As("imke.sandover", "/plans/{plan}/targets/new");
        await page.Submit(("outcome", "be-healthy"), ("what", "Kezia has improved sleep hygiene"), ("measure", ""));
        Assert.Contains("Say how everybody will know that it is reached.", page.Alert, StringComparison.Ordinal);
        await page.Submit(("outcome", "be-healthy"), ("what", "Kezia has improved sleep hygiene"), ("measure", "Five nights of seven"));
        Assert.Equal("Kezia has improved sleep hygiene", page.Title);
        var target = page.At.AbsolutePath;

        var kid = await kezia.As("kezia.amari-holt", target);
        Assert.Null(kid.Document.QuerySelector("form[action*='handler=Change']"));
        await kid.SubmitThe("form[action*='handler=Reword']", ("ownWords", ""));
        Assert.Contains("Write it in your own words.", kid.Alert, StringComparison.Ordinal);
        await kid.SubmitThe("form[action*='handler=Reword']", ("ownWords", "I sleep through"));
        Assert.Equal("I sleep through", kid.Title);

        Assert.Contains("Kezia put it into other words and waits for a reply.", (await kezia.As("imke.sandover", "/plans/{plan}/actions")).Text, StringComparison.Ordinal);
        page = await kezia.As("imke.sandover", target);
        await page.SubmitThe("form[action*='handler=Reply']", ("reply", "Better than ours"));
        Assert.Contains("Reply by Imke Sandover: Better than ours", page.Text, StringComparison.Ordinal);
        await page.SubmitThe("form[action*='handler=Note']", ("words", "Two nights of seven"), ("on.day", "12"), ("on.month", "10"), ("on.year", "2026"));
        Assert.Contains("12 October, Imke Sandover, designated teacher", page.Document.QuerySelectorAll(".app-said").Single(s => s.TextContent.Contains("Two nights of seven", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        page = await kezia.As("imke.sandover", target);
        await page.SubmitThe("form[action*='handler=Change']", ("state", "Met"), ("what", "I sleep through"), ("measure", "Five nights of seven"));
        Assert.Contains("Reached", page.Document.QuerySelector(".govuk-tag")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_who_change_a_target_the_later_sees_both()
    {
        var page = await kezia.As("imke.sandover", "/plans/{plan}/targets/{target}");
        var hamo = kezia.Api("hamo.tresk");
        (await hamo.Patch($"/targets/{kezia.Target}", new { measure = "Grade 6" }, (await hamo.Get($"/targets/{kezia.Target}")).ETag)).Expect(200);
        await page.SubmitThe("form[action*='handler=Change']", ("state", "Open"), ("what", "Maths"), ("measure", "Grade 4"));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        var both = page.Document.QuerySelectorAll(".app-changed .app-words").Select(w => w.TextContent).ToList();
        Assert.Contains("We will see it by: Grade 6", both[0], StringComparison.Ordinal);
        Assert.Contains("We will see it by: Grade 4", both[1], StringComparison.Ordinal);
    }
}
