using System.Net;
using CasePlanning.Application.Reading;
using CasePlanning.Server.Pages;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

public sealed class MyWorkTests : IAsyncDisposable
{
    private readonly PlanningHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_sign_in_and_comes_back()
    {
        using var stranger = host.Visit();
        Assert.Equal("Sign in", (await stranger.Get("/my-work")).Title);
        Assert.Equal("/my-work", stranger.Query("returnUrl"));
        await stranger.SubmitThe("form[action='/development/be-somebody']", ("as", "dominic.ferraby@demo.example"));
        Assert.Equal("My work", stranger.Title);
    }

    [Fact]
    public async Task Everybody_sees_what_is_asked_of_them_by_plan_and_why()
    {
        using var dominic = await host.VisitAs("dominic.ferraby");
        using var api = host.SignInAs("dominic.ferraby");
        await dominic.Get("/my-work");

        Assert.Equal(HttpStatusCode.OK, dominic.Status);
        Assert.Equal("My work – CasePlanning", dominic.Document.Title);
        Assert.Contains("Kezia’s plan", dominic.Document.QuerySelector(".app-group h2")!.TextContent, StringComparison.Ordinal);
        var asked = (await api.Get("/me/work")).Items.Select(i => i.GetProperty("why").GetString()).Order().ToList();
        Assert.NotEmpty(asked);
        Assert.Equal(asked, dominic.Document.QuerySelectorAll(".app-group .app-group__why").Select(w => w.TextContent.Trim()).Order());
    }

    /// <summary>A question may be about words that whoever covers for its addressee does not read.</summary>
    [Fact]
    public async Task What_is_asked_twice_is_told_apart_and_what_a_question_says_is_not_told_here()
    {
        using var dominic = await host.VisitAs("dominic.ferraby");
        await dominic.Get("/my-work");
        var about = dominic.Document.QuerySelectorAll(".app-group__about").Select(a => a.TextContent.Trim()).ToList();
        Assert.Contains("Kezia stays in set 1 for maths, with help", about);
        Assert.Equal(about.Distinct(), about);

        using var imke = host.SignInAs("imke.sandover");
        var questions = (await imke.Get("/me/work")).Items.Where(i => i.GetProperty("kind").GetString() == "answerQuestion").ToList();
        Assert.NotEmpty(questions);
        Assert.All(questions, q => Assert.False(q.TryGetProperty("about", out _)));
    }

    /// <summary>To whom it belongs it is no plan of a child, nobody's role and no work.</summary>
    [Fact]
    public async Task The_child_is_at_home_here()
    {
        using var kezia = await host.VisitAs("kezia.amari-holt");
        await kezia.Get("/");
        Assert.Equal(("/my-work", "Hello, Kezia"), (kezia.At.AbsolutePath, kezia.Title));
        Assert.Contains("You can say something, or change what you said, until ", kezia.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("work", $"{kezia.Document.QuerySelector("header")!.TextContent} {kezia.Text}", StringComparison.OrdinalIgnoreCase);
        Assert.Equal("My plan", (await kezia.Get("/plans")).Title);
        await kezia.Get("/my-work");
        await kezia.Get(kezia.Document.QuerySelectorAll("main a").Single(a => a.TextContent == "Have my say").GetAttribute("href")!);
        Assert.Equal("Have my say", kezia.Title);
    }

    [Fact]
    public async Task Whoever_sees_no_child_is_asked_nothing_of_one()
    {
        using var perrin = await host.VisitAs("perrin.stallworthy");
        await perrin.Get("/my-work");
        Assert.Equal("My work Nothing is waiting for you. You are in no plan. What is asked of you is here as soon as somebody asks.", perrin.Text);
    }

    [Fact]
    public async Task It_shows_who_is_signed_in_and_lets_them_out()
    {
        using var dominic = await host.VisitAs("dominic.ferraby");
        await dominic.Get("/my-work");
        Assert.Contains("Dominic Ferraby", dominic.Document.QuerySelector("header")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("page", dominic.Document.QuerySelector("nav a[href='/my-work']")!.GetAttribute("aria-current"));

        await dominic.SubmitThe("header form");
        Assert.Equal("You are signed out", dominic.Title);
        Assert.Equal("Sign in", (await dominic.Get("/my-work")).Title);
    }

    [Fact]
    public async Task The_start_takes_whoever_is_signed_in_to_their_work()
    {
        using var visitor = host.Visit();
        Assert.Equal("One plan, in everybody’s own words", (await visitor.Get("/")).Title);
        using var dominic = await host.VisitAs("dominic.ferraby");
        Assert.Equal("My work", (await dominic.Get("/")).Title);
    }

    [Fact]
    public void Every_kind_of_work_has_words_of_its_own()
    {
        var words = Enum.GetValues<WorkKind>().Select(kind => WorkPlaces.Of(kind, "Kezia").What).ToList();
        Assert.Equal(words, words.Distinct());
    }

    /// <summary>A link to nothing would be worse than none.</summary>
    [Theory]
    [InlineData("dominic.ferraby", "/my-work")]
    [InlineData("hamo.tresk", "/my-work")]
    [InlineData("hamo.tresk", "/plans")]
    public async Task Every_link_leads_somewhere(string name, string address)
    {
        using var visitor = await host.VisitAs(name);
        await visitor.Get(address);
        foreach (var link in visitor.Document.QuerySelectorAll("a[href^='/']").Select(a => a.GetAttribute("href")!).Distinct())
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get(link)).Status);
    }
}
