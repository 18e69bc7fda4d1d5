using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Boot;

/// <summary>
/// A new installation as its owner makes it: a Release build, an empty directory, the verbs, and the server beside them. Nothing
/// gets in that was not made here.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed partial class ConsoleVerbTests(ReleaseBuild release) : IAsyncLifetime
{
    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-console-").FullName;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(At("keys.pem"), ProductionSettings.NewCertificate("keys"));
        using var certificate = ProductionSettings.NewCertificateOf("localhost");
        await File.WriteAllBytesAsync(At("tls.pfx"), certificate.Export(X509ContentType.Pfx));
        await Expect(0, "keys", "create");
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(home, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Clients_are_made_listed_and_ended_beside_a_running_server()
    {
        using var server = release.Start([], home, Settings);
        try
        {
            using var http = await ClientOf(server);
            Assert.Equal("There is no client.", await Expect(0, "client", "list"));
            var agency = ValueOf("agency", await Expect(0, "agency", "create", "--name", "Larkmoor Academy", "--kind", "school", "--authority", "thornmere"));

            var made = await Expect(0, "client", "create", "--agency", "Larkmoor Academy", "--name", "School system", "--scopes", "plans.read contributions.write", "--until", "2199-07-31");
            var (client, secret) = (ValueOf("client", made), ValueOf("secret", made));
            Assert.StartsWith("school-system-", client, StringComparison.Ordinal);
            Assert.Matches("^[0-9a-f]{64}$", secret);
            var me = await Me(http, await TokenOf(http, client, secret));
            Assert.Equal("Larkmoor Academy", me.GetProperty("agency").GetString());
            Assert.Equal(["plans.read", "contributions.write"], me.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));

            using var key = RSA.Create(2048);
            await File.WriteAllTextAsync(At("public.pem"), key.ExportSubjectPublicKeyInfoPem());
            var signing = await Expect(0, "client", "create", "--agency", agency, "--name", "Clinic", "--scopes", "plans.read", "--public-key", At("public.pem"));
            Assert.DoesNotContain("secret", signing, StringComparison.Ordinal);

            var listed = (await Expect(0, "client", "list")).Split('\n');
            Assert.Equal(2, listed.Length);
            Assert.Contains(listed, line => line.StartsWith(client, StringComparison.Ordinal) && line.EndsWith("until 2199-07-31", StringComparison.Ordinal));
            Assert.DoesNotContain(secret, string.Concat(listed), StringComparison.Ordinal);

            var token = await TokenOf(http, client, secret);
            // The server keeps what it found, and must not believe it for a moment longer.
            using (var known = await Ask(http, token))
                Assert.Equal(HttpStatusCode.OK, known.StatusCode);
            await Expect(0, "client", "disable", "--client", client);
            using (var refused = await Ask(http, token))
                Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            using (var noToken = await http.PostAsync("/connect/token", Credentials(client, secret)))
                Assert.Equal("invalid_client", (await noToken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
            Assert.Contains("  ended ", (await Expect(0, "client", "list")).Split('\n').Single(l => l.StartsWith(client, StringComparison.Ordinal)), StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task The_first_administrator_gets_a_link_and_a_code_once()
    {
        Assert.Equal("There is no administrator.", await Expect(0, "admin", "list"));

        var made = await Expect(0, "admin", "create", "--name", "Edmund Skerry", "--email", "Edmund@thornmere.example", "--office", "authority-administrator", "--authority", "thornmere");

        Assert.Matches("^https://localhost/invitation/[0-9a-f]{64}$", ValueOf("link", made));
        Assert.Matches("^[0-9]{6}$", ValueOf("code", made));
        var listed = Assert.Single((await Expect(0, "admin", "list")).Split('\n'));
        Assert.StartsWith("Edmund Skerry  edmund@thornmere.example  authority-administrator  thornmere", listed, StringComparison.Ordinal);
        Assert.Contains("holds this office already", await Expect(1, "admin", "create", "--name", "E", "--email", "edmund@thornmere.example",
            "--office", "authority-administrator", "--authority", "thornmere"), StringComparison.Ordinal);
        Assert.Contains("Say of which agency.", await Expect(1, "admin", "create", "--name", "W", "--email", "w@thornmere.example",
            "--office", "agency-administrator"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_made_is_not_made_and_says_why()
    {
        await Expect(0, "agency", "create", "--name", "Larkmoor Academy", "--kind", "school", "--authority", "thornmere");
        await File.WriteAllTextAsync(At("rhubarb.pem"), "rhubarb");
        foreach (var (expected, arguments) in new (string, string[])[]
        {
            ("There is no such agency.", ["client", "create", "--agency", "Saltmarsh", "--name", "System", "--scopes", "plans.read"]),
            ("The scopes are plans.read and contributions.write.", ["client", "create", "--agency", "Larkmoor Academy", "--name", "System", "--scopes", "everything"]),
            ("Name at least one.", ["client", "create", "--agency", "Larkmoor Academy", "--name", "System", "--scopes", ""]),
            ("no public key", ["client", "create", "--agency", "Larkmoor Academy", "--name", "System", "--scopes", "plans.read", "--public-key", At("rhubarb.pem")]),
            ("private key", ["client", "create", "--agency", "Larkmoor Academy", "--name", "System", "--scopes", "plans.read", "--public-key", At("keys.pem")]),
            ("takes a day", ["client", "create", "--agency", "Larkmoor Academy", "--name", "System", "--scopes", "plans.read", "--until", "soon"]),
            ("There is no such client.", ["client", "disable", "--client", "nobody"]),
            ("There is an agency of this name.", ["agency", "create", "--name", "Larkmoor Academy", "--kind", "school", "--authority", "thornmere"]),
            ("--kind is one of: local-authority, school,", ["agency", "create", "--name", "Other", "--kind", "circus", "--authority", "thornmere"]),
        })
        {
            Assert.Contains(expected, await Expect(1, arguments), StringComparison.Ordinal);
        }

        Assert.Equal("There is no client.", await Expect(0, "client", "list"));
        Assert.Single((await Expect(0, "agency", "list")).Split('\n'));
    }

    [Fact]
    public async Task Of_several_at_once_on_a_new_file_one_migrates_and_all_work()
    {
        var told = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Expect(0, "client", "list")));
        Assert.All(told, each => Assert.Equal("There is no client.", each));
    }

    [Theory]
    [InlineData("client")]
    [InlineData("client", "make")]
    [InlineData("client", "create")]
    [InlineData("client", "create", "--agency", "Larkmoor Academy", "--name", "System")]
    [InlineData("client", "create", "--agency", "Larkmoor Academy", "--name", "System", "--scopes", "plans.read", "--secret", "rhubarb")]
    [InlineData("client", "list", "all")]
    [InlineData("agency", "create", "--name", "Larkmoor Academy")]
    public async Task Wrong_usage_says_what_is_right_and_touches_nothing(params string[] arguments)
    {
        Assert.StartsWith($"Usage:\n  {arguments[0]} ", await Expect(2, arguments), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(home, "*.db*", SearchOption.AllDirectories));
    }

    private Dictionary<string, string> Settings => new()
    {
        ["Data__Directory"] = At("data"),
        ["Database__Provider"] = "Sqlite",
        ["Identity__Issuer"] = "https://localhost/",
        ["Keys__Certificate"] = At("keys.pem"),
        ["ASPNETCORE_URLS"] = "https://127.0.0.1:0",
        ["Kestrel__Certificates__Default__Path"] = At("tls.pfx"),
    };

    private string At(string name) => Path.Combine(home, name);

    /// <returns>What it said: as a result when all went well, otherwise as a complaint.</returns>
    private async Task<string> Expect(int exitCode, params string[] arguments)
    {
        var (exit, output, errors) = await release.RunVerb(arguments, home, Settings);
        Assert.True(exit == exitCode && (exit == 0 ? errors : output).Length == 0, $"{string.Join(' ', arguments)}: {exit}\n{output}{errors}");
        return (exit == 0 ? output : errors).ReplaceLineEndings("\n").TrimEnd();
    }

    private static string ValueOf(string name, string told) =>
        told.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Single(words => words[0] == name)[1];

    private static async Task<HttpClient> ClientOf(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listens().Match(line) is { Success: true } found)
            {
                // The certificate is the test's own.
                var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator };
                return new HttpClient(handler) { BaseAddress = new Uri(found.Groups[1].Value) };
            }
        }

        throw new InvalidOperationException($"The server ended before it listened: {await server.StandardError.ReadToEndAsync()}");
    }

    private static FormUrlEncodedContent Credentials(string client, string secret) =>
        new([new("grant_type", "client_credentials"), new("client_id", client), new("client_secret", secret)]);

    private static async Task<string> TokenOf(HttpClient http, string client, string secret)
    {
        using var answer = await http.PostAsync("/connect/token", Credentials(client, secret));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static async Task<JsonElement> Me(HttpClient http, string token)
    {
        using var answer = await Ask(http, token);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static Task<HttpResponseMessage> Ask(HttpClient http, string token) =>
        http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/me") { Headers = { Authorization = new("Bearer", token) } });

    [GeneratedRegex("Now listening on: (https?://.+)")]
    private static partial Regex Listens();
}
