using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using CasePlanning.Server.Development;
using CasePlanning.Server.Tests.Support;
using CsCheck;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

public sealed class TokenEndpointTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    [Fact]
    public async Task A_client_with_its_secret_gets_a_token_for_ten_minutes_that_the_API_accepts()
    {
        using var client = host.CreateClient();

        using var answer = await client.PostAsync("/connect/token", Credentials());
        var granted = await answer.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new("Bearer", granted.GetProperty("access_token").GetString());
        var caller = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");

        Assert.Equal("Bearer", granted.GetProperty("token_type").GetString());
        Assert.InRange(granted.GetProperty("expires_in").GetInt32(), 590, 600);
        Assert.Equal(DemoClient.ClientId, caller.GetProperty("clientId").GetString());
        Assert.False(caller.TryGetProperty("personId", out _));
    }

    [Fact]
    public async Task The_secret_may_come_as_basic_authentication()
    {
        using var answer = await Post(new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
            new AuthenticationHeaderValue("Basic", Base64($"{DemoClient.ClientId}:{DemoClient.Secret}")));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task In_Production_there_is_no_demo_client_and_nothing_is_told_without_TLS()
    {
        await using var production = new PlanningHost { Environment = "Production" };
        using var plain = production.CreateClient();
        using var secure = production.CreateClient(new() { BaseAddress = new Uri("https://localhost") });

        using var overPlain = await plain.PostAsync("/connect/token", Credentials());
        using var overSecure = await secure.PostAsync("/connect/token", Credentials());

        Assert.Equal("invalid_request", (await overPlain.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
        Assert.Equal("invalid_client", (await overSecure.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("client_secret", "wrong", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("client_secret", "", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("client_id", "nobody", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("client_id", "THORNMERE-INTEGRATOR", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("client_id", "", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("grant_type", "password", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData("grant_type", "authorization_code", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("grant_type", "rhubarb", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData("grant_type", "", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("scope", "everything", HttpStatusCode.BadRequest, "invalid_scope")]
    [InlineData("scope", "offline_access", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("client_assertion", "eyJhbGciOiJub25lIn0.e30.", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task A_wrong_request_gets_the_error_that_OAuth_has_for_it(string field, string value, HttpStatusCode status, string error)
    {
        using var answer = await Post(Credentials((field, value)));

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(error, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
        Assert.DoesNotContain(DemoClient.Secret, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("application/json", """{"grant_type":"client_credentials"}""")]
    [InlineData("text/plain", "grant_type=client_credentials")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nrhubarb")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("application/x-www-form-urlencoded", "&&&===&=&")]
    [InlineData("application/x-www-form-urlencoded", "grant_type=client_credentials&grant_type=client_credentials")]
    [InlineData("application/x-www-form-urlencoded", "grant_type=%00%ff%zz&client_id=%ed%a0%80")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "grant_type=client_credentials")]
    [InlineData("application/x-www-form-urlencoded; charset=rhubarb", "grant_type=client_credentials")]
    [InlineData("application/x-www-form-urlencodedrhubarb", "grant_type=client_credentials")]
    public async Task A_form_that_makes_no_sense_is_a_bad_request(string? type, string body)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await Post(content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("invalid_request", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("a huge value", 1, 1_000_000)]
    [InlineData("a long name", 1, 0)]
    [InlineData("very many fields", 5_000, 1)]
    [InlineData("more than any host should read", 40, 1_000_000)]
    public async Task A_form_that_is_too_big_is_a_bad_request(string kind, int fields, int length)
    {
        var name = new string('n', length == 0 ? 100_000 : 3);
        var body = string.Join('&', Enumerable.Range(0, fields).Select(i => $"{name}{i}={new string('v', length)}"));

        using var answer = await Post(new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"));

        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{kind}: {answer.StatusCode}");
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic Og==")]
    [InlineData("Basic /////w==")]
    [InlineData("Bearer rhubarb")]
    public async Task Broken_credentials_in_the_header_are_refused(string authorization)
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await client.PostAsync("/connect/token", new FormUrlEncodedContent([new("grant_type", "client_credentials")]));

        Assert.InRange((int)answer.StatusCode, 400, 401);
    }

    [Fact]
    public async Task Only_POST_is_answered()
    {
        using var client = host.CreateClient();
        foreach (var method in (string[])["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
        {
            using var answer = await client.SendAsync(new(HttpMethod.Parse(method), "/connect/token?grant_type=client_credentials"));

            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public async Task No_bytes_at_all_make_it_fail()
    {
        var field = Gen.OneOf("grant_type", "client_id", "client_secret", "scope", "client_assertion", "client_assertion_type", "");
        var value = Gen.OneOf(Gen.String, Gen.OneOf("client_credentials", DemoClient.ClientId, DemoClient.Secret, "\0", "%", "\ud800"));
        var form = Gen.Select(field, value, (name, text) => $"{name}={text}").Array[0, 8]
            .Select(pairs => Encoding.UTF8.GetBytes(string.Join('&', pairs)));

        await Gen.OneOf(Gen.Byte.Array[0, 400], form).SampleAsync(async bytes =>
        {
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new("application/x-www-form-urlencoded");
            using var answer = await Post(content);
            return (int)answer.StatusCode < 500;
        }, iter: 300, threads: 1);
    }

    private async Task<HttpResponseMessage> Post(HttpContent content, AuthenticationHeaderValue? credentials = null)
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = credentials;
        return await client.PostAsync("/connect/token", content);
    }

    private static FormUrlEncodedContent Credentials(params (string Field, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = DemoClient.ClientId,
            ["client_secret"] = DemoClient.Secret,
        };
        foreach (var (field, value) in changes)
            fields[field] = value;
        return new(fields);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
