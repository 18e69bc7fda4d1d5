using System.Net;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>Authorization code and PKCE: what a client may ask for, and what it gets.</summary>
public sealed class AuthorizeTests : IAsyncLifetime
{
    private readonly PlanningHost host = new();
    private readonly SignInStory story;
    private Visitor delphine = null!;

    public AuthorizeTests() => story = new(host);

    public async ValueTask InitializeAsync()
    {
        await story.RegisterApp();
        await story.HasPassword("delphine.holt");
        delphine = story.Visitor();
        await (await delphine.Get("/sign-in")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
    }

    public async ValueTask DisposeAsync()
    {
        delphine.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_is_signed_in_goes_straight_back_and_is_not_asked_for_consent() =>
        Assert.NotNull((await delphine.Get(SignInStory.Authorize)).Query("code"));

    [Theory]
    [InlineData("redirect_uri", "https://evil.demo.example/")]
    [InlineData("redirect_uri", "https://app.demo.example/signed-in/else")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "nobody")]
    [InlineData("client_id", null)]
    public async Task A_client_or_address_that_is_not_registered_is_sent_nowhere(string parameter, string? value)
    {
        await delphine.Get(SignInStory.AuthorizeWith((parameter, value)));

        Assert.Equal(HttpStatusCode.BadRequest, delphine.Status);
        Assert.Null(delphine.Towards);
    }

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("response_type", "id_token", "unsupported_response_type")]
    [InlineData("scope", "everything", "invalid_scope")]
    public async Task A_weaker_request_is_refused(string parameter, string? value, string error)
    {
        await delphine.Get(SignInStory.AuthorizeWith((parameter, value)));

        Assert.Null(delphine.Query("code"));
        Assert.True(delphine.Query("error") == error || delphine.Status is HttpStatusCode.BadRequest, $"{delphine.Status} {delphine.Query("error")}");
    }

    [Fact]
    public async Task A_code_works_once_for_its_client_its_address_and_its_verifier()
    {
        async Task<string?> Code() => (await delphine.Get(SignInStory.Authorize)).Query("code");
        var code = await Code();
        (await story.Redeem(code)).GetProperty("access_token");

        Assert.Equal("invalid_grant", (await story.Redeem(code)).GetProperty("error").GetString());
        Assert.Equal("invalid_grant", (await story.Redeem(await Code(), verifier: "another-verifier-that-is-long-enough-0123456789")).GetProperty("error").GetString());
        Assert.Equal("invalid_request", (await story.Redeem(await Code(), verifier: "")).GetProperty("error").GetString());
        Assert.Equal("invalid_grant", (await story.Redeem(await Code(), redirect: "https://evil.demo.example/")).GetProperty("error").GetString());
        var late = await Code();
        host.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal("invalid_grant", (await story.Redeem(late)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_client_can_ask_for_a_fresh_sign_in()
    {
        host.Clock.Now += TimeSpan.FromMinutes(6);
        Assert.NotNull((await delphine.Get(SignInStory.AuthorizeWith(("max_age", "600")))).Query("code"));
        Assert.Equal("login_required", (await delphine.Get(SignInStory.AuthorizeWith(("max_age", "300"), ("prompt", "none")))).Query("error"));
        Assert.Equal("Sign in", (await delphine.Get(SignInStory.AuthorizeWith(("prompt", "login")))).Title);
        Assert.Equal("Sign in", (await delphine.Get(SignInStory.AuthorizeWith(("max_age", "300")))).Title);

        await delphine.Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));

        var token = new JsonWebToken((await story.Redeem(delphine.Query("code"))).GetProperty("access_token").GetString());
        Assert.Equal(host.Clock.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture), token.GetClaim("auth_time").Value);
    }

    [Fact]
    public async Task A_client_can_ask_for_two_factors()
    {
        await delphine.Get(SignInStory.AuthorizeWith(("acr_values", Sessions.TwoFactors)));
        Assert.Equal("Set up a second step", delphine.Title);
        await delphine.Submit(("Code", story.CodeFor(delphine)));
        await delphine.Get(delphine.Document.QuerySelector("main a")!.GetAttribute("href")!);

        var token = new JsonWebToken((await story.Redeem(delphine.Query("code"))).GetProperty("access_token").GetString());
        Assert.Equal(Sessions.TwoFactors, token.GetClaim("acr").Value);
    }

    [Fact]
    public async Task Another_page_cannot_sign_anybody_out_but_a_client_that_knows_whom_can()
    {
        var identity = (await story.Redeem((await delphine.Get(SignInStory.Authorize)).Query("code"))).GetProperty("id_token").GetString();

        Assert.Equal("Sign out", (await delphine.Get("/connect/logout")).Title);
        Assert.NotNull((await delphine.Get(SignInStory.Authorize)).Query("code"));
        await delphine.Get($"/connect/logout?id_token_hint={identity}&post_logout_redirect_uri=https://app.demo.example/signed-out");

        Assert.Equal("https://app.demo.example/signed-out", delphine.Towards!.ToString());
        Assert.Equal("Sign in", (await delphine.Get(SignInStory.Authorize)).Title);
    }
}
