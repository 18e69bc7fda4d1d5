using System.Net;
using System.Net.Http.Headers;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Server;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

public sealed class BearerTests(PlanningHost host, ITestOutputHelper output) : IClassFixture<PlanningHost>
{
    private const string Guarded = "/api/v1/me";
    private const string Agency = "Larkmoor Academy";

    [Fact]
    public async Task A_token_of_the_issuer_is_let_in()
    {
        using var answer = await AskWith((await Forgery()).Honest());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Every_other_token_is_refused()
    {
        var honest = (await Forgery()).Honest();
        var kinds = new Dictionary<string, HttpRequestMessage>();
        foreach (var (kind, token) in (await Forgery()).All().Concat(await Issued()))
            kinds.Add(kind, With($"Bearer {token}"));
        foreach (var (kind, authorization) in new (string, string?)[]
        {
            ("no header", null), ("header empty", ""), ("scheme alone", "Bearer"), ("scheme and a space", "Bearer "), ("password instead", "Basic a2V6aWE6YW1hcmk="),
            ("ticket instead", "Negotiate abc"), ("token without a scheme", honest), ("another scheme", $"DPoP {honest}"), ("two in one header", $"Bearer {honest}, Bearer {honest}"),
            ("something after the token", $"Bearer {honest} more"), ("white space inside the token", $"Bearer {honest[..40]} {honest[40..]}"),
        })
        {
            kinds.Add(kind, With(authorization));
        }

        kinds.Add("two headers", With($"Bearer {honest}", $"Bearer {honest}"));
        kinds.Add("in the address", new HttpRequestMessage(HttpMethod.Get, $"{Guarded}?access_token={honest}"));
        kinds.Add("in a form", new HttpRequestMessage(HttpMethod.Post, "/api/v1/plans") { Content = new FormUrlEncodedContent([new("access_token", honest)]) });
        kinds.Add("in a cookie", With());
        kinds["in a cookie"].Headers.Add("Cookie", $"access_token={honest}");

        using var client = host.CreateClient(new() { HandleCookies = false });
        foreach (var (kind, request) in kinds)
        {
            using var answer = await client.SendAsync(request);

            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized, $"{kind}: {answer.StatusCode}");
            await AssertRefusal(answer);
        }

        output.WriteLine($"Bad tokens: {kinds.Count} kinds, each refused with 401.");
        Assert.InRange(kinds.Count, 40, int.MaxValue);
    }

    /// <summary>What an honest issuer gave, and what is none of ours, no longer ours, or no access token.</summary>
    private async Task<Dictionary<string, string>> Issued()
    {
        var forgery = await Forgery();
        var (ended, expired, live) = (await host.Integrators.Register(Agency), await host.Integrators.Register(Agency, until: host.Clock.Now), await host.Integrators.Register(Agency));
        await host.Integrators.End(ended);
        using (var sound = await AskWith(forgery.OfClient(live)))
            Assert.Equal(HttpStatusCode.OK, sound.StatusCode);

        await using var elsewhere = new PlanningHost { BeginsEmpty = true };
        var story = new SignInStory(host);
        await story.RegisterApp();
        await story.HasPassword("delphine.holt");
        using var delphine = story.Visitor();
        await (await delphine.Get("/sign-in")).Submit(("Email", "delphine.holt@demo.example"), ("Password", SignInStory.Password));
        var granted = await story.Redeem((await delphine.Get(SignInStory.Authorize)).Query("code"));
        var token = granted.GetProperty("access_token").GetString()!;
        using (var sound = await AskWith(token))
            Assert.Equal(HttpStatusCode.OK, sound.StatusCode);
        var code = (await delphine.Get(SignInStory.Authorize)).Query("code")!;
        await story.Change("delphine.holt", account => account.EndSessions());
        return new()
        {
            ["of a client that was ended"] = forgery.OfClient(ended),
            ["of a client whose binding to its agency has ended"] = forgery.OfClient(expired),
            ["of a person on another installation"] = await elsewhere.TokenOf("kezia.amari-holt"),
            ["of a client on another installation"] = await elsewhere.Integrators.TokenOf(live, ["plans.read"]),
            ["an identity token"] = granted.GetProperty("id_token").GetString()!,
            ["an authorization code"] = code,
            ["of a sign-in that was ended"] = token,
        };
    }

    private static HttpRequestMessage With(params string?[] authorizations)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Guarded);
        foreach (var authorization in authorizations.OfType<string>())
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    [Fact]
    public async Task An_address_that_is_no_route_tells_a_stranger_nothing()
    {
        using var client = host.CreateClient();

        using var answer = await client.GetAsync("/api/v1/rhubarb");

        await AssertRefusal(answer);
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        using var kezia = host.CreateClient();
        kezia.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await host.TokenOf("kezia.amari-holt"));
        var now = host.Clock.Now;
        try
        {
            host.Clock.Now = now.AddHours(8);
            using var inTime = await kezia.GetAsync(Guarded);
            host.Clock.Now = now.AddHours(8).AddSeconds(1);
            using var tooLate = await kezia.GetAsync(Guarded);

            Assert.Equal(HttpStatusCode.OK, inTime.StatusCode);
            await AssertRefusal(tooLate);
        }
        finally
        {
            host.Clock.Now = now;
        }
    }

    private async Task<HttpResponseMessage> AskWith(string token)
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync(Guarded);
    }

    private async Task<ForgedTokens> Forgery()
    {
        var issuer = host.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        var person = new JsonWebToken(await host.TokenOf("kezia.amari-holt")).Subject;
        return new(person, issuer.SigningCredentials[0], issuer.EncryptionCredentials[0], host.Clock.Now);
    }

    private static async Task AssertRefusal(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("access.not-signed-in", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
