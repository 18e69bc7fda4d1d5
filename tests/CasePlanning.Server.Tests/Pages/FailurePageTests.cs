using System.Net;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Api;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>Failures as people in front of a browser see them; programs go on getting problems.</summary>
public sealed class FailurePageTests : IAsyncDisposable
{
    private readonly PlanningHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Where_nothing_is_it_says_so_to_everybody()
    {
        using var stranger = host.Visit();
        await stranger.Get("/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.Equal("There is nothing here", stranger.Title);
        using var program = host.Anonymous();
        using var answer = await program.Http.GetAsync("/nowhere", TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_API_answers_a_browser_as_it_answers_a_program()
    {
        using var stranger = host.Visit();
        await stranger.Get("/api/v1/plans");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.Status);
        Assert.StartsWith("{", stranger.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_problem_has_a_page_that_anybody_can_read()
    {
        using var anybody = host.Visit();
        foreach (var type in ProblemTypes.All)
        {
            await anybody.Get(type.Address);
            Assert.Equal((HttpStatusCode.OK, type.Title), (anybody.Status, anybody.Title));
            Assert.Contains(type.Meaning, anybody.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Contains(ProblemTypes.All, t => t.Code == PlanRules.CoverNeeded.Code);
        await anybody.Get("/problems/no-such-problem");
        Assert.Equal((HttpStatusCode.NotFound, "There is nothing here"), (anybody.Status, anybody.Title));
        using var program = host.Anonymous();
        await Tests.Api.Problem.Of(await program.Http.GetAsync("/problems/no-such-problem", TestContext.Current.CancellationToken), HttpStatusCode.NotFound, "request.not-found");
    }

    [Fact]
    public async Task A_form_from_another_site_is_not_taken()
    {
        using var dominic = await host.VisitAs("dominic.ferraby");
        await dominic.Post(new Uri("http://localhost/sign-out"), []);
        Assert.Equal(HttpStatusCode.BadRequest, dominic.Status);
        Assert.Equal("This page could not be used", dominic.Title);
        Assert.Equal("My work", (await dominic.Get("/my-work")).Title);

        using var stranger = host.Visit();
        await stranger.Post(new Uri("http://localhost/development/be-somebody"), [new("as", "dominic.ferraby@demo.example")]);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);
        Assert.False(stranger.HasCookie("signed-in"));
    }

    [Fact]
    public async Task When_there_is_no_room_to_record_who_looks_nothing_is_shown_and_the_page_says_who_can_help()
    {
        var disk = new Disk();
        await using var full = new PlanningHost { ComparesJournal = false, Replace = services => services.AddSingleton<IJournal>(disk) };
        using var imke = await full.VisitAs("imke.sandover");
        Assert.Contains("Kezia", (await imke.Get("/plans")).Text, StringComparison.Ordinal);
        disk.IsFull = true;

        await imke.Get("/plans");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "There is no room left to save anything"), (imke.Status, imke.Title));
        Assert.Contains("who looks at one must be recorded first", imke.Text, StringComparison.Ordinal);
        Assert.Contains("must make room", imke.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", imke.Html, StringComparison.Ordinal);
    }

    /// <summary>Without a script nothing else keeps them.</summary>
    [Fact]
    public async Task Whoever_was_signed_out_while_they_wrote_signs_in_beside_their_words_and_sends_them()
    {
        using var cal = await host.VisitAs("cal.wexley");
        var plan = await host.PlanOf("Kezia", "cal.wexley");
        await cal.Get($"/plans/{plan}/outcomes/stay-safe/contribute");
        var (form, words) = (cal.At, ContributeForm.Values(cal, ("words", "He waits for her at the gate.")));
        cal.Forget("signed-in");

        // Another site can make a browser send what it likes, and none of it is put into a page of ours.
        await cal.Post(form, words);
        Assert.Equal("Sign in", cal.Title);
        Assert.DoesNotContain("gate", cal.Html, StringComparison.Ordinal);
        cal.ComesFrom = "cross-site";
        await cal.Post(form, words);
        Assert.Equal("Sign in", cal.Title);

        cal.ComesFrom = "same-origin";
        await cal.Post(form, words);
        Assert.Equal((HttpStatusCode.Unauthorized, "You have been signed out"), (cal.Status, cal.Title));
        Assert.Contains("He waits for her at the gate.", cal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kezia", cal.Text, StringComparison.Ordinal);
        var kept = cal.Html;
        await cal.Get(cal.Document.QuerySelector("main a[target=_blank]")!.GetAttribute("href")!);
        await cal.SubmitThe("form[action='/development/be-somebody']", ("as", "cal.wexley@demo.example"));
        cal.Show(kept);
        await cal.Submit();
        Assert.Contains("Your view is in the plan.", cal.Text, StringComparison.Ordinal);
        Assert.Contains("He waits for her at the gate.", cal.Text, StringComparison.Ordinal);
    }

    /// <summary>A code is no words, however it is typed.</summary>
    [Fact]
    public async Task What_somebody_signs_in_with_is_not_given_back()
    {
        using var cal = await host.VisitAs("cal.wexley");
        cal.Forget("signed-in");
        cal.ComesFrom = "same-origin";

        await cal.Post(new Uri(cal.At, "/account/second-factor"), [new("code", "da31 e181 f75b")]);

        Assert.Equal("Sign in", cal.Title);
        Assert.DoesNotContain("e181", cal.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/my-work")]
    [InlineData("/plans")]
    [InlineData("/nowhere")]
    public async Task Every_page_is_guarded_and_none_is_kept(string address)
    {
        using var dominic = await host.VisitAs("dominic.ferraby");
        await dominic.Get(address);
        Assert.True(dominic.Headers!.CacheControl!.NoStore);
        var policy = dominic.Headers.GetValues("Content-Security-Policy").Single();
        foreach (var part in (string[])["default-src 'none'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
            Assert.Contains(part, policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Empty(dominic.Document.QuerySelectorAll("[style], style, [onclick], iframe"));
        Assert.Single(dominic.Document.QuerySelectorAll("script:not([src])"));
    }

    [Fact]
    public async Task In_Production_nobody_can_be_somebody_by_a_press()
    {
        await using var production = new PlanningHost { Environment = "Production" };
        using var stranger = production.Visit("https://localhost");
        Assert.Equal("Sign in", (await stranger.Get("/sign-in")).Title);
        Assert.DoesNotContain("be-somebody", stranger.Html, StringComparison.OrdinalIgnoreCase);
        await stranger.Post(new Uri("https://localhost/development/be-somebody"), [new("as", "dominic.ferraby@demo.example")]);
        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
    }

    private sealed class Disk : IJournal
    {
        public bool IsFull { get; set; }

        public Task Record(JournalEntry entry, CancellationToken cancellation) => IsFull ? throw new StoreUnavailable("store.full") : Task.CompletedTask;
    }
}
