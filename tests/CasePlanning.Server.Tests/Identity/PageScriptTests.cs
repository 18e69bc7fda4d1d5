using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>What the script of a page may do by the cookie of whoever reads the page, and that nobody else can borrow it.</summary>
public sealed class PageScriptTests : IClassFixture<PageScriptTests.Pages>, IAsyncLifetime
{
    private static readonly (HttpMethod Method, string Path)[] OpenToPages =
    [
        (HttpMethod.Get, "/drafts"), (HttpMethod.Get, "/drafts/key"), (HttpMethod.Get, $"/drafts/{Guid.Empty}"), (HttpMethod.Put, $"/drafts/{Guid.Empty}"),
        (HttpMethod.Delete, $"/drafts/{Guid.Empty}"), (HttpMethod.Get, $"/plans/{Guid.Empty}/changes"), (HttpMethod.Post, "/session/extend"),
    ];

    private readonly PlanningHost host;
    private readonly SignInStory story;
    private readonly HttpClient browser;
    private string session = "";
    private Guid delphine;

    public PageScriptTests(Pages pages)
    {
        host = pages.Host;
        story = new SignInStory(host);
        browser = host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false });
    }

    public async ValueTask InitializeAsync()
    {
        delphine = await story.HasPassword("delphine.holt");
        await SignIn();
    }

    public ValueTask DisposeAsync()
    {
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_script_of_her_page_keeps_what_she_types()
    {
        var plan = (await host.SignInAs("delphine.holt").Get("/plans")).Items.Single();
        var (planId, review) = (plan.GetProperty("id").GetString(), plan.GetProperty("review").GetProperty("id").GetString());
        var (id, page) = (Guid.NewGuid(), PageOf(delphine));
        var text = JsonSerializer.Serialize(new { planId, reviewId = review, outcome = "stay-safe", words = "She likes the" });

        using var kept = await Send(HttpMethod.Put, $"/drafts/{id}", page, text);
        Assert.Equal(HttpStatusCode.Created, kept.StatusCode);
        using var read = await Send(HttpMethod.Get, $"/drafts/{id}", page);
        Assert.Contains("She likes the", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var key = await Send(HttpMethod.Get, "/drafts/key", page);
        Assert.Equal(HttpStatusCode.OK, key.StatusCode);
        using var changes = await Send(HttpMethod.Get, $"/plans/{planId}/changes", page);
        Assert.Equal(HttpStatusCode.OK, changes.StatusCode);
    }

    [Fact]
    public async Task A_cookie_alone_is_nobody()
    {
        foreach (var (method, path) in OpenToPages)
            await IsRefused(method, path, page: null);
    }

    [Fact]
    public async Task Nor_is_one_with_the_token_of_somebody_else_s_page()
    {
        var other = PageOf(await story.PersonOf("dominic.ferraby"));
        foreach (var (method, path) in OpenToPages)
            await IsRefused(method, path, other);
    }

    [Theory]
    [InlineData("/me")]
    [InlineData("/plans")]
    [InlineData("/me/work")]
    public async Task Everything_else_wants_an_access_token(string path) => await IsRefused(HttpMethod.Get, path, PageOf(delphine));

    [Fact]
    public async Task A_token_of_its_own_is_what_a_call_is_judged_by()
    {
        using var request = Request(HttpMethod.Get, "/drafts", PageOf(delphine));
        request.Headers.Add("Authorization", "Bearer a.b.c");
        using var refused = await browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        (await host.SignInAs("delphine.holt").Get("/drafts")).Expect(200);
    }

    [Fact]
    public async Task Whoever_works_stays_signed_in_for_twelve_hours_and_no_longer()
    {
        var began = host.Clock.Now;
        host.Clock.Now = began.AddHours(1);
        Assert.Equal(began.AddHours(9), await Extend());
        host.Clock.Now = began.AddHours(7);
        Assert.Equal(began.AddHours(12), await Extend());
        host.Clock.Now = began.AddHours(11.9);
        Assert.Equal(began.AddHours(12), await Extend());
        host.Clock.Now = began.AddHours(12.1);
        await IsRefused(HttpMethod.Get, "/drafts", PageOf(delphine));
        // A token ends when it ends.
        var token = (await host.SignInAs("delphine.holt").Post("/session/extend")).Expect(200);
        Assert.Equal(host.Clock.Now.AddHours(8), token["expiresAt"].GetDateTimeOffset(), TimeSpan.FromMinutes(1));

        async Task<DateTimeOffset> Extend()
        {
            using var answer = await Send(HttpMethod.Post, "/session/extend", PageOf(delphine));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set) && set.FirstOrDefault(c => c.Contains("signed-in", StringComparison.Ordinal)) is { } renewed)
                session = renewed.Split(';')[0];
            using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            return body.RootElement.GetProperty("expiresAt").GetDateTimeOffset();
        }
    }

    [Fact]
    public async Task A_system_does_not_stay_signed_in()
    {
        using var system = host.Integrators.As(await host.Integrators.Register("Larkmoor Academy"));
        (await system.Post("/session/extend")).Expect(403);
    }

    [Fact]
    public async Task Signed_out_everywhere_she_is_nobody_here_and_gets_another_key()
    {
        var page = PageOf(delphine);
        var before = await Key();
        await story.Change("delphine.holt", account => account.EndSessions());
        await IsRefused(HttpMethod.Get, "/drafts/key", page);
        await SignIn();
        Assert.NotEqual(before, await Key());

        async Task<string> Key()
        {
            using var answer = await Send(HttpMethod.Get, "/drafts/key", page);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    /// <summary>One host for all; its journal is compared elsewhere, with calls that come in by a token.</summary>
    public sealed class Pages : IAsyncDisposable
    {
        public PlanningHost Host { get; } = new() { ComparesJournal = false };

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    private async Task SignIn()
    {
        using var visitor = story.Visitor();
        await (await visitor.Get("/sign-in")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
        session = visitor.SetCookies.Last(c => c.Contains("signed-in", StringComparison.Ordinal)).Split(';')[0];
    }

    /// <summary>What a page has in it for its reader: the form cookie, and the token that goes with it.</summary>
    private (string Cookie, string Token) PageOf(Guid reader)
    {
        using var scope = host.Services.CreateScope();
        var page = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", reader.ToString())], SignInCookies.SignedIn)) };
        var tokens = scope.ServiceProvider.GetRequiredService<IAntiforgery>().GetTokens(page);
        return ($"caseplanning-form={tokens.CookieToken}", tokens.RequestToken!);
    }

    private async Task IsRefused(HttpMethod method, string path, (string Cookie, string Token)? page)
    {
        using var answer = await Send(method, path, page, method == HttpMethod.Put ? "{}" : null);
        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized, $"{method} {path}: {answer.StatusCode}");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.First().Scheme);
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, (string Cookie, string Token)? page, string? body = null)
    {
        using var request = Request(method, path, page);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        }

        return await browser.SendAsync(request);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, (string Cookie, string Token)? page)
    {
        var request = new HttpRequestMessage(method, $"/api/v1{path}");
        request.Headers.Add("Cookie", page is { } open ? $"{session}; {open.Cookie}" : session);
        if (page is { } by)
            request.Headers.Add("RequestVerificationToken", by.Token);
        return request;
    }
}
