using CasePlanning.Domain.Journal;
using Xunit;

namespace CasePlanning.Domain.Tests.Journal;

/// <summary>The eight inputs, roots and proofs that certificate transparency logs are tested with.</summary>
public sealed class MerkleTreeTests(ITestOutputHelper output)
{
    private static readonly string[] Inputs =
    [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly string[] Roots =
    [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private const string RootOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Which leaf of how many, and its known proof.</summary>
    private static readonly (int Leaf, int Size, string[] Proof)[] Inclusions =
    [
        (0, 1, []),
        (0, 8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]),
        (5, 8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
        (1, 5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]),
    ];

    /// <summary>Which tree goes on from which, and the known proof of it.</summary>
    private static readonly (int Earlier, int Later, string[] Proof)[] Consistencies =
    [
        (1, 1, []),
        (1, 8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]),
        (6, 8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]),
        (2, 5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]),
    ];

    private static readonly byte[][] Leaves = [.. Inputs.Select(i => MerkleTree.Leaf(Convert.FromHexString(i)))];

    [Fact]
    public void Roots_and_proofs_are_the_known_ones()
    {
        Assert.Equal(RootOfNothing, Hex(MerkleTree.Root([])));
        Assert.All(Enumerable.Range(1, Roots.Length), size => Assert.Equal(Roots[size - 1], Hex(MerkleTree.Root(Leaves[..size]))));
        foreach (var (leaf, size, known) in Inclusions)
        {
            var proof = MerkleTree.InclusionProof(leaf, size, MerkleTree.RangeOf(Leaves));
            Assert.Equal(known, proof.Select(Hex));
            Assert.True(MerkleTree.Includes(Convert.FromHexString(Roots[size - 1]), size, leaf, Leaves[leaf], proof));
        }

        foreach (var (earlier, later, known) in Consistencies)
        {
            var proof = MerkleTree.ConsistencyProof(earlier, later, MerkleTree.RangeOf(Leaves));
            Assert.Equal(known, proof.Select(Hex));
            Assert.True(MerkleTree.Continues(
                Convert.FromHexString(Roots[earlier - 1]), earlier, Convert.FromHexString(Roots[later - 1]), later, proof));
        }

        output.WriteLine($"RFC 6962: {Roots.Length + 1} roots, {Inclusions.Length} inclusion proofs and {Consistencies.Length} consistency proofs are the known ones.");
    }

    [Fact]
    public void Every_proof_in_every_small_tree_holds_and_holds_for_nothing_else()
    {
        var leaves = Enumerable.Range(0, 40).Select(i => MerkleTree.Leaf([(byte)i])).ToArray();
        var range = MerkleTree.RangeOf(leaves);
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = range(0, size);
            for (var leaf = 0; leaf < size; leaf++)
            {
                var proof = MerkleTree.InclusionProof(leaf, size, range);
                Assert.True(MerkleTree.Includes(root, size, leaf, leaves[leaf], proof));
                Assert.False(MerkleTree.Includes(root, size, leaf, leaves[(leaf + 1) % leaves.Length], proof));
                Assert.False(size > 1 && MerkleTree.Includes(root, size, (leaf + 1) % size, leaves[leaf], proof));
            }

            for (var earlier = 1; earlier <= size; earlier++)
            {
                var proof = MerkleTree.ConsistencyProof(earlier, size, range);
                Assert.True(MerkleTree.Continues(range(0, earlier), earlier, root, size, proof));
                Assert.False(MerkleTree.Continues(MerkleTree.Leaf([99]), earlier, root, size, proof));
            }
        }
    }

    [Fact]
    public void A_tree_that_grows_has_the_same_root_at_every_size()
    {
        var growing = new MerkleTree.Growing();
        Assert.Equal(Hex(MerkleTree.Root([])), Hex(growing.Root));
        for (var size = 1; size <= Leaves.Length; size++)
        {
            growing.Add(Leaves[size - 1]);
            Assert.Equal(Roots[size - 1], Hex(growing.Root));
        }
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
