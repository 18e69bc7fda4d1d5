using System.Diagnostics;
using CasePlanning.Server.Tests.Support;
using DotNet.Testcontainers.Builders;
using Testcontainers.MsSql;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// Starts this test assembly once more, with every host on SQL Server: on the one that <c>CASEPLANNING_TEST_SQLSERVER</c> names
/// (a connection string with the right to create databases), or on one in Docker. Where there is neither, it is skipped, unless
/// <c>REQUIRE_SQLSERVER=1</c> makes that a failure.
/// </summary>
[Collection(AfterAllOthers.Name)]
public sealed class SqlServerRun(ITestOutputHelper output) : IAsyncDisposable
{
    private const string Image = "mcr.microsoft.com/mssql/server:2022-latest";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private MsSqlContainer? container;

    public ValueTask DisposeAsync() => container?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Every_other_test_passes_on_SQL_Server_too()
    {
        Assert.False(TestDatabase.IsSqlServer, "The run on SQL Server must not start another.");
        if (await FindServer() is not { } server)
        {
            const string Reason = "No SQL Server: CASEPLANNING_TEST_SQLSERVER is not set and Docker does not answer.";
            Assert.False(Environment.GetEnvironmentVariable("REQUIRE_SQLSERVER") is "1", Reason);
            Assert.Skip(Reason);
            return;
        }

        var (exitCode, report) = await RunOn(server);
        output.WriteLine(report);
        Assert.Equal(0, exitCode);
    }

    private async Task<string?> FindServer()
    {
        if (Environment.GetEnvironmentVariable("CASEPLANNING_TEST_SQLSERVER") is { Length: > 0 } named)
            return named;
        try
        {
            container = new MsSqlBuilder(Image).Build();
        }
        catch (DockerUnavailableException)
        {
            return null;
        }

        await container.StartAsync();
        return container.GetConnectionString();
    }

    private static async Task<(int ExitCode, string Report)> RunOn(string server)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SqlServerRun).Assembly.Location, "--filter-not-class", typeof(SqlServerRun).FullName!])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[TestDatabase.ServerVariable] = server;

        using var patience = new CancellationTokenSource(Longest);
        using var run = Process.Start(start)!;
        try
        {
            var report = run.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = run.StandardError.ReadToEndAsync(patience.Token);
            await run.WaitForExitAsync(patience.Token);
            return (run.ExitCode, await report + await errors);
        }
        finally
        {
            if (!run.HasExited)
                run.Kill(entireProcessTree: true);
        }
    }
}
