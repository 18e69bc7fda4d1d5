using System.Net;
using AngleSharp.Html.Dom;
using CasePlanning.Server.Tests.Support;
using Xunit;
using static CasePlanning.Server.Tests.Pages.ContributeForm;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>Where views are written, without a script: whatever happens to the review or to the writer, their words stay theirs.</summary>
public sealed class ContributePageTests(KeziasPages kezia) : IClassFixture<KeziasPages>
{
    private const string Safe = "/plans/{plan}/outcomes/stay-safe/contribute";
    private const string Healthy = "/plans/{plan}/outcomes/be-healthy/contribute";
    private const string Contributing = "/plans/{plan}/outcomes/make-a-positive-contribution/contribute";

    [Fact]
    public async Task A_view_is_written_in_one_page_and_read_on_the_plan()
    {
        var cal = await kezia.As("cal.wexley", Safe);
        Assert.Equal("Stay safe: your view", cal.Title);
        await cal.Submit(("outlook", "worried"), ("words", "Two reports of bullying on the 14 bus."));
        Assert.EndsWith($"/plans/{kezia.Plan}", cal.At.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains("Your view is in the plan.", cal.Text, StringComparison.Ordinal);
        Assert.Contains("Two reports of bullying on the 14 bus.", (await kezia.As("delphine.holt", "/plans/{plan}")).Text, StringComparison.Ordinal);
        Assert.Equal("You have no drafts.", (await kezia.As("cal.wexley", "/drafts")).Document.QuerySelector(".govuk-body-l")!.TextContent);
    }

    /// <summary>Where whoever is asked for a view is led, and whoever is not.</summary>
    [Fact]
    public async Task Whoever_is_asked_comes_straight_to_where_they_write()
    {
        const string Yours = "/plans/{plan}/your-view";
        var bryn = await kezia.As("bryn.ellerthwaite", Yours);
        Assert.Equal("Feeling well: your view", bryn.Title);
        Assert.Equal(["Feeling well", "Feeling safe", "School and learning", "Having a say", "My future"], Subjects(bryn));

        // What was begun is gone on with.
        await bryn.Get(bryn.Document.QuerySelectorAll("nav[aria-label='What to write about'] a")[1].GetAttribute("href")!);
        await Send(bryn, "Save", ("words", "He waits for me at the gate."));
        await kezia.As("bryn.ellerthwaite", Yours);
        Assert.Equal(("Feeling safe: your view", "He waits for me at the gate."), (bryn.Title, Box(bryn)));
        Assert.Contains("Feeling safe (draft)", Subjects(bryn));
        await Send(bryn, "Discard");

        // Kezia has spoken, as have others; Juno speaks for her, and has no voice of her own.
        foreach (var name in (string[])["kezia.amari-holt", "delphine.holt", "juno.prideaux"])
            Assert.EndsWith($"/plans/{kezia.Plan}", (await kezia.As(name, Yours)).At.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As("xanthe.moorcroft", Yours)).Status);

        static IEnumerable<string> Subjects(Visitor page) =>
            page.Document.QuerySelectorAll("nav[aria-label='What to write about'] li").Select(l => l.TextContent.Trim());
    }

    [Fact]
    public async Task Sent_twice_it_is_in_the_plan_once()
    {
        var cal = await kezia.As("ngaire.holloway-bose", Safe);
        var (form, once) = (cal.At, Values(cal, ("words", "Said once.")));
        await cal.Post(form, once);
        await cal.Post(form, once);
        Assert.EndsWith($"/plans/{kezia.Plan}", cal.At.AbsolutePath, StringComparison.Ordinal);
        var reading = await kezia.Api("ngaire.holloway-bose").Get($"/plans/{kezia.Plan}/reading");
        Assert.Equal(2, reading.Text.Split("Said once.").Length);
    }

