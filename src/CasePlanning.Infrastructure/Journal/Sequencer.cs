using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure.Journal;

/// <summary>
/// Gives entries their numbers after they are committed, so that whoever reads up to a number has missed nothing before it. Of
/// two hosts on one database, one numbers at a time: both change the one row that says how long the journal is. Whether there is
/// anything to do is asked beside the write lane, because most of the time there is not, and writers must not wait to hear that.
/// </summary>
internal sealed class Sequencer(
    IWriteLane lane, IServiceScopeFactory scopes, JournalRanges ranges, CheckpointFile file, IJournalKey key, TimeProvider time, ILogger<Sequencer> log)
    : BackgroundService
{
    /// <summary>Whoever writes meanwhile waits for these, and no more.</summary>
    private const int MostAtOnce = 500;

    private const int MostBeforeCheckpoint = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestBeforeCheckpoint = TimeSpan.FromSeconds(60);

    /// <summary>There may be checkpoints that the file has not got: this host, or another, ended between the database and the file.</summary>
    private bool fileIsBehind = true;

    /// <summary>When to look next whether there is something to sign though nothing is new here: another host may have left it unsigned.</summary>
    private DateTimeOffset lookAgain = DateTimeOffset.MinValue;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Run(Pause, NumberAndSign, log, stoppingToken);

    private async Task NumberAndSign(CancellationToken stopping)
    {
        int numbered, inAll = 0;
        do
            inAll += numbered = await NumberWhatWaits(stopping);
        while (numbered == MostAtOnce);

        var now = time.GetUtcNow();
        if (inAll == 0 && !fileIsBehind && now < lookAgain)
            return;
        await Sign(LongestBeforeCheckpoint, stopping);
        lookAgain = now + LongestBeforeCheckpoint;
    }

    /// <returns>How many got a number.</returns>
    internal async Task<int> NumberWhatWaits(CancellationToken cancellation) =>
        await Ask(database => database.Journal.AnyAsync(e => e.Sequence == null, cancellation)) ? await lane.Run(Number, cancellation) : 0;

    private static async Task<int> Number(IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        var length = await database.JournalLengths.SingleOrDefaultAsync(cancellation);
        var first = length?.Size ?? 0;
        var numbered = await JournalNumbers.Give((PlanningContext)database, first, MostAtOnce, cancellation);
        if (numbered == 0)
            return 0;
        if (length is null)
            database.JournalLengths.Add(length = new JournalLength());
        length.Grow(numbered);
        await AddWholeTiles(database, first, length.Size, cancellation);
        await database.SaveChangesAsync(cancellation);
        return numbered;
    }

    /// <summary>Signs what is numbered, when enough is new or has waited long enough; the file then gets whatever it has not got.</summary>
    internal async Task Sign(TimeSpan longest, CancellationToken cancellation)
    {
        if (await Ask(database => Due(database, longest, cancellation)) is { } due)
            fileIsBehind |= await lane.Run((services, token) => Keep(services.GetRequiredService<IPlanningDatabase>(), due, token), cancellation);
        if (!fileIsBehind)
            return;
        var have = file.Size();
        file.Append(await Ask(database => database.Checkpoints.AsNoTracking().Where(c => c.Size > have).OrderBy(c => c.Size).ToListAsync(cancellation)));
        fileIsBehind = false;
    }

    /// <summary>What is committed never changes, so that its root is worked out and signed beside the lane.</summary>
    private async Task<Checkpoint?> Due(IPlanningDatabase database, TimeSpan longest, CancellationToken cancellation)
    {
        var size = await database.JournalLengths.Select(l => l.Size).SingleOrDefaultAsync(cancellation);
        var last = await database.Checkpoints.OrderByDescending(c => c.Size).Select(c => new { c.Size, c.At }).FirstOrDefaultAsync(cancellation);
        if (size == (last?.Size ?? 0) || (last is not null && size - last.Size < MostBeforeCheckpoint && time.GetUtcNow() - last.At < longest))
            return null;
        var root = (await ranges.Load(database, size, [], cancellation))(0, size);
        return new Checkpoint(file.Origin, size, root, key.Sign, time.GetUtcNow());
    }

    /// <returns>Not when another host has signed as much meanwhile.</returns>
    private static async Task<bool> Keep(IPlanningDatabase database, Checkpoint checkpoint, CancellationToken cancellation)
    {
        if (await database.Checkpoints.AnyAsync(c => c.Size >= checkpoint.Size, cancellation))
            return false;
        database.Checkpoints.Add(checkpoint);
        await database.SaveChangesAsync(cancellation);
        return true;
    }

    private static async Task AddWholeTiles(IPlanningDatabase database, long first, long size, CancellationToken cancellation)
    {
        for (var tile = first / JournalTile.Leaves; (tile + 1) * JournalTile.Leaves <= size; tile++)
        {
            var (from, to) = (tile * JournalTile.Leaves, (tile + 1) * JournalTile.Leaves);
            var leaves = await database.Journal.Where(e => e.Sequence >= from && e.Sequence < to).OrderBy(e => e.Sequence)
                .Select(e => e.LeafHash).ToListAsync(cancellation);
            database.JournalTiles.Add(new JournalTile(tile, MerkleTree.Root(leaves)));
        }
    }

    /// <summary>Asks beside the lane.</summary>
    private async Task<T> Ask<T>(Func<IPlanningDatabase, Task<T>> question)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await question(scope.ServiceProvider.GetRequiredService<IPlanningDatabase>());
        }
        catch (Exception failure) when (failure.AsStoreUnavailable() is { } unavailable)
        {
            throw unavailable;
        }
    }
}
