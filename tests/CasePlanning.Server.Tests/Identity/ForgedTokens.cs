using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CasePlanning.Server.Development;
using CasePlanning.Server.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>
/// Tokens that an honest issuer never makes, each wrong in one thing only. Most are signed with the host's own key, so that the
/// one wrong thing is what must be noticed.
/// </summary>
internal sealed class ForgedTokens(string person, SigningCredentials signing, EncryptingCredentials encryption, DateTimeOffset now)
{
    private const string Issuer = "http://localhost:5080/";

    private readonly RSA ownKey = ((RsaSecurityKey)signing.Key).Rsa;

    public Dictionary<string, string> All() => new()
    {
        ["not a token"] = "rhubarb",
        ["dots only"] = "...",
        ["three words"] = "one.two.three",
        ["five words"] = "one.two.three.four.five",
        ["eight thousand characters"] = new string('a', 8_000),
        ["header is no JSON"] = $"{Encoded("{{{")}.{Encoded("{}")}.{Encoded("x")}",

        ["no algorithm, no signature"] = Unsigned("none"),
        ["no algorithm, in capitals"] = Unsigned("NONE"),
        ["no algorithm, oddly written"] = Unsigned("nOnE"),
        ["no algorithm, a signature all the same"] = Unsigned("none") + Encoded("signature"),
        ["algorithm missing"] = $"{Encoded("""{"typ":"at+jwt"}""")}.{Encoded(Payload(Claims()))}.{Encoded("signature")}",
        ["symmetric, keyed with the public key as PEM"] = Symmetric(Encoding.ASCII.GetBytes(ownKey.ExportSubjectPublicKeyInfoPem())),
        ["symmetric, keyed with the public key as DER"] = Symmetric(ownKey.ExportSubjectPublicKeyInfo()),
        ["symmetric, keyed with the modulus"] = Symmetric(ownKey.ExportParameters(false).Modulus!),
        ["symmetric, keyed with nothing much"] = Symmetric(new byte[32]),

        ["another key under the same key id"] = Signed(Claims(), by: AnotherKey(signing.Key.KeyId)),
        ["another key under its own id"] = Signed(Claims(), by: AnotherKey("another")),
        ["another key under no id"] = Signed(Claims(), by: AnotherKey(null)),
        ["another key that the token brings along"] = BringingItsKey(),
        ["another key under an id that is a path"] = Signed(Claims(), by: AnotherKey("../../../../dev/null")),
        ["another key under an id that is an address"] = Signed(Claims(), by: AnotherKey("https://elsewhere.example/keys/1")),
        ["another key under an id that is a statement"] = Signed(Claims(), by: AnotherKey("' UNION SELECT 'key' --")),
        ["another algorithm of the same key"] = SignedAs("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        ["algorithm says one thing, signature another"] = SignedAs("RS512", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),

        ["signature cut off"] = Honest()[..Honest().LastIndexOf('.')],
        ["signature empty"] = Honest()[..(Honest().LastIndexOf('.') + 1)],
        ["signature shortened"] = Honest()[..^10],
        ["payload cut short"] = Honest().Split('.') is [var h, var p, var s] ? $"{h}.{p[..^8]}.{s}" : "",
        ["payload of another person"] = WithPayload(Honest(), Payload(Claims(("sub", Guid.CreateVersion7().ToString())))),
        ["payload with a longer life"] = WithPayload(Honest(), Payload(Claims(("exp", Seconds(now.AddYears(1)))))),
        ["header changed after signing"] = $"{Encoded("""{"alg":"RS256","typ":"at+jwt","more":1}""")}{Honest()[Honest().IndexOf('.')..]}",

        ["issuer is somebody else"] = Signed(Claims(("iss", "https://elsewhere.example/"))),
        ["issuer on another port"] = Signed(Claims(("iss", "http://localhost:5081/"))),
        ["issuer missing"] = Signed(Claims(("iss", null))),
        ["audience is somebody else"] = Signed(Claims(("aud", "another-api"))),
        ["audience only begins alike"] = Signed(Claims(("aud", IdentitySetup.Audience + "-admin"))),
        ["audience in capitals"] = Signed(Claims(("aud", IdentitySetup.Audience.ToUpperInvariant()))),
        ["audience missing"] = Signed(Claims(("aud", null))),
        ["audience empty"] = Signed(Claims(("aud", Array.Empty<string>()))),

        ["expired an hour ago"] = Signed(Claims(("exp", Seconds(now.AddHours(-1))))),
        ["expired two seconds ago"] = Signed(Claims(("exp", Seconds(now.AddSeconds(-2))))),
        ["expires never"] = Signed(Claims(("exp", null))),
        ["expiry is a word"] = Signed(Claims(("exp", "tomorrow"))),
        ["expiry before time began"] = Signed(Claims(("exp", -1L))),
        ["not valid until tomorrow"] = Signed(Claims(("nbf", Seconds(now.AddDays(1))))),

        ["type of an identity token"] = Signed(Claims(), type: "JWT"),
        ["type missing"] = Signed(Claims(), type: ""),
        ["type of a refresh token"] = Signed(Claims(), type: "oi_reft+jwt"),
        ["type of an authorization code"] = Signed(Claims(), type: "oi_auc+jwt"),
        ["type of a logout token"] = Signed(Claims(), type: "logout+jwt"),
        ["used as an identity token"] = Signed(Claims(("token_usage", "id_token"))),
        ["used as nobody knows what"] = Signed(Claims(("token_usage", "rhubarb"))),

        ["encrypted, with nothing signed inside"] = EncryptedOnly(),

        ["subject is nobody"] = Signed(Claims(("sub", Guid.CreateVersion7().ToString()))),
        ["subject missing"] = Signed(Claims(("sub", null))),
        ["subject is no id"] = Signed(Claims(("sub", "kezia.amari-holt@demo.example"))),
        ["of a client that was never registered"] = OfClient("nobodys-integrator"),
        ["of a client that calls itself by a person's id"] = OfClient(person),
        ["of a person who calls themselves by a client's id"] = Signed(Claims(("sub", DemoClient.ClientId))),
    };

    /// <summary>Right in all but that the client may no longer be what it was.</summary>
    public string OfClient(string client) => Signed(Claims(("sub", client), ("client_id", client), ("scope", "plans.read")));

    public string Honest() => Signed(Claims());

    private Dictionary<string, object> Claims(params (string Name, object? Value)[] wrong)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = IdentitySetup.Audience,
            ["sub"] = person,
            ["client_id"] = "development",
            ["iat"] = Seconds(now),
            ["exp"] = Seconds(now.AddMinutes(10)),
        };
        foreach (var (name, value) in wrong)
        {
            if (value is null)
                claims.Remove(name);
            else
                claims[name] = value;
        }

        return claims;
    }

    private string Signed(Dictionary<string, object> claims, SigningCredentials? by = null, string type = "at+jwt")
    {
        by ??= signing;
        var header = new Dictionary<string, object> { ["alg"] = "RS256" };
        if (by.Key.KeyId is { } id)
            header["kid"] = id;
        if (type.Length > 0)
            header["typ"] = type;
        return Signed(header, claims, ((RsaSecurityKey)by.Key).Rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private string SignedAs(string algorithm, HashAlgorithmName hash, RSASignaturePadding padding) => Signed(
        new() { ["alg"] = algorithm, ["kid"] = signing.Key.KeyId, ["typ"] = "at+jwt" }, Claims(), ownKey, hash, padding);

    private string BringingItsKey()
    {
        using var key = RSA.Create(2048);
        var (n, e) = (key.ExportParameters(false).Modulus, key.ExportParameters(false).Exponent);
        var header = new Dictionary<string, object>
        {
            ["alg"] = "RS256",
            ["typ"] = "at+jwt",
            ["jwk"] = new { kty = "RSA", n = Base64UrlEncoder.Encode(n), e = Base64UrlEncoder.Encode(e) },
            ["jku"] = "https://elsewhere.example/keys",
        };
        return Signed(header, Claims(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string Signed(
        Dictionary<string, object> header, Dictionary<string, object> claims, RSA key, HashAlgorithmName hash, RSASignaturePadding padding)
    {
        var content = $"{Encoded(JsonSerializer.Serialize(header))}.{Encoded(Payload(claims))}";
        return $"{content}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(content), hash, padding))}";
    }

    private string Symmetric(byte[] key)
    {
        var content = $"{Encoded($$"""{"alg":"HS256","kid":"{{signing.Key.KeyId}}","typ":"at+jwt"}""")}.{Encoded(Payload(Claims()))}";
        return $"{content}.{Base64UrlEncoder.Encode(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content)))}";
    }

    private string Unsigned(string algorithm) =>
        $"{Encoded($$"""{"alg":"{{algorithm}}","typ":"at+jwt"}""")}.{Encoded(Payload(Claims()))}.";

    private string EncryptedOnly() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Claims = Claims(),
        TokenType = "at+jwt",
        EncryptingCredentials = encryption,
    });

    private static string WithPayload(string token, string payload) =>
        token.Split('.') is [var header, _, var signature] ? $"{header}.{Encoded(payload)}.{signature}" : "";

    private static SigningCredentials AnotherKey(string? id) =>
        new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = id }, SecurityAlgorithms.RsaSha256);

    private static string Payload(Dictionary<string, object> claims) => JsonSerializer.Serialize(claims);

    private static string Encoded(string text) => Base64UrlEncoder.Encode(text);

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