    [Fact]
    public async Task A_draft_is_gone_on_with_and_is_nobody_else_s()
    {
        var cal = await kezia.As("cal.wexley", Healthy);
        await Send(cal, "Save", ("outlook", "mixed"), ("words", "Not finished"), ("audience", "named"));
        Assert.Contains("Your draft is saved. Only you can see it.", cal.Text, StringComparison.Ordinal);
        Assert.Equal("Not finished", Box(cal));
        Assert.NotNull(cal.Document.QuerySelector("input[name=audience][value=named][checked]"));
        Assert.DoesNotContain("Not finished", (await kezia.As("hamo.tresk", "/plans/{plan}")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Not finished", (await kezia.As("hamo.tresk", "/drafts")).Html, StringComparison.Ordinal);

        // For named people of whom there are none yet it is not added, and nothing of it is lost.
        await (await kezia.As("cal.wexley", Healthy)).Submit(("words", "Not finished"), ("audience", "named"));
        Assert.Equal(HttpStatusCode.Conflict, cal.Status);
        Assert.Contains("Name at least one person", cal.Alert, StringComparison.Ordinal);
        Assert.Equal("Not finished", Box(cal));

        await Send(await kezia.As("cal.wexley", Healthy), "Discard");
        Assert.Equal("", Box(await kezia.As("cal.wexley", Healthy)));
    }

    /// <summary>Browsers send two characters for a line break, and the script that keeps drafts sends one.</summary>
    [Fact]
    public async Task A_line_break_is_one_character_however_it_is_sent()
    {
        var lettice = await kezia.As("lettice.umber", "/plans/{plan}/outcomes/achieve-economic-wellbeing/contribute");
        await lettice.Submit(("words", "First.\r\nSecond.\rThird.\nFourth."));
        var reading = (await kezia.Api("lettice.umber").Get($"/plans/{kezia.Plan}/reading")).Json.GetProperty("outcomes").EnumerateArray();
        Assert.Contains(reading.SelectMany(o => o.GetProperty("contributions").EnumerateArray()), c => c.TryGetProperty("words", out var words) && words.GetString() == "First.\nSecond.\nThird.\nFourth.");

        var imke = await kezia.As("imke.sandover", "/plans/{plan}/targets/new?outcome=be-healthy");
        await imke.Submit(("what", "Sleeps through"), ("measure", "Five nights of seven"), ("how", "First.\r\nSecond.\rThird."));
        var targets = (await kezia.Api("imke.sandover").Get($"/plans/{kezia.Plan}/targets")).Items;
        Assert.Equal("First.\nSecond.\nThird.", targets.Single(t => t.GetProperty("what").GetString() == "Sleeps through").GetProperty("how").GetString());
    }

    [Fact]
    public async Task Without_a_word_it_is_not_added()
    {
        var cal = await (await kezia.As("lettice.umber", Safe)).Submit(("outlook", "mixed"), ("words", "  "));
        Assert.Equal(HttpStatusCode.Conflict, cal.Status);
        Assert.StartsWith("Error: ", cal.Document.Title, StringComparison.Ordinal);
        Assert.Contains("A sentence is enough.", cal.Alert, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_window_saved_is_shown_and_not_overwritten()
    {
        var cal = await kezia.As("lettice.umber", Healthy);
        var (form, first) = (cal.At, Values(cal, ("words", "In the first window")));
        await Send(await kezia.As("lettice.umber", Healthy), "Save", ("words", "In the second window"));
        await cal.Post(form, Values(await kezia.As("lettice.umber", Healthy), ("words", "In the first window")).Where(v => v.Key != "version").Append(new("version", "7")));
        Assert.Equal(HttpStatusCode.Conflict, cal.Status);
        Assert.Contains("In the second window", cal.Document.QuerySelector(".app-changed")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("In the first window", Box(cal));
        // Sent again from here it is a choice made with both in sight.
        await cal.Submit(("words", "In both windows"));
        Assert.EndsWith($"/plans/{kezia.Plan}", cal.At.AbsolutePath, StringComparison.Ordinal);
        Assert.NotEmpty(first);
    }

    [Fact]
    public async Task A_view_is_changed_with_what_changed_its_author_s_mind_and_taken_back_after_a_question()
    {
        var cal = await kezia.As("cal.wexley", Contributing);
        await cal.Submit(("words", "The bus is loud."));
        await kezia.As("cal.wexley", Contributing);
        Assert.Equal("Make a positive contribution: change your view", cal.Title);
        Assert.Equal("The bus is loud.", Box(cal));
        await cal.Submit(("words", "The bus is better."), ("whatChanged", "There is a guard now"), ("audience", "everyone"));
        Assert.Contains("What you said before stays readable.", cal.Text, StringComparison.Ordinal);

        await kezia.As("cal.wexley", Contributing);
        await cal.Get(cal.Document.QuerySelector("a[href$='/take-back']")!.GetAttribute("href")!);
        Assert.Equal("Take your view back?", cal.Title);
        Assert.Contains("The bus is better.", cal.Text, StringComparison.Ordinal);
        await cal.Submit();
        Assert.Contains("Your view is taken back.", cal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("The bus is better.", (await kezia.As("hamo.tresk", "/plans/{plan}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As("tobias.quill", $"/plans/{{plan}}/views/{Guid.NewGuid()}/take-back")).Status);
    }

    [Fact]
    public async Task Somebody_else_s_words_are_written_down_and_wait_for_them()
    {
        var imke = await kezia.As("imke.sandover", $"{Safe}?for={kezia.Who("Kezia")}");
        Assert.Equal("Stay safe: Kezia’s words", imke.Title);
        await imke.Submit(("words", "I walk now."), ("onBehalfOf", kezia.Who("Kezia")));
        Assert.Contains("asked whether they are theirs", imke.Text, StringComparison.Ordinal);
        var work = await kezia.Api("kezia.amari-holt").Get("/me/work");
        Assert.Contains(work.Items, i => i.GetProperty("kind").GetString() == "confirmWords");
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_and_the_words_are_kept()
    {
        var cal = await kezia.As("cal.wexley", Safe);
        Assert.Equal("multipart/form-data", cal.Document.QuerySelector("main form")!.GetAttribute("enctype"));
        Assert.NotNull(cal.Document.QuerySelector("input[type=file][name=file]"));
    }

    [Theory]
    [InlineData("tobias.quill", HttpStatusCode.NotFound)]
    [InlineData("roz.applegarth", HttpStatusCode.Forbidden)]
    [InlineData("delphine.holt", HttpStatusCode.OK)]
    [InlineData("kezia.amari-holt", HttpStatusCode.OK)]
    [InlineData("juno.prideaux", HttpStatusCode.OK)]
    public async Task It_is_for_whoever_has_a_voice(string name, HttpStatusCode status) => Assert.Equal(status, (await kezia.As(name, Safe)).Status);

    [Fact]
    public async Task An_outcome_that_the_plan_has_not_is_not_there() =>
        Assert.Equal(HttpStatusCode.NotFound, (await kezia.As("cal.wexley", "/plans/{plan}/outcomes/get-rich/contribute")).Status);

    [Theory]
    [InlineData("delphine.holt", "everyone,named")]
    [InlineData("maud.ellerthwaite", "everyone,home,named")]
    [InlineData("cal.wexley", "everyone,named")]
    [InlineData("imke.sandover", "everyone,professionals,named")]
    [InlineData("sunniva.raike", "everyone,professionals,health,named")]
    public async Task Everybody_chooses_among_the_audiences_they_are_in(string name, string audiences) => Assert.Equal(
        audiences, string.Join(',', (await kezia.As(name, $"/plans/{{plan}}/outcomes/achieve-economic-wellbeing/contribute?review={kezia.Review}")).Document.QuerySelectorAll("input[name=audience][type=radio]").Select(i => i.GetAttribute("value"))));

    [Fact]
    public async Task A_mother_is_offered_no_name_that_she_must_not_know()
    {
        var page = await kezia.As("delphine.holt", Safe);
        Assert.DoesNotContain("Ellerthwaite", page.Html, StringComparison.Ordinal);
        Assert.Contains("Feeling safe", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_about_a_child_are_kept_by_no_browser_and_the_offline_page_tells_of_nobody()
    {
        var cal = await kezia.As("cal.wexley", Safe);
        Assert.True(cal.Headers!.CacheControl!.NoStore);
        var offline = await kezia.As("cal.wexley", "/offline");
        Assert.DoesNotContain("Cal", offline.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", offline.Html, StringComparison.Ordinal);
        using var stranger = kezia.Host.Visit();
        Assert.Equal((await stranger.Get("/offline")).Html, offline.Html);
    }

    [Fact]
    public async Task Whoever_says_that_others_use_the_computer_is_remembered_by_it()
    {
        // A new password ends every session of hers, so it is for somebody who is in no other test here.
        var story = new Identity.SignInStory(kezia.Host);
        await story.HasPassword("bryn.ellerthwaite");
        using var visitor = kezia.Host.Visit();
        await visitor.Get("/sign-in");
        await visitor.Submit(("email", "bryn.ellerthwaite@demo.example"), ("password", Identity.SignInStory.Password), ("shared", "true"));
        await visitor.Get("/my-work");
        Assert.NotNull(visitor.Document.QuerySelector("body[data-shared=yes]"));
        await visitor.SubmitThe("header form");
        await visitor.Get("/sign-in");
        Assert.NotNull(visitor.Document.QuerySelector("input[name=shared][checked]"));
        await visitor.Submit(("email", "bryn.ellerthwaite@demo.example"), ("password", Identity.SignInStory.Password));
        await visitor.Get("/my-work");
        Assert.Null(visitor.Document.QuerySelector("body[data-shared=yes]"));
    }
}

/// <summary>What becomes of words whose review or whose writer's place in the plan ends while they are written.</summary>
public sealed class ContributeMeanwhileTests : IAsyncLifetime
{
    private const string Safe = "/plans/{plan}/outcomes/stay-safe/contribute";

    private readonly KeziasPages kezia = new();

    public ValueTask InitializeAsync() => kezia.InitializeAsync();

    public ValueTask DisposeAsync() => kezia.DisposeAsync();

    [Fact]
    public async Task A_review_that_is_closed_still_takes_a_view_and_says_that_it_is_late()
    {
        await kezia.Close();
        var cal = await kezia.As("cal.wexley", Safe);
        Assert.Contains("The last day for views was", cal.Text, StringComparison.Ordinal);
        await cal.Submit(("words", "Late, and true."));
        Assert.Contains("It came after the review’s last day for views, and counts the same.", cal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_that_is_signed_while_somebody_writes_leaves_them_a_draft_for_the_next()
    {
        var cal = await kezia.As("cal.wexley", Safe);
        var (form, values) = (cal.At, Values(cal, ("words", "Court ran on.")));
        await kezia.CloseAndSignOff();
        await cal.Post(form, values);
        Assert.Contains("There is no review that takes views just now", cal.Text, StringComparison.Ordinal);
        Assert.Contains("Court ran on.", cal.Text, StringComparison.Ordinal);

        (await kezia.Api("hamo.tresk").Post($"/plans/{kezia.Plan}/reviews",
            new { title = "Winter review", opensOn = "2026-12-01", closesOn = "2026-12-18", invite = "everyone" })).Expect(201);
        var drafts = await kezia.As("cal.wexley", "/drafts");
        Assert.Contains("it can go into the next one", drafts.Text, StringComparison.Ordinal);
        await cal.Get(drafts.Document.QuerySelector("a[href*='/contribute']")!.GetAttribute("href")!);
        Assert.Contains("Winter review", cal.Text, StringComparison.Ordinal);
        Assert.Equal("Court ran on.", Box(cal));
        await cal.Submit(("words", "Court ran on."));
        Assert.Contains("Your view is in the plan.", cal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_was_taken_off_the_plan_reads_their_words_and_why()
    {
        var cal = await kezia.As("cal.wexley", Safe);
        await Send(cal, "Save", ("words", "What I saw"));
        var (form, values) = (cal.At, Values(cal, ("words", "What I saw, and more")));
        var me = kezia.Who("Cal");
        var etag = (await kezia.Api("hamo.tresk").Get($"/plans/{kezia.Plan}/participants/{me}")).ETag;
        (await kezia.Api("hamo.tresk").Patch($"/plans/{kezia.Plan}/participants/{me}", new { until = kezia.Host.Clock.Now, cover = kezia.Who("Imke") }, etag)).Expect(200);

        await cal.Post(form, values);
        Assert.Equal(HttpStatusCode.NotFound, cal.Status);
        Assert.Equal("This was not added", cal.Title);
        Assert.Contains("What I saw, and more", cal.Text, StringComparison.Ordinal);
        await kezia.As("cal.wexley", "/drafts");
        Assert.Contains("You no longer take part in the plan", cal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", cal.Text, StringComparison.Ordinal);
        await cal.Submit();
        Assert.Contains("You have no drafts.", cal.Text, StringComparison.Ordinal);
    }
}

/// <summary>The form on which a view is written.</summary>
internal static class ContributeForm
{
    public static string Box(Visitor visitor) => ((IHtmlTextAreaElement)visitor.Document.QuerySelector("textarea[name=words]")!).Value;

    /// <summary>Presses one of the form's other buttons.</summary>
    public static Task<Visitor> Send(Visitor visitor, string handler, params (string Name, string Value)[] fields)
    {
        var button = visitor.Document.QuerySelector($"button[formaction*='handler={handler}']")!;
        return visitor.Post(new Uri(visitor.At, button.GetAttribute("formaction")), Values(visitor, fields));
    }

    public static List<KeyValuePair<string, string>> Values(Visitor visitor, params (string Name, string Value)[] fields) =>
    [
        .. visitor.Document.QuerySelectorAll("main form[data-draft] input[type=hidden]").OfType<IHtmlInputElement>().Select(i => KeyValuePair.Create(i.Name!, i.Value)),
        .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)),
    ];
}
