using System.Diagnostics;
using System.Net;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>The verb as a developer runs it: a process of its own, on a data directory of its own.</summary>
public sealed class TokenVerbTests : IDisposable
{
    private const string Kezia = "kezia.amari-holt@demo.example";

    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-verb-").FullName;

    private string Data => Path.Combine(home, "data");

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public async Task It_prints_a_token_and_nothing_else_before_any_server_ever_started()
    {
        var (exit, output, errors) = await Run("token", "--as", Kezia);

        Assert.Equal((0, ""), (exit, errors));
        Assert.Matches(@"\A[\w-]+\.[\w-]+\.[\w-]+\r?\n\z", output);
        Assert.Equal([Data], Directory.GetFileSystemEntries(home));
        await AssertLetIn(output.Trim());
    }

    [Fact]
    public async Task It_works_beside_a_running_server()
    {
        await using var host = new IdentityHost { DataDirectory = Data };
        using var client = host.CreateClient();

        var (exit, output, _) = await Run("token", "--as", "Kezia.AMARI-HOLT@demo.example ");
        client.DefaultRequestHeaders.Authorization = new("Bearer", output.Trim());
        using var answer = await client.GetAsync(IdentityHost.Guarded);

        Assert.Equal(0, exit);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
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
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Outside_Development_there_are_no_tokens_to_be_had()
    {
        var (exit, output, errors) = await Run(["token", "--as", Kezia], environment: "Production");

        Assert.Equal((1, ""), (exit, output));
        Assert.Equal("Tokens are given out in Development only.", errors.Trim());
        Assert.False(Directory.Exists(Data));
    }

    private async Task AssertLetIn(string token)
    {
        await using var host = new IdentityHost { DataDirectory = Data };
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await client.GetAsync(IdentityHost.Guarded);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<(int Exit, string Output, string Errors)> Run(params string[] arguments) => Run(arguments, environment: null);

    private async Task<(int Exit, string Output, string Errors)> Run(string[] arguments, string? environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CasePlanning.Server.dll"), .. arguments])
        {
            WorkingDirectory = home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["DOTNET_ENVIRONMENT"] = null;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
