using System.Security.Cryptography;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Infrastructure.Backups;

/// <summary>
/// Works the whole journal out again from its entries: what each of them hashes to, the tiles, and the root under every checkpoint
/// that was ever signed.
/// </summary>
internal static class JournalCheck
{
    /// <exception cref="BackupRefused">Something in it was altered; the message says where.</exception>
    public static async Task<JournalState> Of(PlanningContext database, Func<string, byte[], bool> isSigned, CancellationToken cancellation)
    {
        var checkpoints = await database.Checkpoints.AsNoTracking().OrderBy(c => c.Size).ToListAsync(cancellation);
        var tiles = await database.JournalTiles.AsNoTracking().ToDictionaryAsync(t => t.Place, t => t.Hash, cancellation);
        var (tree, tile, next) = (new MerkleTree.Growing(), new List<byte[]>(JournalTile.Leaves), 0);
        await foreach (var entry in database.Journal.AsNoTracking().Where(e => e.Sequence != null).OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (entry.Sequence != tree.Size)
                throw new BackupRefused($"Entry {tree.Size} of its journal was taken out.");
            Add(LeafOf(entry));
        }

        if (next < checkpoints.Count)
            throw new BackupRefused($"The end of its journal was cut off: a checkpoint was signed over {checkpoints[next].Size} entries, and there are {tree.Size}.");
        if (tree.Size != await database.JournalLengths.Select(l => l.Size).SingleOrDefaultAsync(cancellation) || tiles.Count != tree.Size / JournalTile.Leaves)
            throw new BackupRefused("Its journal is not as long as it says itself.");
        var unnumbered = 0L;
        await foreach (var entry in database.Journal.AsNoTracking().Where(e => e.Sequence == null).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            LeafOf(entry);
            unnumbered++;
        }

        return new JournalState(tree.Size, unnumbered, SignedRoot.Of(checkpoints.LastOrDefault()));

        void Add(byte[] leaf)
        {
            tree.Add(leaf);
            tile.Add(leaf);
            if (tile.Count == JournalTile.Leaves)
            {
                if (!tiles.TryGetValue(tree.Size / JournalTile.Leaves - 1, out var kept) || !kept.AsSpan().SequenceEqual(MerkleTree.Root(tile)))
                    throw new BackupRefused($"What stands for the entries up to {tree.Size} of its journal was changed.");
                tile.Clear();
            }

            if (next == checkpoints.Count || checkpoints[next].Size != tree.Size)
                return;
            var checkpoint = checkpoints[next++];
            if (!isSigned(checkpoint.Text, Convert.FromBase64String(checkpoint.Signature)))
                throw new BackupRefused($"The checkpoint over {checkpoint.Size} entries of its journal is not signed by this key.");
            if (!CryptographicOperations.FixedTimeEquals(checkpoint.Root, tree.Root))
                throw new BackupRefused($"An entry before number {checkpoint.Size} of its journal was changed, taken out, put in or moved.");
        }
    }

    private static byte[] LeafOf(JournalEntry entry)
    {
        var leaf = MerkleTree.Leaf(entry.Canonical());
        return leaf.AsSpan().SequenceEqual(entry.LeafHash) ? leaf : throw new BackupRefused($"Entry {entry.Id} of its journal was changed.");
    }
}
