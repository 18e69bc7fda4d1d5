using System.Globalization;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// T2: the power is cut while eight people write, on a disk that keeps only what it was told to sync. The server is then started
/// on what is left. On a disk that lies about syncing, the same test finds that something is lost; otherwise it would show nothing.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed class PowerCutTests(ReleaseBuild release, ITestOutputHelper output)
{
    private static readonly int Cuts = Installation.IsLong ? 20 : 4;
    private const int CutsOfControl = 1;
    private static readonly int MostBetweenCuts = Installation.IsLong ? 1_000 : 100;

    [Fact]
    public async Task When_the_power_is_cut_nothing_that_was_acknowledged_is_lost()
    {
        var held = await Suffer(Cuts, forgets: false);
        var control = await Suffer(CutsOfControl, forgets: true);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T2: {Cuts} power cuts, {held.Acknowledged} acknowledged, {held.Lost} lost, {held.Twice} there twice, {held.Unknown} unknown and then there once; integrity {held.Integrity}; control on a disk that does not sync: {control.Lost} of {control.Acknowledged} lost."));
        Found.Nothing(held.Faults);
        Assert.Equal((0, 0, "ok"), (held.Lost, held.Twice, held.Integrity));
        Assert.True(held.Acknowledged > Cuts && held.Missing == 0, $"{held.Missing} of those that were sent again are not there.");
        Assert.True(control.Lost > 0, "Where nothing was synced nothing was lost either, so the test is void.");
    }

    private async Task<Outcome> Suffer(int cuts, bool forgets)
    {
        using var disk = await FaultyDisk.New(forgets);
        var installation = await Installation.Copy();
        var server = await installation.Serve(release, disk.Under(installation, mirrored: true));
        await using var writing = new Writing(installation);
        try
        {
            writing.Begin(server);
            for (var cut = 0; cut < cuts; cut++)
            {
                await writing.Go(Random.Shared.Next(1, MostBetweenCuts));
                await server.Kill();
                writing.GoOnAt(null);
                await server.DisposeAsync();
                using var before = installation;
                installation = disk.AfterPowerCut(before);
                server = await installation.Serve(release, disk.Under(installation, mirrored: true));
                // The last load is of the last cut: what comes after it would only be lost from sight.
                writing.GoOnAt(cut < cuts - 1 ? server : null);
            }

            await writing.End();
            var (acknowledged, lost) = (writing.Acknowledged, writing.Lost(await writing.Found(server)));
            var unknown = await writing.SendRestAgain(server);
            var found = await writing.Found(server);
            await server.Stop();
            return new Outcome(acknowledged, lost, found.Count(f => f.Value > 1), unknown, writing.Views.Count - lost - found.Count, await installation.Integrity(), writing.Faults);
        }
        finally
        {
            await server.DisposeAsync();
            installation.Dispose();
        }
    }

    private sealed record Outcome(int Acknowledged, int Lost, int Twice, int Unknown, int Missing, string Integrity, IReadOnlyCollection<string> Faults);
}
