using System.Net;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>The child's own way of saying something, without a script: one question a page, skipped as they like, sent when they say so.</summary>
public sealed class MySayPageTests : IAsyncLifetime
{
    private const string Child = "kezia.amari-holt";
    private const string Healthy = "/plans/{plan}/my-say/questions/be-healthy";

    private readonly KeziasPages kezia = new();

    public ValueTask InitializeAsync() => kezia.InitializeAsync();

    public ValueTask DisposeAsync() => kezia.DisposeAsync();

    [Fact]
    public async Task A_face_and_a_word_go_to_those_whom_she_chose_and_to_nobody_else()
    {
        var page = await kezia.As(Child, Healthy);
        Assert.Equal("Feeling well", page.Title);
        await page.Submit(("outlook", "worried"), ("words", "I wake up at three."));
        Assert.Equal("Who can read it?", page.Title);
        Assert.Null(page.Document.QuerySelector("input[name=audience][checked]"));
        Assert.Contains("Sunniva Raike", page.Text, StringComparison.Ordinal);

        // Nothing is chosen for her.
        await page.Submit();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Choose who can read it.", page.Alert, StringComparison.Ordinal);
        await page.Submit(("audience", "named"));
        Assert.Contains("Choose one person or more.", page.Alert, StringComparison.Ordinal);
        await page.Submit(("readers", kezia.Who("Sunniva")));
        Assert.Equal("Feeling safe", page.Title);

        await kezia.As(Child, "/plans/{plan}/my-say/check");
        Assert.Contains("Only Sunniva Raike can read this.", page.Text, StringComparison.Ordinal);
        Assert.Contains("It worries me", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("I wake up at three.", (await kezia.As("sunniva.raike", "/plans/{plan}")).Text, StringComparison.Ordinal);
        await page.SubmitThe(".app-send", ("helper", ""));
        Assert.Contains("It is sent.", page.Text, StringComparison.Ordinal);
        Assert.Contains("I wake up at three.", (await kezia.As("sunniva.raike", "/plans/{plan}")).Text, StringComparison.Ordinal);
        foreach (var other in (string[])["delphine.holt", "maud.ellerthwaite", "imke.sandover", "hamo.tresk"])
            Assert.DoesNotContain("I wake up at three.", (await kezia.As(other, "/plans/{plan}")).Html, StringComparison.Ordinal);
        Assert.Equal("You have no drafts.", (await kezia.As(Child, "/drafts")).Document.QuerySelector(".govuk-body-l")!.TextContent);
    }

    [Fact]
    public async Task A_face_alone_is_an_answer_and_is_sent_in_words()
    {
        var page = await (await kezia.As(Child, Healthy)).Submit(("outlook", "goingWell"));
        await page.Submit(("audience", "everyone"));
        await kezia.As(Child, "/plans/{plan}/my-say/check");
        await page.SubmitThe(".app-send", ("helped", "true"), ("helper", " "));
        Assert.Contains("Write the name of who helped you.", page.Alert, StringComparison.Ordinal);
        await page.SubmitThe(".app-send", ("helped", "true"), ("helper", "  Juno \n Prideaux "));
        var said = await Newest();
        Assert.Equal("It is going well.\n\nI had help from Juno Prideaux to say this.", said.GetProperty("words").GetString());
        Assert.Equal("goingWell", said.GetProperty("outlook").GetString());

        // Said anew it is hers again, without who helped last time; what she said first can still be read.
        await kezia.As(Child, Healthy);
        Assert.Equal("It is going well.", ContributeForm.Box(page));
        await page.Submit(("outlook", "mixed"), ("words", "Not so well now."), ("audience", "everyone"));
        Assert.Equal("Feeling safe", page.Title);
        await kezia.As(Child, "/plans/{plan}/my-say/check");
        await page.SubmitThe(".app-send", ("helped", "false"), ("helper", "Juno"));
        Assert.Equal(("Not so well now.", 2), ((await Newest()).GetProperty("words").GetString(), (await Newest()).GetProperty("version").GetInt32()));

        async Task<System.Text.Json.JsonElement> Newest() => (await kezia.Api("hamo.tresk").Get($"/plans/{kezia.Plan}/reading"))["outcomes"].EnumerateArray()
            .Single(o => o.GetProperty("code").GetString() == "be-healthy").GetProperty("contributions").EnumerateArray()
            .Single(c => c.GetProperty("author").GetProperty("role").GetString() == "child");
    }

    [Fact]
    public async Task Everything_can_be_skipped_and_nothing_is_left_behind()
    {
        var page = await kezia.As(Child, Healthy);
        foreach (var next in (string[])["Feeling safe", "School and learning", "Having a say", "My future", "You skipped everything"])
        {
            await page.Get(page.Document.QuerySelectorAll("main a").FirstOrDefault(a => a.TextContent == "Skip this one") is { } skip
                ? skip.GetAttribute("href")!
                : NextOf(page));
            Assert.Equal(next, page.Title);
        }

        // A blank page is sent on like one that was skipped.
        await (await kezia.As(Child, Healthy)).Submit(("words", "  "));
        Assert.Equal("Feeling safe", page.Title);
        Assert.Contains("You have no drafts.", (await kezia.As(Child, "/drafts")).Text, StringComparison.Ordinal);

        // On what she said something before, there are words and not a way to skip.
        string NextOf(Visitor visitor)
        {
            Assert.NotEqual("", ContributeForm.Box(visitor));
            var codes = new[] { "be-healthy", "stay-safe", "enjoy-and-achieve", "make-a-positive-contribution", "achieve-economic-wellbeing" };
            var here = Array.IndexOf(codes, visitor.At.Segments[^1]);
            return kezia.At($"/plans/{{plan}}/my-say/questions/{codes[here + 1]}");
        }
    }

    [Fact]
    public async Task What_she_began_waits_for_her_and_can_be_taken_out()
    {
        var page = await (await kezia.As(Child, Healthy)).Submit(("words", "Maybe this."));
        await kezia.As(Child, "/plans/{plan}/my-say");
        Assert.Contains("You have not sent this yet.", page.Text, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("main a"), a => a.TextContent == "Look at it and send it");
        Assert.Equal("Maybe this.", ContributeForm.Box(await kezia.As(Child, Healthy)));
        await page.Get((await kezia.As(Child, "/drafts")).Document.QuerySelector("a[href*='/my-say/']")!.GetAttribute("href")!);
        Assert.Equal("Feeling well", page.Title);

        await kezia.As(Child, "/plans/{plan}/my-say/check");
        await page.SubmitThe(".app-answer form");
        Assert.Contains("It is taken out. Nobody has seen it.", page.Text, StringComparison.Ordinal);
        Assert.Equal("You skipped everything", page.Title);
    }

    [Fact]
    public async Task What_another_window_wrote_is_shown_and_not_overwritten()
    {
        var page = await kezia.As(Child, Healthy);
        var (form, values) = (page.At, ContributeForm.Values(page, ("words", "In the first window")));
        await (await kezia.As(Child, Healthy)).Submit(("words", "In the second window"));
        await page.Post(form, (await KeptAs(page)).Concat(values.Where(v => v.Key is not ("draft" or "version"))));
        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Contains("In the second window", page.Document.QuerySelector(".app-changed")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("In the first window", ContributeForm.Box(page));

        async Task<IEnumerable<KeyValuePair<string, string>>> KeptAs(Visitor visitor)
        {
            await kezia.As(Child, Healthy);
            return [.. ContributeForm.Values(visitor).Where(v => v.Key is "draft"), KeyValuePair.Create("version", "7")];
        }
    }

    [Fact]
    public async Task You_said_we_did_we_could_not_because()
    {
        var page = await kezia.As(Child, "/plans/{plan}/my-say");
        var school = Came(page, "top set maths");
        Assert.Contains("You said", school, StringComparison.Ordinal);
        Assert.Contains("Not answered yet You asked: “Can I stay in top set maths?” An answer by Imke Sandover was due on", school, StringComparison.Ordinal);
        Assert.Contains("We decided The art room opens at lunch.", school, StringComparison.Ordinal);
        Assert.Contains("We will do Open the art room at lunch", school, StringComparison.Ordinal);
        // A private word of hers is answered by nobody who did not read it.
        Assert.Contains("Nobody has answered this yet.", Came(page, "where I live"), StringComparison.Ordinal);

        var request = (await kezia.Api("hamo.tresk").Get($"/plans/{kezia.Plan}/reading?view=child"))["requests"][0].GetProperty("id").GetString();
        (await kezia.Api("imke.sandover").Post($"/questions/{request}/answers", new { words = "You stay in set 1, with help.", kind = "weDid" })).Expect(201);
        var action = await kezia.Api("cal.wexley").Get($"/actions/{kezia.Action}");
        (await kezia.Api("cal.wexley").Patch($"/actions/{kezia.Action}", new { state = "notDone", result = "The roof leaks until spring." }, action.ETag)).Expect(200);
        school = Came(await kezia.As(Child, "/plans/{plan}/my-say"), "top set maths");
        Assert.Contains("We did You stay in set 1, with help.", school, StringComparison.Ordinal);
        Assert.Contains("We couldn’t, because The roof leaks until spring.", school, StringComparison.Ordinal);
        Assert.DoesNotContain("Not answered yet", school, StringComparison.Ordinal);

        // It stays when the review is over, and nobody asks until the next.
        (await kezia.Api("hamo.tresk").Put($"/reviews/{kezia.Review}/voices/{kezia.Who("Bryn")}", new { addressed = new { how = "Spoke through Maud, confirmed" } })).Expect(200);
        (await kezia.Api("hamo.tresk").Post($"/reviews/{kezia.Review}/close", new { }, ifMatch: (await kezia.Api("hamo.tresk").Get($"/reviews/{kezia.Review}")).ETag)).Expect(200);
        foreach (var decision in (await kezia.Api("imke.sandover").Get($"/reviews/{kezia.Review}/decisions")).Items.Select(d => d.GetProperty("id").GetString()))
            (await kezia.Api("imke.sandover").Post($"/decisions/{decision}/rechecks", new { finding = "Tutoring is at 14:10 now.", changed = true })).Expect(201);
        (await kezia.Api("hamo.tresk").Post($"/reviews/{kezia.Review}/sign-off", ifMatch: (await kezia.Api("hamo.tresk").Get($"/reviews/{kezia.Review}")).ETag)).Expect(200);
        await kezia.As(Child, "/plans/{plan}/my-say");
        Assert.Contains("Nobody is asking you anything just now.", page.Text, StringComparison.Ordinal);
        Assert.Contains("We did You stay in set 1, with help.", Came(page, "top set maths"), StringComparison.Ordinal);
        Assert.Contains("Nobody is asking you anything just now.", (await kezia.As(Child, Healthy)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task She_asks_those_who_can_read_it_for_something_to_happen()
    {
        var page = await kezia.As(Child, "/plans/{plan}/my-say");
        await page.Get(page.Document.QuerySelectorAll(".app-came").Single(c => c.TextContent.Contains("where I live", StringComparison.Ordinal)).QuerySelector("a[href*='/ask/']")!.GetAttribute("href")!);
        Assert.Equal("What do you want to happen?", page.Title);
        Assert.Equal(["Juno Prideaux", "Dominic Ferraby"], page.Document.QuerySelectorAll(".app-people-choice strong").Select(s => s.TextContent).Order(StringComparer.Ordinal).Reverse());
        await page.Submit();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("Write what you want to happen.", page.Alert, StringComparison.Ordinal);
        Assert.Contains("Choose who to ask.", page.Alert, StringComparison.Ordinal);
        await page.Submit(("words", "Please tell the office not to say it."), ("to", kezia.Who("Dominic")));
        Assert.Contains("Not answered yet You asked: “Please tell the office not to say it.” Dominic Ferraby answers by", Came(page, "where I live"), StringComparison.Ordinal);
        Assert.Contains("Answer a question", (await kezia.As("dominic.ferraby", "/my-work")).Text, StringComparison.Ordinal);
        // Nobody else's view can be asked about on this page.
        var other = (await kezia.Api(Child).Get($"/plans/{kezia.Plan}/reading"))["outcomes"][2].GetProperty("contributions").EnumerateArray()
            .First(c => c.GetProperty("author").GetProperty("role").GetString() != "child").GetProperty("id").GetString();
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As(Child, $"/plans/{{plan}}/my-say/ask/{other}")).Status);
    }

    [Fact]
    public async Task A_child_who_was_asked_can_choose_to_say_nothing_and_change_their_mind()
    {
        using var hamo = kezia.Host.SignInAs("hamo.tresk");
        var plan = (await hamo.Post("/plans", new { child = new { givenName = "Wren", familyName = "Ashby", dateOfBirth = "2014-04-02" }, kind = "pep", startedOn = $"{kezia.Host.Clock.Now:yyyy-MM-dd}" })).Expect(201).Id;
        (await hamo.Post($"/plans/{plan}/participants", new { person = new { name = "Wren Ashby", email = "wren.ashby@demo.example" }, role = "child" })).Expect(201);
        (await hamo.Post($"/plans/{plan}/reviews", new { title = "First review", opensOn = $"{kezia.Host.Clock.Now:yyyy-MM-dd}", closesOn = $"{kezia.Host.Clock.Now.AddDays(20):yyyy-MM-dd}", invite = "everyone" })).Expect(201);
        using var wren = await kezia.Host.VisitAs("wren.ashby");
        await wren.Get("/my-work");
        Assert.Contains("How are things for you? You can say so until ", wren.Text, StringComparison.Ordinal);
        await wren.Get(wren.Document.QuerySelectorAll("main a").First(a => a.TextContent == "Have my say").GetAttribute("href")!);
        Assert.Equal("Have my say", wren.Title);
        await wren.SubmitThe("form[action*=Nothing]");
        Assert.Contains("That is fine.", wren.Text, StringComparison.Ordinal);
        Assert.Contains("You told us that you do not want to say anything this time.", wren.Text, StringComparison.Ordinal);
        await wren.SubmitThe("form[action*=Something]");
        Assert.DoesNotContain("You told us", wren.Text, StringComparison.Ordinal);
        Assert.NotNull(wren.Document.QuerySelector("form[action*=Nothing]"));
    }

    [Fact]
    public async Task Taken_off_the_plan_while_writing_she_reads_her_words_and_nothing_more()
    {
        var page = await kezia.As(Child, Healthy);
        var (form, values) = (page.At, ContributeForm.Values(page, ("words", "What I wanted to say")));
        var me = kezia.Who("Kezia");
        var etag = (await kezia.Api("hamo.tresk").Get($"/plans/{kezia.Plan}/participants/{me}")).ETag;
        (await kezia.Api("hamo.tresk").Patch($"/plans/{kezia.Plan}/participants/{me}", new { until = kezia.Host.Clock.Now }, etag)).Expect(200);
        await page.Post(form, values);
        Assert.Equal((HttpStatusCode.NotFound, "This was not kept"), (page.Status, page.Title));
        Assert.Contains("What I wanted to say", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sunniva", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_another_child_s_plan_are_not_there()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As("jomi.adesina-thorley", "/plans/{plan}/my-say")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As(Child, "/plans/{plan}/my-say/questions/get-rich")).Status);
        // Who can read it is asked once there is something to be read.
        Assert.Equal("Feeling well", (await kezia.As(Child, $"{Healthy}/readers")).Title);
    }

    private static string Came(Visitor page, string said) => string.Join(' ', page.Document.QuerySelectorAll(".app-came")
        .Single(c => c.TextContent.Contains(said, StringComparison.Ordinal)).QuerySelectorAll("h3, dt, dd, p").Select(PlanOnPage.Words));
}
