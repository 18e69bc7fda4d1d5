using System.Net;
using System.Net.Http.Headers;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Server;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

public sealed class BearerTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    private const string Guarded = "/api/v1/me";

    [Fact]
    public async Task A_token_of_the_issuer_is_let_in()
    {
        using var answer = await AskWith((await Forgery()).Honest());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Every_other_token_is_refused()
    {
        foreach (var (kind, token) in (await Forgery()).All())
        {
            using var answer = await AskWith(token);

            Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized, $"{kind}: {answer.StatusCode}");
            await AssertRefusal(answer);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic a2V6aWE6YW1hcmk=")]
    [InlineData("Negotiate abc")]
    [InlineData("Bearer one, Bearer two")]
    public async Task A_call_without_a_token_is_refused(string authorization)
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await client.GetAsync(Guarded);

        await AssertRefusal(answer);
    }

    [Fact]
    public async Task An_address_that_is_no_route_tells_a_stranger_nothing()
    {
        using var client = host.CreateClient();

        using var answer = await client.GetAsync("/api/v1/rhubarb");

        await AssertRefusal(answer);
    }

    [Fact]
    public async Task A_token_in_the_address_or_in_a_form_is_not_looked_at()
    {
        var token = (await Forgery()).Honest();
        using var client = host.CreateClient();

        using var inAddress = await client.GetAsync($"{Guarded}?access_token={token}");
        using var inForm = await client.PostAsync("/api/v1/plans", new FormUrlEncodedContent([new("access_token", token)]));

        await AssertRefusal(inAddress);
        await AssertRefusal(inForm);
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
