using System.Net;
using System.Text.Json;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>What a request says about where it came from is believed of the proxy in front alone.</summary>
public sealed class ProxyTests(ProxyTests.Behind behind) : IClassFixture<ProxyTests.Behind>
{
    private const string Proxy = "10.0.0.7";
    private const string Other = "10.0.0.8";
    private const string Client = "203.0.113.5";

    [Theory]
    [InlineData(Proxy, "203.0.113.1", "https", true)]
    [InlineData("::ffff:10.0.0.7", "203.0.113.2", "https", true)]
    [InlineData(Proxy, "127.0.0.1, 203.0.113.3", "https", true)]
    [InlineData(Proxy, $"203.0.113.4, {Proxy}", "https, https", true)]
    [InlineData(Proxy, Client, "http", false)]
    [InlineData(Proxy, Client, null, false)]
    [InlineData(Proxy, $"127.0.0.1, {Client}", "http", false)]
    [InlineData(Other, Client, "https", false)]
    [InlineData(Other, "127.0.0.1", "https", false)]
    [InlineData(Other, Proxy, "https", false)]
    [InlineData(Other, null, null, false)]
    [InlineData("127.0.0.1", null, null, true)]
    public async Task Plain_HTTP_is_looked_at_only_when_the_proxy_says_that_it_was_asked_over_TLS(string from, string? forwardedFor, string? proto, bool isLookedAt)
    {
        using var answer = await Send("/api/v1/me", from, ("X-Forwarded-For", forwardedFor), ("X-Forwarded-Proto", proto));

        Assert.Equal(isLookedAt ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(isLookedAt ? "access.not-signed-in" : "request.not-secure", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(isLookedAt && proto is not null, answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Nobody_gets_a_fresh_count_by_making_up_where_they_come_from()
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 6; i++)
        {
            using var answer = await Send("/api/v1/me", Proxy, ("X-Forwarded-For", $"198.51.100.{i}, {Client}"), ("X-Forwarded-Proto", "https"));
            answers.Add(answer.StatusCode);
        }

        using var another = await Send("/api/v1/me", Proxy, ("X-Forwarded-For", "203.0.113.6"), ("X-Forwarded-Proto", "https"));
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.Equal(HttpStatusCode.Unauthorized, another.StatusCode);
    }

    [Fact]
    public async Task What_host_was_asked_for_changes_no_address_that_is_given_out()
    {
        using var answer = await Send("/.well-known/openid-configuration", Proxy,
            ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "elsewhere.example"), ("X-Forwarded-Prefix", "/elsewhere"));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal("https://localhost/", JsonDocument.Parse(text).RootElement.GetProperty("issuer").GetString());
        Assert.DoesNotContain("elsewhere", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_not_ours_is_not_answered_to()
    {
        using var answer = await Send("/.well-known/openid-configuration", Proxy,
            ("X-Forwarded-For", "203.0.113.8"), ("X-Forwarded-Proto", "https"), ("Host", "elsewhere.example"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("elsewhere", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> Send(string address, string from, params (string Name, string? Value)[] headers)
    {
        using var client = behind.Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add(ComingFrom.Header, from);
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    public sealed class Behind : IAsyncLifetime
    {
        public PlanningHost Host { get; } = new()
        {
            Environment = "Production",
            Settings = new Dictionary<string, string> { ["Proxies:Known:0"] = Proxy, ["RateLimits:Anonymous:Requests"] = "3" },
            Replace = services => services.AddSingleton<IStartupFilter>(new ComingFrom()),
        };

        public ValueTask InitializeAsync() => Host.InitializeAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
