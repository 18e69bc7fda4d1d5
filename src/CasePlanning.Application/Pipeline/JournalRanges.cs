using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// The journal's tree as it is stored: a hash for each whole tile, and the leaves of those tiles that are asked about. What stands for many
/// tiles in a row never changes and is kept once it was worked out. So however long the journal is, a root or a proof reads no more than some
/// hundred rows, after the first.
/// </summary>
public sealed class JournalRanges
{
    /// <summary>Tiles in a row that are kept as one hash.</summary>
    public const int Tiles = 256;

    private const int Leaves = Tiles * JournalTile.Leaves;

    private readonly Lock turn = new();

    /// <summary>In their order, from the first on; each of what was committed.</summary>
    private byte[][] kept = [];

    /// <summary>To be asked beside the write lane: what is not committed may never be.</summary>
    /// <param name="size">How much of the journal the ranges are over.</param>
    /// <param name="near">Places whose own tiles will be asked about leaf by leaf.</param>
    public async Task<MerkleTree.Range> Load(IPlanningDatabase database, long size, IEnumerable<long> near, CancellationToken cancellation)
    {
        var whole = size / JournalTile.Leaves;
        var rows = await RowsUpTo(database, whole / Tiles, cancellation);
        var (tiles, leaves) = (new Dictionary<long, byte[]>(), new Dictionary<long, byte[]>());
        var places = near.Append(size).ToList();
        foreach (var row in places.Select(place => place / Leaves).Distinct())
        {
            var (from, to) = (row * Tiles, Math.Min((row + 1) * Tiles, whole));
            var found = await database.JournalTiles.AsNoTracking().Where(t => t.Place >= from && t.Place < to).ToListAsync(cancellation);
            found.ForEach(t => tiles[t.Place] = t.Hash);
        }

        foreach (var tile in places.Select(place => place / JournalTile.Leaves).Distinct())
        {
            var (from, to) = (tile * JournalTile.Leaves, Math.Min((tile + 1) * JournalTile.Leaves, size));
            var found = await database.Journal.Where(e => e.Sequence >= from && e.Sequence < to)
                .Select(e => new { e.Sequence, e.LeafHash }).ToListAsync(cancellation);
            found.ForEach(e => leaves[e.Sequence!.Value] = e.LeafHash);
        }

        return Hash;

        byte[] Hash(long from, long to)
        {
            var length = to - from;
            if (length == Leaves && from % Leaves == 0)
                return rows[(int)(from / Leaves)];
            if (length == JournalTile.Leaves && from % JournalTile.Leaves == 0)
                return tiles[from / JournalTile.Leaves];
            if (length == 1)
                return leaves[from];
            var middle = from + (1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(length - 1))));
            return MerkleTree.Node(Hash(from, middle), Hash(middle, to));
        }
    }

    /// <summary>A hash for each whole row of tiles, that many at least.</summary>
    private async Task<byte[][]> RowsUpTo(IPlanningDatabase database, long count, CancellationToken cancellation)
    {
        var known = kept;
        if (known.Length >= count)
            return known;
        var more = new List<byte[]>(known);
        var row = new List<byte[]>(Tiles);
        var (from, to) = ((long)known.Length * Tiles, count * Tiles);
        await foreach (var tile in database.JournalTiles.Where(t => t.Place >= from && t.Place < to).OrderBy(t => t.Place).Select(t => t.Hash)
            .AsAsyncEnumerable().WithCancellation(cancellation))
        {
            row.Add(tile);
            if (row.Count < Tiles)
                continue;
            more.Add(MerkleTree.Root(row));
            row.Clear();
        }

        lock (turn)
        {
            if (kept.Length < more.Count)
                kept = [.. more];
        }

        return [.. more];
    }
}
