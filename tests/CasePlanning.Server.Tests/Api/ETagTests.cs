using System.Net;
using System.Net.Http.Headers;
using Xunit;
using static CasePlanning.Server.Tests.Api.SampleRequests;

namespace CasePlanning.Server.Tests.Api;

public sealed class ETagTests(SampleHosts hosts) : IClassFixture<SampleHosts>
{
    private readonly HttpClient client = hosts.In("Production").As("ada");

    [Fact]
    public async Task What_people_share_has_a_strong_tag_that_begins_with_its_version()
    {
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var read = await client.GetAsync(made.Headers.Location);
        Assert.Matches("^\"1\\.[A-Za-z0-9_-]{22}\"$", read.Headers.ETag!.Tag);
        Assert.False(read.Headers.ETag.IsWeak);
        Assert.Equal(made.Headers.ETag, read.Headers.ETag);
        Assert.Equal("no-store", read.Headers.CacheControl!.ToString());
        Assert.Equal("Authorization, Accept", read.Headers.Vary.ToString());
        Assert.Equal(read.Content.Headers.ContentLength, (await read.Content.ReadAsByteArrayAsync()).Length);
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("W/{0}", true)]
    [InlineData("\"other\", {0}", true)]
    [InlineData("*", true)]
    [InlineData("\"other\"", false)]
    [InlineData("nonsense", false)]
    public async Task Who_has_it_already_is_not_sent_it_again(string known, bool isKnown)
    {
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var request = new HttpRequestMessage(HttpMethod.Get, made.Headers.Location);
        request.Headers.TryAddWithoutValidation("If-None-Match", known.Replace("{0}", made.Headers.ETag!.Tag, StringComparison.Ordinal));
        var answer = await client.SendAsync(request);
        Assert.Equal(isKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(made.Headers.ETag, answer.Headers.ETag);
        Assert.Equal(isKnown, (await answer.Content.ReadAsByteArrayAsync()).Length == 0);
    }

    [Fact]
    public async Task A_change_must_say_what_it_starts_from()
    {
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var answer = await client.SendAsync(Patch(made.Headers.Location!.ToString(), """{"words":"Anew."}""", ifMatch: null));
        await Problem.Of(answer, HttpStatusCode.PreconditionRequired, "version.missing");
    }

    [Theory]
    [InlineData("*")]
    [InlineData("1")]
    [InlineData("\"1.a")]
    [InlineData("\"1.a\", \"2.b\"")]
    public async Task A_malformed_If_Match_is_refused(string ifMatch)
    {
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var answer = await client.SendAsync(Patch(made.Headers.Location!.ToString(), """{"words":"Anew."}""", ifMatch));
        await Problem.Of(answer, HttpStatusCode.BadRequest, "version.malformed");
    }

    [Theory]
    [InlineData("\"2.kq1Yw0c3rX0dRz8G2m5ZsA\"")]
    [InlineData("\"0.x\"")]
    [InlineData("\"-1.x\"")]
    [InlineData("\"99999999999.x\"")]
    [InlineData("\"somebody-else's\"")]
    [InlineData("W/\"1.x\"")]
    public async Task A_stale_change_is_told_the_current_tag_and_changes_nothing(string ifMatch)
    {
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var answer = await client.SendAsync(Patch(made.Headers.Location!.ToString(), """{"words":"Anew."}""", ifMatch));
        var problem = await Problem.Of(answer, HttpStatusCode.PreconditionFailed, "version.stale");
        var now = await client.GetAsync(made.Headers.Location);
        Assert.Equal(now.Headers.ETag, answer.Headers.ETag);
        Assert.Equal(now.Headers.ETag!.ToString(), (string?)problem.Json["currentETag"]);
        Assert.Equal(made.Headers.ETag, now.Headers.ETag);
    }

    [Fact]
    public async Task Only_the_version_in_the_tag_is_compared()
    {
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var changed = await client.SendAsync(Patch(made.Headers.Location!.ToString(), """{"words":"Anew."}""", "\"1.derived-things-looked-otherwise-then\""));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.StartsWith("\"2.", changed.Headers.ETag!.Tag, StringComparison.Ordinal);
        Assert.Equal(changed.Headers.ETag, (await client.GetAsync(made.Headers.Location)).Headers.ETag);
    }

    [Fact]
    public async Task Two_changes_from_one_version_end_as_one_change_and_one_refusal()
    {
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote));
        var tag = made.Headers.ETag!.ToString();
        var first = await client.SendAsync(Patch(made.Headers.Location!.ToString(), """{"words":"Mine."}""", tag));
        var second = await client.SendAsync(Patch(made.Headers.Location!.ToString(), """{"words":"Mine!"}""", tag));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task A_change_to_what_is_not_there_is_not_found_however_it_is_tagged()
    {
        var answer = await client.SendAsync(Patch("/api/v1/notes/01999f3a-5c00-7000-8000-000000000009", """{"words":"Anew."}""", EntityTagHeaderValue.Parse("\"1.x\"").ToString()));
        await Problem.Of(answer, HttpStatusCode.NotFound, "request.not-found");
    }
}
