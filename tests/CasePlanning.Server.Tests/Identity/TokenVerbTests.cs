using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>The verb as a developer runs it: a process of its own, on a data directory of its own.</summary>
public sealed partial class TokenVerbTests : IDisposable
{
    private const string Kezia = "kezia.amari-holt@demo.example";

    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-verb-").FullName;

    private string Data => Path.Combine(home, "data");

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task It_prints_a_token_and_nothing_else_before_a_server_ever_started_and_beside_one()
    {
        var before = await Run("token", "--as", Kezia);
        Assert.Equal([Data], Directory.GetFileSystemEntries(home));

        using var server = Start("--urls", "http://127.0.0.1:0");
        try
        {
            var address = await AddressOf(server);
            var beside = await Run("token", "--as", " Kezia.AMARI-HOLT@demo.example");

            foreach (var (exit, output, errors) in (ReadOnlySpan<(int, string, string)>)[before, beside])
            {
                Assert.Equal((0, ""), (exit, errors));
                Assert.Matches(@"\A[\w-]+\.[\w-]+\.[\w-]+\r?\n\z", output);
            }

            Assert.Equal("Kezia Amari-Holt", await NameSeenBy(address, before.Output));
            Assert.Equal("Kezia Amari-Holt", await NameSeenBy(address, beside.Output));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        Assert.Equal([Data], Directory.GetFileSystemEntries(home));
    }

    [Fact]
    public async Task Somebody_unknown_gets_no_token()
    {
        var (exit, output, errors) = await Run("token", "--as", "nobody@demo.example");

        Assert.Equal((1, ""), (exit, output));
        Assert.Equal("Nobody here has the address nobody@demo.example.", errors.Trim());
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "--as")]
    [InlineData("token", Kezia)]
    [InlineData("token", "--as", Kezia, "--now")]
    [InlineData("--as", Kezia, "token")]
    public async Task Wrong_usage_says_what_is_right_and_touches_nothing(params string[] arguments)
    {
        var (exit, output, errors) = await Run(arguments);

        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("Usage: token --as ", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(home));
    }

    [Fact]
    public async Task Outside_Development_there_are_no_tokens_to_be_had()
    {
        string[] settings = [.. ProductionSettings.In(home).Append(new("Data:Directory", home)).Select(s => $"--{s.Key}={s.Value}")];

        var (exit, output, errors) = await Run(["--environment", "Production", .. settings, "token", "--as", Kezia]);

        Assert.Equal((1, ""), (exit, output));
        Assert.Equal("Tokens are given out in Development only.", errors.Trim());
        Assert.Empty(Directory.GetFiles(home, "*.db"));
    }

    private async Task<(int Exit, string Output, string Errors)> Run(params string[] arguments)
    {
        using var process = Start(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CasePlanning.Server.dll"), .. arguments])
        {
            WorkingDirectory = home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        foreach (var setting in (string[])["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "ASPNETCORE_URLS", "Data__Directory"])
            start.Environment.Remove(setting);
        return Process.Start(start)!;
    }

    private static async Task<string> AddressOf(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
                return found.Groups[1].Value;
        }

        throw new InvalidOperationException($"The server ended before it listened: {await server.StandardError.ReadToEndAsync()}");
    }

    private static async Task<string?> NameSeenBy(string address, string token)
    {
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.Trim());
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");
        return me.GetProperty("name").GetString();
    }

    [GeneratedRegex("Now listening on: (http://.+)")]
    private static partial Regex Listening();
}
