using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

public sealed class OpenApiTests(SampleHosts hosts) : IClassFixture<SampleHosts>
{
    private const string Document = "/swagger/v1/swagger.json";

    private async Task<JsonNode> Read() => JsonNode.Parse(await hosts.In("Production").As(null).GetStringAsync(Document))!;

    [Fact]
    public async Task The_same_routes_give_the_same_bytes_on_every_host()
    {
        var client = hosts.In("Production").As(null);
        Assert.Equal(await client.GetStringAsync(Document), await client.GetStringAsync(Document));
        Assert.Equal(await client.GetStringAsync(Document), await hosts.In("Development").As(null).GetStringAsync(Document));
        Assert.Equal("""[{"url":"/","description":"This host"}]""", (await Read())["servers"]!.ToJsonString());
    }

    [Fact]
    public async Task An_operation_tells_all_that_its_route_takes_and_answers()
    {
        var patch = (await Read())["paths"]!["/api/v1/notes/{id}"]!["patch"]!;
        Assert.Equal("changeNote", (string?)patch["operationId"]);
        Assert.Equal(["If-Match", "id"], patch["parameters"]!.AsArray().Select(p => (string?)p!["name"]).Order(StringComparer.Ordinal));
        Assert.Equal(["application/json", "application/merge-patch+json"], patch["requestBody"]!["content"]!.AsObject().Select(c => c.Key).Order());
        Assert.Equal(
            ["200", "400", "401", "403", "404", "406", "408", "409", "412", "413", "415", "422", "428", "429", "503"],
            patch["responses"]!.AsObject().Select(r => r.Key));
        Assert.NotNull(patch["requestBody"]!["content"]!["application/json"]!["example"]!["words"]);

        var post = (await Read())["paths"]!["/api/v1/notes"]!["post"]!;
        Assert.Contains("note.book-is-full", (string?)post["responses"]!["409"]!["description"], StringComparison.Ordinal);
        Assert.NotNull(post["responses"]!["201"]!["headers"]!["Location"]);
        Assert.True((bool)post["parameters"]![0]!["required"]!);
    }

    [Fact]
    public async Task Schemas_say_what_the_reader_enforces()
    {
        var schemas = (await Read())["components"]!["schemas"]!;
        var sent = schemas["NewNote"]!;
        Assert.False((bool)sent["additionalProperties"]!);
        Assert.Equal(["words", "kind", "author", "on", "at", "stars", "shared", "child", "labels"], sent["required"]!.AsArray().Select(r => (string?)r));
        Assert.Equal((200, 1), ((int)sent["properties"]!["words"]!["maxLength"]!, (int)sent["properties"]!["words"]!["minLength"]!));
        Assert.Equal((30, null), ((int)sent["properties"]!["labels"]!["items"]!["maxLength"]!, (int?)sent["properties"]!["labels"]!["maxLength"]));
        Assert.Equal("What was said.", (string?)sent["properties"]!["words"]!["description"]);
        Assert.Equal(10, (int)schemas["NoteIdentifier"]!["properties"]!["system"]!["maxLength"]!);
        Assert.Equal(["letter", "phoneCall"], schemas["NoteKind"]!["enum"]!.AsArray().Select(e => (string?)e));

        // An absent member of an answer is left out, never null; next of a list is the exception.
        Assert.Equal("string", (string?)schemas["NoteView"]!["properties"]!["aside"]!["type"]);
        Assert.DoesNotContain("aside", schemas["NoteView"]!["required"]!.AsArray().Select(r => (string?)r));
        Assert.Equal(["items", "next"], schemas["NoteViewListing"]!["required"]!.AsArray().Select(r => (string?)r));
    }

    [Fact]
    public async Task Anybody_can_open_the_page_to_try_it()
    {
        var page = await hosts.In("Production").As(null).GetStringAsync("/swagger/index.html");
        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
        Assert.Equal("bearer", (string?)(await Read())["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
    }

    [Fact]
    public async Task Redocly_finds_no_fault_in_the_document()
    {
        var spec = Path.Combine(RepositoryRoot(), "api-spec");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.json");
        await File.WriteAllTextAsync(file, await hosts.In("Production").As(null).GetStringAsync(Document));
        try
        {
            using var lint = Process.Start(new ProcessStartInfo(Path.Combine(spec, "node_modules", ".bin", "redocly"), ["lint", file, "--config", Path.Combine(spec, "redocly.yaml")])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var said = await Task.WhenAll(lint.StandardOutput.ReadToEndAsync(), lint.StandardError.ReadToEndAsync());
            await lint.WaitForExitAsync();
            Assert.True(lint.ExitCode == 0, string.Concat(said));
        }
        catch (Win32Exception)
        {
            Assert.Skip("Redocly is not installed: run `npm ci` in api-spec.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "CasePlanning.sln")))
            directory = directory.Parent!;
        return directory.FullName;
    }
}
