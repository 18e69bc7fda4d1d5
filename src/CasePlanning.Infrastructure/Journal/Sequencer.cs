using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure.Journal;

/// <summary>
/// Gives entries their numbers after they are committed, so that whoever reads up to a number has missed nothing before it. Of
/// two hosts on one database, one numbers at a time: both change the one row that says how long the journal is.
/// </summary>
internal sealed class Sequencer(IWriteLane lane, CheckpointFile file, IJournalKey key, TimeProvider time, ILogger<Sequencer> log) : BackgroundService
{
    private const int MostAtOnce = 1000;
    private const int MostBeforeCheckpoint = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBeforeCheckpoint = TimeSpan.FromSeconds(60);

    /// <summary>There may be checkpoints that the file has not got: this host, or another, ended between the database and the file.</summary>
    private bool fileIsBehind = true;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Run(Pause, NumberAndSign, log, stoppingToken);

    private async Task NumberAndSign(CancellationToken stopping)
    {
        while (await NumberWhatWaits(stopping) == MostAtOnce)
        {
        }

        await Sign(LongestBeforeCheckpoint, stopping);
    }

    /// <returns>How many got a number.</returns>
    internal Task<int> NumberWhatWaits(CancellationToken cancellation) => lane.Run(async (services, token) =>
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        var waiting = await database.Journal.Where(e => e.Sequence == null).OrderBy(e => e.At).ThenBy(e => e.Id).Take(MostAtOnce).ToListAsync(token);
        if (waiting.Count == 0)
            return 0;
        var length = await database.JournalLengths.SingleOrDefaultAsync(token);
        if (length is null)
            database.JournalLengths.Add(length = new JournalLength());

        var first = length.Size;
        for (var i = 0; i < waiting.Count; i++)
            waiting[i].Number(first + i);
        length.Grow(waiting.Count);
        await AddWholeTiles(database, first, length.Size, waiting, token);
        await database.SaveChangesAsync(token);
        return waiting.Count;
    }, cancellation);

    /// <summary>Signs what is numbered, when enough is new or has waited long enough; the file then gets whatever it has not got.</summary>
    internal async Task Sign(TimeSpan longest, CancellationToken cancellation)
    {
        var signed = await lane.Run(async (services, token) =>
        {
            var (database, now) = (services.GetRequiredService<IPlanningDatabase>(), time.GetUtcNow());
            var size = await database.JournalLengths.Select(l => l.Size).SingleOrDefaultAsync(token);
            var last = await database.Checkpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(token);
            if (size == (last?.Size ?? 0) || (last is not null && size - last.Size < MostBeforeCheckpoint && now - last.At < longest))
                return false;
            var root = (await JournalRanges.Load(database, size, [], token))(0, size);
            database.Checkpoints.Add(new Checkpoint(file.Origin, size, root, key.Sign, now));
            await database.SaveChangesAsync(token);
            return true;
        }, cancellation);
        fileIsBehind |= signed;
        if (!fileIsBehind)
            return;
        var have = file.Size();
        file.Append(await lane.Run((services, token) => services.GetRequiredService<IPlanningDatabase>()
            .Checkpoints.AsNoTracking().Where(c => c.Size > have).OrderBy(c => c.Size).ToListAsync(token), cancellation));
        fileIsBehind = false;
    }

    private static async Task AddWholeTiles(IPlanningDatabase database, long first, long size, List<JournalEntry> added, CancellationToken cancellation)
    {
        for (var tile = first / JournalTile.Leaves; (tile + 1) * JournalTile.Leaves <= size; tile++)
        {
            var (from, to) = (tile * JournalTile.Leaves, (tile + 1) * JournalTile.Leaves);
            var earlier = await database.Journal.Where(e => e.Sequence >= from && e.Sequence < first).OrderBy(e => e.Sequence)
                .Select(e => e.LeafHash).ToListAsync(cancellation);
            var leaves = earlier.Concat(added.Where(e => e.Sequence >= from && e.Sequence < to).Select(e => e.LeafHash)).ToList();
            database.JournalTiles.Add(new JournalTile(tile, MerkleTree.Root(leaves)));
        }
    }
}
