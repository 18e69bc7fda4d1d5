using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

public sealed class BearerTests(IdentityHost host) : IClassFixture<IdentityHost>
{
    [Fact]
    public async Task A_token_of_the_issuer_is_let_in()
    {
        using var answer = await Ask(bearer: Forgery().Honest());

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Every_other_token_is_refused()
    {
        foreach (var (kind, token) in Forgery().All())
        {
            using var answer = await Ask(bearer: token);

            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{kind}: {answer.StatusCode}");
            Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
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
        using var answer = await Ask(authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task A_token_in_the_address_or_in_a_form_is_not_looked_at()
    {
        var token = Forgery().Honest();
        using var client = host.CreateClient();

        using var inAddress = await client.GetAsync($"/who?access_token={token}");
        using var inForm = await client.PostAsync("/who", new FormUrlEncodedContent([new("access_token", token)]));

        Assert.Equal(HttpStatusCode.Unauthorized, inAddress.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, inForm.StatusCode);
    }

    [Fact]
    public async Task A_token_of_another_host_is_refused()
    {
        await using var other = new IdentityHost();

        using var answer = await Ask(bearer: await other.TokenOf(Guid.CreateVersion7()));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private ForgedTokens Forgery()
    {
        var issuer = host.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        return new(issuer.SigningCredentials[0], issuer.EncryptionCredentials[0], issuer.TimeProvider.GetUtcNow());
    }

    private async Task<HttpResponseMessage> Ask(string? authorization = null, string? bearer = null)
    {
        using var client = host.CreateClient();
        if (bearer is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        else
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        return await client.GetAsync("/who");
    }
}
