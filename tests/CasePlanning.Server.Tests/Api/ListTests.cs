using System.Net;
using System.Text.Json.Nodes;
using Xunit;
using static CasePlanning.Server.Tests.Api.SampleRequests;

namespace CasePlanning.Server.Tests.Api;

public sealed class ListTests(SampleHosts hosts) : IClassFixture<SampleHosts>
{
    private readonly HttpClient client = hosts.In("Production").As("ada");

    [Fact]
    public async Task Pages_follow_each_other_by_cursor_or_link_to_the_end()
    {
        await using var host = await SampleHost.Start();
        var ada = host.As("ada");
        for (var i = 0; i < 5; i++)
            await ada.SendAsync(Post("/api/v1/notes", GoodNote));

        var seen = new List<string>();
        var address = "/api/v1/notes?kind=phoneCall&limit=2";
        for (var page = 1; page <= 3; page++)
        {
            var answer = await ada.GetAsync(address);
            var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
            seen.AddRange(json["items"]!.AsArray().Select(i => (string)i!["id"]!));
            Assert.True(json.ContainsKey("next"), "next is there even when it is null");
            Assert.Equal(page == 3, json["next"] is null);
            Assert.Equal(page == 3, !answer.Headers.Contains("Link"));
            if (page < 3)
            {
                address = answer.Headers.GetValues("Link").Single().Split('<', '>')[1];
                Assert.Equal($"/api/v1/notes?kind=phoneCall&limit=2&cursor={json["next"]}", address);
            }
        }

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task A_list_that_has_not_changed_is_not_sent_again()
    {
        await client.SendAsync(Post("/api/v1/notes", GoodNote));
        await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var first = await client.GetAsync("/api/v1/notes?limit=1");
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/notes?limit=1");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_cursor_opens_only_for_whom_and_for_what_it_was_given()
    {
        await client.SendAsync(Post("/api/v1/notes", GoodNote));
        await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var cursor = (string)JsonNode.Parse(await client.GetStringAsync("/api/v1/notes?limit=1"))!["next"]!;
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/notes?limit=7&cursor={cursor}")).StatusCode);

        async Task IsBad(HttpClient who, string query) =>
            await Problem.Of(await who.GetAsync($"/api/v1/notes?{query}"), HttpStatusCode.BadRequest, "request.bad-cursor");
        await IsBad(hosts.In("Production").As("bob"), $"cursor={cursor}");
        await IsBad(client, $"kind=letter&cursor={cursor}");
        await IsBad(client, "cursor=made-up");
        await IsBad(client, "cursor=");
        await IsBad(client, "cursor=%F0%9F%98%80");
        await IsBad(client, $"cursor={cursor[..^1]}");
        await IsBad(client, $"cursor={cursor[..20]}{(cursor[20] == 'A' ? 'B' : 'A')}{cursor[21..]}");
    }

    [Theory]
    [InlineData("limit=0", "limit", "out-of-range")]
    [InlineData("limit=201", "limit", "out-of-range")]
    [InlineData("limit=ten", "limit", "not-a-whole-number")]
    [InlineData("limit=", "limit", "not-a-whole-number")]
    [InlineData("limit=99999999999", "limit", "not-a-whole-number")]
    [InlineData("limit=1&limit=2", "limit", "duplicate-parameter")]
    [InlineData("kind=Letter", "kind", "unknown-choice")]
    [InlineData("kind=fax", "kind", "unknown-choice")]
    [InlineData("since=yesterday", "since", "not-a-date")]
    [InlineData("mine=perhaps", "mine", "not-true-or-false")]
    [InlineData("kindd=letter", "kindd", "unknown-parameter")]
    [InlineData("Kind=letter", "Kind", "unknown-parameter")]
    public async Task A_query_parameter_that_cannot_be_used_is_named(string query, string parameter, string code)
    {
        foreach (var environment in SampleHosts.Environments)
        {
            var answer = await hosts.In(environment).As("ada").GetAsync($"/api/v1/notes?{query}");
            var problem = await Problem.Of(answer, HttpStatusCode.BadRequest, "request.bad-parameter");
            Assert.Equal((parameter, code), problem.Errors.Select(e => (e.Parameter, e.Code)).Single());
        }
    }

    [Fact]
    public async Task A_route_without_parameters_takes_none() =>
        await Problem.Of(await client.GetAsync("/api/v1/notes/01999f3a-5c00-7000-8000-000000000009?limit=1"), HttpStatusCode.BadRequest, "request.bad-parameter");
}
