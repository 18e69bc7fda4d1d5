using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CasePlanning.Application;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>A server that is asked to stop under load does so soon and loses nothing; of two on one file the second never starts.</summary>
[Collection(ReleaseBuild.Name)]
public sealed class StopTests(ReleaseBuild release, ITestOutputHelper output)
{
    private const int Stops = 2;
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);
    private const int Load = 60;

    [Fact]
    public async Task Asked_to_stop_under_load_it_ends_in_time_and_loses_nothing_that_was_acknowledged()
    {
        using var installation = await Installation.Copy();
        await using var writing = new Writing(installation);
        var slowest = TimeSpan.Zero;
        var server = await installation.Serve(release);
        writing.Begin(server);
        for (var stop = 0; stop < Stops; stop++)
        {
            await writing.Go(Load);
            // Somebody who never finishes what they send must not hold it up.
            using var dawdler = stop > 0 ? await BeginToSend(server, installation) : null;
            var (took, exit) = await server.Stop();
            Assert.True(exit == 0, $"It ended with {exit}:\n{server.SaidLast}");
            Assert.DoesNotContain("fail:", server.Said, StringComparison.Ordinal);
            slowest = took > slowest ? took : slowest;
            writing.GoOnAt(null);
            await server.DisposeAsync();
            server = await installation.Serve(release);
            writing.GoOnAt(server);
        }

        await writing.End();
        var unknown = await writing.SendRestAgain(server);
        var found = await writing.Found(server);
        await server.DisposeAsync();

        var (lost, twice) = (writing.Lost(found), found.Count(f => f.Value > 1));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Stop: {Stops} stops under load, the slowest in {slowest.TotalSeconds:F1} s; {writing.Acknowledged} acknowledged, {lost} lost, {twice} there twice, {unknown} unknown and then there once."));
        Found.Nothing(writing.Faults);
        Assert.True(writing.Acknowledged > 50 && lost == 0 && twice == 0 && found.Count == writing.Views.Count, $"{found.Count} of {writing.Views.Count} are there.");
        Assert.True(slowest < LongestStop, $"It took {slowest}.");
    }

    [Fact]
    public async Task A_second_server_on_the_same_file_is_refused_until_the_first_is_gone_however_it_went()
    {
        using var installation = await Installation.Copy();
        await using (var first = await installation.Serve(release))
        {
            var (exit, told, errors) = await release.RunVerb([], installation.Directory, installation.SettingsWith());
            Assert.Equal((StartRefused.ExitCode, ""), (exit, told));
            Assert.Equal($"Another server is running on {installation.Database}, and a SQLite file has one: stop that one first. Several servers can share a SQL Server database.", errors.Trim());

            Assert.Equal(HttpStatusCode.OK, await first.Health("ready"));
            var (listed, _, complaint) = await release.RunVerb(["client", "list"], installation.Directory, installation.SettingsWith());
            Assert.True(listed == 0, complaint);
            await first.Kill();
        }

        await using var next = await installation.Serve(release);
        Assert.Equal(0, (await next.Stop()).ExitCode);
        await using var last = await installation.Serve(release);
        output.WriteLine("Stop: a second server on the same file was refused beside the first, and started after it was killed and after it was stopped.");
    }

    private static async Task<TcpClient> BeginToSend(ServerProcess server, Installation installation)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, server.Anybody.BaseAddress!.Port);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/plans/{installation.Plans[0].Plan}/contributions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {installation.TokenOf(0)}\r\n" +
            $"Idempotency-Key: {Guid.NewGuid()}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        return connection;
    }
}
