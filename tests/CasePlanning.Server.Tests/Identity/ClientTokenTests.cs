using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using CasePlanning.Application.Accounts;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Tests.Support;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>How a client gets a token, by its secret or by its key, and what the token lets it do.</summary>
public sealed class ClientTokenTests(PlanningHost host) : IClassFixture<PlanningHost>, IDisposable
{
    private const string School = "Larkmoor Academy";
    private const string Issuer = "http://localhost:5080/";
    private const string Type = "client-authentication+jwt";
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private readonly RSA key = RSA.Create(2048);
    private readonly ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose()
    {
        key.Dispose();
        curve.Dispose();
    }

    [Theory]
    [InlineData("plans.read contributions.write", null, "contributions.write plans.read")]
    [InlineData("plans.read contributions.write", "plans.read", "plans.read")]
    [InlineData("plans.read", "plans.read contributions.write", "plans.read")]
    [InlineData("plans.read", null, "plans.read")]
    public async Task What_is_granted_is_what_is_asked_for_and_registered(string registered, string? asked, string granted)
    {
        var client = await host.Integrators.Register(School, registered.Split(' '));

        var answer = await Ask(("client_id", client), ("client_secret", Integrators.Secret), ("scope", asked));

        var token = new JsonWebToken(answer.GetProperty("access_token").GetString());
        Assert.Equal(granted, string.Join(' ', token.GetClaim("scope").Value.Split(' ').Order(StringComparer.Ordinal)));
        Assert.InRange(answer.GetProperty("expires_in").GetInt32(), 1, 600);
        Assert.False(answer.TryGetProperty("refresh_token", out _));
    }

    [Theory]
    [InlineData("contributions.write", "invalid_scope")]
    [InlineData("everything", "invalid_scope")]
    public async Task Asking_for_nothing_that_is_registered_gets_nothing(string asked, string error)
    {
        var client = await host.Integrators.Register(School, [ClientScopes.PlansRead]);

        Assert.Equal(error, await ErrorOf(("client_id", client), ("client_secret", Integrators.Secret), ("scope", asked)));
    }

