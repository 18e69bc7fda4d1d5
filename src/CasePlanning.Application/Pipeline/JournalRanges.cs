using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// The journal's tree as it is stored: a hash for each whole tile, and the leaves of those tiles that are asked about. However
/// long the journal is, a root or a proof reads one row for 256 entries, and a few hundred besides.
/// </summary>
public static class JournalRanges
{
    /// <param name="size">How much of the journal the ranges are over.</param>
    /// <param name="near">Places whose own tiles will be asked about leaf by leaf.</param>
    public static async Task<MerkleTree.Range> Load(
        IPlanningDatabase database, long size, IEnumerable<long> near, CancellationToken cancellation)
    {
        var whole = size / JournalTile.Leaves;
        var tiles = await database.JournalTiles.AsNoTracking().Where(t => t.Place < whole).OrderBy(t => t.Place)
            .Select(t => t.Hash).ToListAsync(cancellation);
        var leaves = new Dictionary<long, byte[]>();
        foreach (var tile in near.Append(size).Select(place => place / JournalTile.Leaves).Distinct())
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
            if (length == JournalTile.Leaves && from % JournalTile.Leaves == 0)
                return tiles[(int)(from / JournalTile.Leaves)];
            if (length == 1)
                return leaves[from];
            var middle = from + (1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(length - 1))));
            return MerkleTree.Node(Hash(from, middle), Hash(middle, to));
        }
    }
}
