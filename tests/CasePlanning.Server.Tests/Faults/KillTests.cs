using System.Globalization;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>T1: the server is killed again and again while eight people write. Whatever it acknowledged is there, once.</summary>
[Collection(ReleaseBuild.Name)]
public sealed class KillTests(ReleaseBuild release, ITestOutputHelper output)
{
    private static readonly int Kills = Installation.IsLong ? 20 : 10;
    private static readonly int Acknowledged = Installation.IsLong ? 10_000 : 200;
    private static readonly int MostBetweenKills = Installation.IsLong ? 1_000 : 60;

    [Fact]
    public async Task Killed_at_any_moment_it_loses_nothing_that_was_acknowledged_and_has_nothing_twice()
    {
        using var installation = await Installation.Copy();
        await using var writing = new Writing(installation);
        var (random, starts) = (new Random(), new List<TimeSpan>());
        var server = await installation.Serve(release);
        writing.Begin(server);
        while (starts.Count < Kills || writing.Acknowledged < Acknowledged)
        {
            await writing.Go(random.Next(1, MostBetweenKills));
            await server.Kill();
            writing.GoOnAt(null);
            await server.DisposeAsync();
            server = await installation.Serve(release);
            starts.Add(server.TookToStart);
            writing.GoOnAt(server);
        }

        await writing.End();
        var acknowledged = writing.Acknowledged;
        var unknown = await writing.SendRestAgain(server);
        var found = await writing.Found(server);
        await server.Stop();
        await server.DisposeAsync();
        var integrity = await installation.Integrity();
        var (entries, added) = await installation.VerifiedJournal(release);

        var (lost, twice) = (writing.Lost(found), found.Count(f => f.Value > 1));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T1: {starts.Count} kills, {acknowledged} acknowledged, {lost} lost, {twice} there twice, {unknown} unknown and then there once; integrity {integrity}; {entries} journal entries verify; ready again in {starts.Order().ElementAt(starts.Count * 95 / 100).TotalSeconds:F1} s (p95)."));
        Found.Nothing(writing.Faults);
        Assert.True(lost == 0 && twice == 0 && found.Count == writing.Views.Count, $"{found.Count} of {writing.Views.Count} are there.");
        Assert.True(unknown > 0, "Nobody was ever interrupted, so nothing was shown.");
        Assert.Equal("ok", integrity);
        Assert.Equal(writing.Views.Select(v => v.Id!).Order(), added.Order());
    }
}
