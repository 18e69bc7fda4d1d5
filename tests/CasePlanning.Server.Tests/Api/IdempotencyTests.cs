using System.Net;
using CasePlanning.Server.Api;
using Xunit;
using static CasePlanning.Server.Tests.Api.SampleRequests;

namespace CasePlanning.Server.Tests.Api;

public sealed class IdempotencyTests(SampleHosts hosts) : IClassFixture<SampleHosts>
{
    private readonly HttpClient client = hosts.In("Production").As("ada");

    [Fact]
    public async Task Creating_needs_a_key()
    {
        var request = Post("/api/v1/notes", GoodNote);
        request.Headers.Remove(Idempotency.Header);
        var problem = await Problem.Of(await client.SendAsync(request), HttpStatusCode.BadRequest, "idempotency.key-missing");
        Assert.Equal(Idempotency.Header, Assert.Single(problem.Errors).Parameter);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("café")]
    [InlineData("tab\there")]
    public async Task A_key_is_visible_ASCII(string key) =>
        await Problem.Of(await client.SendAsync(Post("/api/v1/notes", GoodNote, key)), HttpStatusCode.BadRequest, "idempotency.key-malformed");

    [Fact]
    public async Task A_key_is_no_longer_than_255_characters_and_given_once()
    {
        await Problem.Of(await client.SendAsync(Post("/api/v1/notes", GoodNote, new string('k', 256))), HttpStatusCode.BadRequest, "idempotency.key-malformed");
        Assert.Equal(HttpStatusCode.Created, (await client.SendAsync(Post("/api/v1/notes", GoodNote, new string('k', 255)))).StatusCode);

        var twice = Post("/api/v1/notes", GoodNote);
        twice.Headers.TryAddWithoutValidation(Idempotency.Header, "another");
        await Problem.Of(await client.SendAsync(twice), HttpStatusCode.BadRequest, "idempotency.key-malformed");
    }

    [Fact]
    public async Task A_repeat_gets_the_first_result_again()
    {
        var key = Guid.NewGuid().ToString();
        var first = await client.SendAsync(Post("/api/v1/notes", GoodNote, key));
        var again = await client.SendAsync(Post("/api/v1/notes", GoodNote, key));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.False(first.Headers.Contains(Idempotency.ReplayedHeader));
        Assert.Equal("true", again.Headers.GetValues(Idempotency.ReplayedHeader).Single());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());

        var other = await client.SendAsync(Post("/api/v1/notes", GoodNote.Replace("well", "badly", StringComparison.Ordinal), key));
        await Problem.Of(other, HttpStatusCode.UnprocessableEntity, "idempotency.key-reused");
    }

    [Fact]
    public async Task A_request_that_overtakes_itself_waits_its_turn()
    {
        await using var host = await SampleHost.Start();
        var (gate, arrival) = host.HoldUp();
        var running = host.As("ada").SendAsync(Post("/api/v1/notes", GoodNote, "k1"));
        await arrival;
        var overtaking = await host.As("ada").SendAsync(Post("/api/v1/notes", GoodNote, "k1"));
        await Problem.Of(overtaking, HttpStatusCode.Conflict, "idempotency.in-progress");
        Assert.Equal(TimeSpan.FromSeconds(1), overtaking.Headers.RetryAfter!.Delta);

        var somebodyElse = host.As("bob").SendAsync(Post("/api/v1/notes", GoodNote, "k1"));
        gate.SetResult();
        Assert.Equal(HttpStatusCode.Created, (await running).StatusCode);
        Assert.NotEqual(HttpStatusCode.Conflict, (await somebodyElse).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await host.As("ada").SendAsync(Post("/api/v1/notes", GoodNote, "k1"))).StatusCode);
    }
}
