using CasePlanning.Domain.Journal;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>The one statement that numbers the journal.</summary>
public sealed class JournalNumbersTests : IAsyncDisposable
{
    private readonly PlanningHost host = new() { ComparesJournal = false };

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Those_that_wait_get_the_next_numbers_in_the_order_in_which_they_came_and_the_others_keep_theirs()
    {
        await Write(host.Clock.Now, 700);
        await host.SignJournal();
        var before = await Numbers();
        await Write(host.Clock.Now.AddMinutes(2), 900);
        await Write(host.Clock.Now.AddMinutes(1), 900);
        await host.SignJournal();

        var after = await Numbers();
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(Enumerable.Range(0, after.Count).Select(n => (long?)n), after.Select(e => e.Sequence));
        Assert.Equal(after.Skip(before.Count).OrderBy(e => e.At).ThenBy(e => e.Id.ToString(), StringComparer.Ordinal), after.Skip(before.Count));
        Assert.Equal(after.Count, (await host.With(database => database.JournalLengths.AsNoTracking().SingleAsync())).Size);
        var leaves = await host.With(database => database.Journal.OrderBy(e => e.Sequence).Select(e => e.LeafHash).ToListAsync());
        Assert.Equal(
            leaves.Chunk(JournalTile.Leaves).Where(tile => tile.Length == JournalTile.Leaves).Select(tile => Convert.ToHexString(MerkleTree.Root(tile))),
            (await host.With(database => database.JournalTiles.OrderBy(t => t.Place).Select(t => t.Hash).ToListAsync())).Select(Convert.ToHexString));
    }

    [Fact]
    public void SQL_Server_takes_it_too()
    {
        using var model = new SqlServerModel(SqlServerSchemaTests.Schema());
        var statement = JournalNumbers.Statement.Replace("{0}", "@first", StringComparison.Ordinal).Replace("{1}", "@most", StringComparison.Ordinal);
        Assert.Empty(SqlServerModel.Faults(statement));
        model.Add($"CREATE PROCEDURE [Number] @first bigint, @most int AS {statement}");
        Assert.Empty(model.Faults());
    }

    private Task<int> Write(DateTimeOffset at, int entries) => host.Write(database => database.Journal.AddRange(Enumerable.Range(0, entries).Select(i =>
        new JournalEntry(Actor.AtTheConsole(null, $"many-{i}"), new Deed("ReadPlan", false, null, null, null), Verdict.Allowed, [], at))));

    private Task<List<(Guid Id, DateTimeOffset At, long? Sequence)>> Numbers() => host.With(async database =>
        (await database.Journal.OrderBy(e => e.Sequence).Select(e => new { e.Id, e.At, e.Sequence }).ToListAsync()).ConvertAll(e => (e.Id, e.At, e.Sequence)));
}
