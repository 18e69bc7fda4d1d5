using System.Globalization;
using System.Security.Cryptography;
using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Journal;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>Roots and proofs of a journal that is longer than any other test makes it: its tiles are made up, but for the first.</summary>
public sealed class JournalRangesTests : IAsyncDisposable
{
    /// <summary>What a root costs in the store may differ by this much.</summary>
    private const double MostGrowth = 1.2;

    private readonly StoreWork work = new();
    private readonly List<byte[]> tiles = [];
    private readonly PlanningHost host;

    public JournalRangesTests() => host = new PlanningHost
    {
        ComparesJournal = false,
        Replace = services => services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(work)),
    };

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_root_and_a_proof_of_a_long_journal_are_right_and_cost_no_more_than_those_of_a_shorter_one()
    {
        await WriteTheFirst();
        var ranges = host.Services.GetRequiredService<JournalRanges>();
        var steps = new List<long>();
        foreach (var length in (int[])[1, JournalRanges.Tiles - 1, JournalRanges.Tiles, JournalRanges.Tiles + 40, (2 * JournalRanges.Tiles) + 40, (9 * JournalRanges.Tiles) + 40])
        {
            await Write(length - tiles.Count);
            await Ask(ranges, length);
            steps.Add(await Ask(ranges, length));
        }

        // A server that has kept nothing yet finds the same.
        await Ask(new JournalRanges(), tiles.Count);
        if (!TestDatabase.IsSqlServer)
            Assert.True(steps[^1] <= steps[^3] * MostGrowth, string.Create(CultureInfo.InvariantCulture, $"A root of {tiles.Count} tiles takes {steps[^1]} steps in the store, one of {JournalRanges.Tiles + 40} took {steps[^3]}."));
    }

    /// <returns>What there was to do in the store for a root, and for a proof of the first entry and of one besides.</returns>
    private async Task<long> Ask(JournalRanges ranges, int length)
    {
        var size = (long)length * JournalTile.Leaves;
        work.Take();
        var (leaves, range) = await host.With(async database => (
            await database.Journal.Where(e => e.Sequence < JournalTile.Leaves).OrderBy(e => e.Sequence).Select(e => e.LeafHash).ToListAsync(),
            await ranges.Load(database, size, [0, 77], CancellationToken.None)));
        var steps = work.Take().Values.Sum();
        var root = MerkleTree.Root(tiles[..length]);
        Assert.Equal(Convert.ToHexString(root), Convert.ToHexString(range(0, size)));
        foreach (var place in (int[])[0, 77])
            Assert.True(MerkleTree.Includes(root, size, place, leaves[place], MerkleTree.InclusionProof(place, size, range)), $"{place} of {size}");
        return steps;
    }

    private async Task WriteTheFirst()
    {
        await host.Write(database => database.Journal.AddRange(Enumerable.Range(0, JournalTile.Leaves).Select(i =>
            new JournalEntry(Actor.AtTheConsole(null, $"many-{i}"), new Deed("ReadPlan", false, null, null, null), Verdict.Allowed, [], host.Clock.Now))));
        await host.SignJournal();
        tiles.AddRange(await host.With(database => database.JournalTiles.Select(t => t.Hash).ToListAsync()));
        Assert.Single(tiles);
    }

    private async Task Write(int more)
    {
        var first = tiles.Count;
        tiles.AddRange(Enumerable.Range(0, more).Select(_ => RandomNumberGenerator.GetBytes(MerkleTree.HashBytes)));
        await host.Write(database => database.JournalTiles.AddRange(tiles.Skip(first).Select((hash, i) => new JournalTile(first + i, hash))));
    }
}
