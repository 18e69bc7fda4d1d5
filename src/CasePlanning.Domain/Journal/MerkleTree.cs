using System.Numerics;
using System.Security.Cryptography;

namespace CasePlanning.Domain.Journal;

/// <summary>
/// The hash tree of RFC 6962 §2.1: one root stands for a whole log, a short proof for one entry in it, and another for a log
/// being the beginning of a longer one. Whoever has an earlier root can tell that nothing before it was changed.
/// </summary>
public static class MerkleTree
{
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>The hash of the leaves from the first (included) to the second (excluded).</summary>
    public delegate byte[] Range(long from, long to);

    public static byte[] Leaf(ReadOnlySpan<byte> entry) => SHA256.HashData([0, .. entry]);

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => SHA256.HashData([1, .. left, .. right]);

    public static byte[] Root(IReadOnlyList<byte[]> leaves) => RangeOf(leaves)(0, leaves.Count);

    /// <summary>Ranges over leaves that are all at hand.</summary>
    public static Range RangeOf(IReadOnlyList<byte[]> leaves)
    {
        return Hash;

        byte[] Hash(long from, long to)
        {
            switch (to - from)
            {
                case 0:
                    return SHA256.HashData([]);
                case 1:
                    return leaves[(int)from];
                case var size:
                    var middle = from + SplitOf(size);
                    return Node(Hash(from, middle), Hash(middle, to));
            }
        }
    }

    /// <summary>The hashes that, with the leaf, make up the root: RFC 6962 §2.1.1.</summary>
    public static IReadOnlyList<byte[]> InclusionProof(long leaf, long size, Range range)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var proof = new List<byte[]>();
        Path(leaf, 0, size);
        return proof;

        void Path(long place, long from, long to)
        {
            if (to - from == 1)
                return;
            var middle = from + SplitOf(to - from);
            if (place < middle)
            {
                Path(place, from, middle);
                proof.Add(range(middle, to));
            }
            else
            {
                Path(place, middle, to);
                proof.Add(range(from, middle));
            }
        }
    }

    /// <summary>The hashes that show the tree of one size to be the beginning of that of another: RFC 6962 §2.1.2.</summary>
    public static IReadOnlyList<byte[]> ConsistencyProof(long earlier, long later, Range range)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(earlier, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earlier, later);
        var proof = new List<byte[]>();
        Path(earlier, 0, later, isWhole: true);
        return proof;

        void Path(long size, long from, long to, bool isWhole)
        {
            if (size == to - from)
            {
                if (!isWhole)
                    proof.Add(range(from, to));
                return;
            }

            var split = SplitOf(to - from);
            if (size <= split)
            {
                Path(size, from, from + split, isWhole);
                proof.Add(range(from + split, to));
            }
            else
            {
                Path(size - split, from + split, to, isWhole: false);
                proof.Add(range(from, from + split));
            }
        }
    }

    /// <summary>Whether the proof leads from the leaf at a place to the root: RFC 9162 §2.1.3.2.</summary>
    public static bool Includes(ReadOnlySpan<byte> root, long size, long leaf, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof)
    {
        if (leaf < 0 || leaf >= size)
            return false;
        var (place, last, hash) = (leaf, size - 1, leafHash.ToArray());
        foreach (var other in proof)
        {
            if (last == 0)
                return false;
            if ((place & 1) == 1 || place == last)
            {
                hash = Node(other, hash);
                for (; (place & 1) == 0 && place != 0; place >>= 1)
                    last >>= 1;
            }
            else
            {
                hash = Node(hash, other);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the proof shows one root's log to be the beginning of the other's: RFC 9162 §2.1.4.2.</summary>
    public static bool Continues(
        ReadOnlySpan<byte> earlierRoot, long earlier, ReadOnlySpan<byte> laterRoot, long later, IReadOnlyList<byte[]> proof)
    {
        if (earlier < 1 || earlier > later)
            return false;
        if (earlier == later)
            return proof.Count == 0 && earlierRoot.SequenceEqual(laterRoot);
        // A log that is a whole tree is its own first step.
        var steps = BitOperations.IsPow2(earlier) ? [earlierRoot.ToArray(), .. proof] : proof;
        if (steps.Count == 0)
            return false;
        var (place, last) = (earlier - 1, later - 1);
        for (; (place & 1) == 1; place >>= 1)
            last >>= 1;
        var (first, second) = (steps[0], steps[0]);
        foreach (var other in steps.Skip(1))
        {
            if (last == 0)
                return false;
            if ((place & 1) == 1 || place == last)
            {
                (first, second) = (Node(other, first), Node(other, second));
                for (; (place & 1) == 0 && place != 0; place >>= 1)
                    last >>= 1;
            }
            else
            {
                second = Node(second, other);
            }

            (place, last) = (place >> 1, last >> 1);
        }

        return last == 0 && earlierRoot.SequenceEqual(first) && laterRoot.SequenceEqual(second);
    }

    /// <summary>A tree that only grows, and whose root is at hand at any time.</summary>
    public sealed class Growing
    {
        /// <summary>The roots of the whole trees that it is made of, the largest first, each with its size.</summary>
        private readonly List<(long Size, byte[] Hash)> whole = [];

        public long Size { get; private set; }

        public byte[] Root =>
            whole.Count == 0 ? SHA256.HashData([]) : whole.AsEnumerable().Reverse().Select(t => t.Hash).Aggregate((right, left) => Node(left, right));

        public void Add(byte[] leaf)
        {
            var (size, hash) = (1L, leaf);
            for (; whole.Count > 0 && whole[^1].Size == size; size *= 2)
            {
                hash = Node(whole[^1].Hash, hash);
                whole.RemoveAt(whole.Count - 1);
            }

            whole.Add((size, hash));
            Size++;
        }
    }

    /// <summary>The largest power of two below the size.</summary>
    private static long SplitOf(long size) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(size - 1)));
}
