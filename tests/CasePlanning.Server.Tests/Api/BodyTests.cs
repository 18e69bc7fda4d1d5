using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using static CasePlanning.Server.Tests.Api.SampleRequests;

namespace CasePlanning.Server.Tests.Api;

public sealed class BodyTests(SampleHosts hosts) : IClassFixture<SampleHosts>
{
    public static TheoryData<string, string, string, string> Faults()
    {
        var faults = new TheoryData<string, string, string, string>();
        foreach (var environment in SampleHosts.Environments)
        {
            void Add(string body, string pointer, string code) => faults.Add(environment, body, pointer, code);
            void Change(string was, string becomes, string pointer, string code) => Add(GoodNote.Replace(was, becomes, StringComparison.Ordinal), pointer, code);

            Add("", "", "empty");
            Add("[]", "", "not-an-object");
            Add("null", "", "null");
            Add("\"x\"", "", "not-an-object");
            Add("{", "", "not-json");
            Add(GoodNote + "x", "", "not-json");
            Add("/* c */" + GoodNote, "", "not-json");
            Change("[\"home\"]", "[\"home\",]", "", "not-json");
            Add(string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40)), "", "not-json");
            Add(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)), "", "not-json");
            Add("{}", "/words", "missing-member");
            Change("\"stars\":3", "\"stars\":3,\"isAdmin\":true", "/isAdmin", "unknown-member");
            Change("\"stars\":3", "\"Stars\":3", "/Stars", "unknown-member");
            Change("\"stars\":3", "\"stars\":3,\"$type\":\"x\"", "/$type", "unknown-member");
            Change("\"stars\":3", "\"stars\":3,\"stars\":4", "/stars", "duplicate-member");
            Change("\"stars\":3", "\"stars\":3,\"st\\u0061rs\":4", "/stars", "duplicate-member");
            Change("\"stars\":3", "\"stars\":3,\"a/b~c\":4", "/a~1b~0c", "unknown-member");
            Change("\"system\":\"upn\",", "", "/child/identifiers/0/system", "missing-member");
            Change("\"system\":\"upn\"", "\"system\":\"upn\",\"use\":1", "/child/identifiers/0/use", "unknown-member");
            Change("\"It went well.\"", "null", "/words", "null");
            Change("\"stars\":3", "\"stars\":null", "/stars", "null");
            Change("[\"home\"]", "[\"home\",null]", "/labels/1", "null");
            Change("[{\"system\"", "[null,{\"system\"", "/child/identifiers/0", "null");
            Change("\"It went well.\"", "7", "/words", "not-text");
            Change("\"It went well.\"", "{}", "/words", "not-text");
            Change("\"stars\":3", "\"stars\":\"3\"", "/stars", "not-a-whole-number");
            Change("\"stars\":3", "\"stars\":3.5", "/stars", "not-a-whole-number");
            Change("\"stars\":3", "\"stars\":99999999999", "/stars", "not-a-whole-number");
            Change("\"stars\":3", "\"stars\":1e400", "/stars", "not-a-whole-number");
            Change("\"stars\":3", "\"stars\":3,\"cost\":1e400", "/cost", "not-a-number");
            Change("\"stars\":3", "\"stars\":3,\"weight\":1e400", "/weight", "not-a-number");
            Change("\"shared\":true", "\"shared\":\"true\"", "/shared", "not-true-or-false");
            Change("\"phoneCall\"", "\"PhoneCall\"", "/kind", "unknown-choice");
            Change("\"phoneCall\"", "\"phoneCall,letter\"", "/kind", "unknown-choice");
            Change("\"phoneCall\"", "1", "/kind", "unknown-choice");
            Change("\"phoneCall\"", "\"1\"", "/kind", "unknown-choice");
            Change("\"stars\":3", "\"stars\":3,\"second\":\"fax\"", "/second", "unknown-choice");
            Change("01999f3a-5c00-7000-8000-000000000002", "01999f3a", "/author", "not-an-id");
            Change("2026-10-14\"", "2026-02-30\"", "/on", "not-a-date");
            Change("2026-10-14\"", "14/10/2026\"", "/on", "not-a-date");
            Change("2026-10-14T16:30:00+01:00", "2026-10-14T16:30:00", "/at", "not-a-time");
            Change("2026-10-14T16:30:00+01:00", "2026-10-14", "/at", "not-a-time");
            Change("2026-10-14T16:30:00+01:00", "2026-10-14T25:30:00Z", "/at", "not-a-time");
            Change("2026-10-14T16:30:00+01:00", "0001-01-01T00:00:00+14:00", "/at", "not-a-time");
            Change("{\"givenName\"", "[{\"givenName\"", "", "not-json");
            Change("[\"home\"]", "\"home\"", "/labels", "not-a-list");
            Change("[\"home\"]", "{}", "/labels", "not-a-list");
            Change("It went well.", "\\ud800", "/words", "bad-unicode");
            Change("It went well.", "\\udc00\\ud800", "/words", "bad-unicode");
            Change("\"stars\":3", "\"stars\":3,\"\\ud800\":1", "", "bad-unicode");
            Change("2026-10-14\"", "\\ud800\"", "/on", "bad-unicode");
            Change("\"phoneCall\"", "\"\\ud800\"", "/kind", "bad-unicode");
        }

        return faults;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_in_a_body_is_named_by_its_pointer(string environment, string body, string pointer, string code)
    {
        var answer = await hosts.In(environment).As("ada").SendAsync(Post("/api/v1/notes", body));

        var problem = await Problem.Of(answer, HttpStatusCode.BadRequest, "request.malformed");
        Assert.Contains(problem.Errors, e => e.Pointer == pointer && e.Code == code);
    }

    [Theory]
    [InlineData(new byte[] { 0xff })]
    [InlineData(new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(new byte[] { 0xc0, 0x80 })]
    public async Task Bytes_that_are_not_UTF_8_are_refused_wherever_they_are(byte[] bad)
    {
        foreach (var place in new[] { "It went well.", "words" })
        {
            var at = GoodNote.IndexOf(place, StringComparison.Ordinal) + 1;
            byte[] body = [.. Encoding.UTF8.GetBytes(GoodNote[..at]), .. bad, .. Encoding.UTF8.GetBytes(GoodNote[at..])];
            var answer = await hosts.In("Development").As("ada").SendAsync(Post("/api/v1/notes", body));
            await Problem.Of(answer, HttpStatusCode.BadRequest, "request.malformed");
        }
    }

    [Fact]
    public async Task All_faults_are_named_at_once_and_no_value_is_repeated()
    {
        var answer = await hosts.In("Production").As("ada").SendAsync(Post("/api/v1/notes",
            """{"words":["sesame-1"],"kind":"sesame-2","author":"sesame-3","on":"sesame-4","stars":"sesame-5","child":{"sesame":"sesame-6"},"labels":[7,"ok",8]}"""));

        var problem = await Problem.Of(answer, HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(
            ["/at", "/author", "/child/givenName", "/child/sesame", "/kind", "/labels/0", "/labels/2", "/on", "/shared", "/stars", "/words"],
            problem.Errors.Select(e => e.Pointer).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("sesame-", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_of_nothing_but_faults_gets_a_short_answer()
    {
        var name = new string('n', 59) + "😀" + new string('n', 1000);
        var body = $$"""{"{{name}}":1,{{string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"x{i}\":1"))}}}""";
        var problem = await Problem.Of(
            await hosts.In("Production").As("ada").SendAsync(Post("/api/v1/notes", body)), HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal(50, problem.Errors.Count);
        Assert.True(problem.Text.Length < 10_000, "The names of members are cut.");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/merge-patch+json")]
    [InlineData("")]
    [InlineData("nonsense")]
    public async Task A_body_in_another_media_type_is_refused(string type)
    {
        var answer = await hosts.In("Production").As("ada").SendAsync(Post("/api/v1/notes", Encoding.UTF8.GetBytes(GoodNote), type: type));
        await Problem.Of(answer, HttpStatusCode.UnsupportedMediaType, "request.unsupported-media-type");
        Assert.Equal("application/json", Assert.Single(answer.Headers.GetValues("Accept-Post")));
    }

    [Fact]
    public async Task A_body_over_one_MiB_is_refused_with_and_without_a_stated_length()
    {
        var body = Encoding.UTF8.GetBytes(GoodNote + new string(' ', 1024 * 1024));
        var stated = await hosts.In("Production").As("ada").SendAsync(Post("/api/v1/notes", body));
        await Problem.Of(stated, HttpStatusCode.RequestEntityTooLarge, "request.too-large");

        var request = Post("/api/v1/notes", []);
        request.Content = new PushedContent(body);
        request.Content.Headers.ContentType = new("application/json");
        var pushed = await hosts.In("Production").As("ada").SendAsync(request);
        await Problem.Of(pushed, HttpStatusCode.RequestEntityTooLarge, "request.too-large");
    }

    [Fact]
    public async Task A_good_body_is_read_as_it_was_meant()
    {
        var answer = await hosts.In("Production").As("ada").SendAsync(Post("/api/v1/notes", GoodNote.Replace("It went", "Łukasz & 😀 <went>", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        var note = JsonNode.Parse(text)!;
        Assert.Equal("2026-10-14T15:30:00Z", (string?)note["at"]);
        Assert.Equal("2026-10-14", (string?)note["on"]);
        Assert.Equal("phoneCall", (string?)note["kind"]);
        Assert.False(note.AsObject().ContainsKey("aside"));
        Assert.Contains("Łukasz & 😀 <went>", System.Text.RegularExpressions.Regex.Unescape(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_tells_absent_from_null_from_a_value()
    {
        var client = hosts.In("Production").As("ada");
        var made = await client.SendAsync(Post("/api/v1/notes", GoodNote.Replace("\"stars\":3", "\"stars\":3,\"aside\":\"before\"", StringComparison.Ordinal)));
        var address = made.Headers.Location!.ToString();

        var named = await client.SendAsync(Patch(address, """{"words":"After."}""", made.Headers.ETag!.ToString()));
        var node = JsonNode.Parse(await named.Content.ReadAsStringAsync())!;
        Assert.Equal(("After.", "before"), ((string?)node["words"], (string?)node["aside"]));

        var cleared = await client.SendAsync(Patch(address, """{"aside":null}""", named.Headers.ETag!.ToString(), "application/json"));
        node = JsonNode.Parse(await cleared.Content.ReadAsStringAsync())!;
        Assert.Equal(("After.", null), ((string?)node["words"], (string?)node["aside"]));

        var refused = await client.SendAsync(Patch(address, """{"words":null,"on":"never","kind":7}""", cleared.Headers.ETag!.ToString()));
        var problem = await Problem.Of(refused, HttpStatusCode.BadRequest, "request.malformed");
        Assert.Equal([("/kind", "unknown-choice"), ("/on", "not-a-date"), ("/words", "null")], problem.Errors.Select(e => (e.Pointer, e.Code)).Order());
    }

    private sealed class PushedContent(byte[] body) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