    [Fact]
    public async Task A_client_that_was_ended_gets_no_token()
    {
        var client = await host.Integrators.Register(School);
        await host.Integrators.End(client);

        Assert.Equal("invalid_client", await ErrorOf(("client_id", client), ("client_secret", Integrators.Secret)));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task A_client_gets_a_token_by_signing(string algorithm)
    {
        var client = await RegisterKey(algorithm is "ES256" ? curve.ExportSubjectPublicKeyInfoPem() : key.ExportSubjectPublicKeyInfoPem());

        var granted = await Ask(By(Assertion(client, by: algorithm is "ES256" ? new ECDsaSecurityKey(curve) : null, algorithm: algorithm)));
        using var caller = host.Calling(() => Task.FromResult(granted.GetProperty("access_token").GetString()!));

        Assert.Equal(client, (await caller.Get("/me")).Expect(200)["clientId"].GetString());
    }

    [Fact]
    public async Task An_assertion_works_once()
    {
        var client = await RegisterKey(key.ExportSubjectPublicKeyInfoPem());
        var assertion = Assertion(client);

        await Ask(By(assertion));

        Assert.Equal("invalid_client", await ErrorOf(By(assertion)));
        // Signed anew, under the same id.
        Assert.Equal("invalid_client", await ErrorOf(By(Assertion(client, id: new JsonWebToken(assertion).Id))));
        await Ask(By(Assertion(client)));
    }

    [Fact]
    public async Task What_a_client_calls_its_assertion_is_its_own_affair()
    {
        var (one, other) = (await RegisterKey(key.ExportSubjectPublicKeyInfoPem()), await RegisterKey(key.ExportSubjectPublicKeyInfoPem()));

        await Ask(By(Assertion(one, id: "first")));
        await Ask(By(Assertion(other, id: "first")));
        Assert.Equal(1, await Kept());
        host.Clock.Now += TimeSpan.FromMinutes(20);
        await Ask(By(Assertion(one, id: "second")));

        // What has expired is refused for that, and need not be remembered.
        Assert.Equal(1, await Kept());

        Task<int> Kept() => new SignInStory(host).With(database => Task.FromResult(database.UsedAssertions.Count(a => a.ClientId == one)));
    }

    public static TheoryData<string> Wrong =>
    [
        "another key", "another key under the same id", "for somebody else", "for nobody", "expired", "just expired", "never expires", "far too long", "no id", "an endless id",
        "keyed with the public key", "not signed", "issued by another", "about another", "of a client with a secret", "a secret besides", "of another type", "an access token", "not a token",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Any_other_assertion_gets_nothing(string kind)
    {
        var client = await RegisterKey(key.ExportSubjectPublicKeyInfoPem());
        var withSecret = await host.Integrators.Register(School);
        using var another = RSA.Create(2048);
        var assertion = kind switch
        {
            "another key" => Assertion(client, by: new RsaSecurityKey(another)),
            "another key under the same id" => Assertion(client, by: new RsaSecurityKey(another) { KeyId = new RsaSecurityKey(key.ExportParameters(false)).KeyId }),
            "for somebody else" => Assertion(client, audience: "https://elsewhere.example/"),
            "for nobody" => Assertion(client, audience: null),
            "expired" => Assertion(client, life: TimeSpan.FromHours(-1)),
            "just expired" => Assertion(client, life: TimeSpan.Zero),
            "never expires" => Assertion(client, life: null),
            "far too long" => Assertion(client, life: TimeSpan.FromHours(1)),
            "no id" => Assertion(client, id: ""),
            "an endless id" => Assertion(client, id: new string('i', 5_000)),
            "keyed with the public key" => Assertion(client, by: new SymmetricSecurityKey(key.ExportSubjectPublicKeyInfo()), algorithm: "HS256"),
            "not signed" => Unsigned(client),
            "issued by another" => Assertion(client, issuer: withSecret),
            "about another" => Assertion(client, subject: withSecret),
            "of a client with a secret" => Assertion(withSecret),
            "a secret besides" => Assertion(client),
            "of another type" => Assertion(client, type: "JWT"),
            "an access token" => await host.Integrators.TokenOf(client, ClientScopes.All),
            _ => "rhubarb",
        };

        var error = await ErrorOf([.. By(assertion), .. kind is "a secret besides" ? [("client_id", client), ("client_secret", Integrators.Secret)] : Array.Empty<(string, string?)>()]);

        Assert.Contains(error, (string[])["invalid_client", "invalid_request", "invalid_grant", "invalid_token"]);
    }

    [Fact]
    public async Task A_client_with_a_key_has_no_secret_and_the_other_way_round()
    {
        var client = await RegisterKey(key.ExportSubjectPublicKeyInfoPem());

        foreach (var secret in (string?[])[null, "", Integrators.Secret])
            Assert.Contains(await ErrorOf(("client_id", client), ("client_secret", secret)), (string[])["invalid_client", "invalid_request"]);
    }

    [Fact]
    public void A_key_is_public_and_long_enough()
    {
        using var shortKey = RSA.Create(1024);
        Assert.Throws<FormatException>(() => ClientCredential.PublicKey.OfPem(key.ExportPkcs8PrivateKeyPem()));
        Assert.Throws<FormatException>(() => ClientCredential.PublicKey.OfPem(shortKey.ExportSubjectPublicKeyInfoPem()));
        Assert.Throws<FormatException>(() => ClientCredential.PublicKey.OfPem("rhubarb"));
        Assert.Equal(curve.ExportSubjectPublicKeyInfoPem(), ClientCredential.PublicKey.OfPem(curve.ExportSubjectPublicKeyInfoPem()).Pem);
    }

    private Task<string> RegisterKey(string pem) => host.Integrators.Register(School, credential: ClientCredential.PublicKey.OfPem(pem));

    private static (string, string?)[] By(string assertion) => [("client_assertion_type", AssertionType), ("client_assertion", assertion)];

    private string Assertion(
        string client, SecurityKey? by = null, string algorithm = "RS256", string? audience = Issuer, string? issuer = null, string? subject = null,
        string? id = null, string type = Type) => Assertion(client, TimeSpan.FromMinutes(2), by, algorithm, audience, issuer, subject, id, type);

    private string Assertion(
        string client, TimeSpan? life, SecurityKey? by = null, string algorithm = "RS256", string? audience = Issuer, string? issuer = null,
        string? subject = null, string? id = null, string type = Type)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer ?? client,
            ["sub"] = subject ?? client,
            ["iat"] = (host.Clock.Now - TimeSpan.FromMinutes(1)).ToUnixTimeSeconds(),
        };
        if (audience is not null)
            claims["aud"] = audience;
        if (life is { } lasts)
            claims["exp"] = (host.Clock.Now + lasts).ToUnixTimeSeconds();
        if (id is not "")
            claims["jti"] = id ?? Guid.NewGuid().ToString();
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            TokenType = type,
            SigningCredentials = new SigningCredentials(by ?? new RsaSecurityKey(key), algorithm),
        });
    }

    private string Unsigned(string client) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"client-authentication+jwt"}""")}.{Assertion(client).Split('.')[1]}.";

    private async Task<JsonElement> Ask(params (string Name, string? Value)[] fields)
    {
        using var answer = await Post(fields);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<string?> ErrorOf(params (string Name, string? Value)[] fields)
    {
        using var answer = await Post(fields);
        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString();
    }

    private async Task<HttpResponseMessage> Post((string Name, string? Value)[] fields)
    {
        using var client = host.CreateClient();
        return await client.PostAsync("/connect/token", new FormUrlEncodedContent(
            fields.Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!)).Prepend(new("grant_type", "client_credentials"))));
    }
}
