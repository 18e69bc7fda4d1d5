using System.Security.Cryptography;
using System.Text;
using CasePlanning.Domain.Journal;
using Xunit;

namespace CasePlanning.Domain.Tests.Journal;

/// <summary>A journal of 5,000 entries is altered in every way that somebody who holds the file could think of.</summary>
public sealed class JournalFileTests(ITestOutputHelper output) : IDisposable
{
    private const int Entries = 5_000;
    private const int Tamperings = 1_000;
    private const int CleanLogs = 100;

    private static readonly DateTimeOffset Now = new(2026, 10, 14, 11, 0, 0, TimeSpan.Zero);

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly Random random = new(20261014);

    public void Dispose() => key.Dispose();

    [Fact]
    public void Every_tampering_is_found_and_nothing_else()
    {
        var log = Log(Entries);
        var kept = new[] { log[^1] };
        var receipt = Convert.ToHexStringLower(MerkleTree.Leaf(Encoding.UTF8.GetBytes(log[17])));
        Assert.Null(Verify(log, kept, [receipt]));

        var falseAlarms = Enumerable.Range(0, CleanLogs).Select(i => Log(20 + (i * 7))).Count(clean => Verify(clean, [clean[^1]], []) is not null);
        var undetected = new List<string>();
        for (var i = 0; i < Tamperings; i++)
        {
            var tampered = new List<string>(log);
            var kind = Tamper(tampered, i % 8);
            if (Verify(tampered, kept, []) is null)
                undetected.Add(kind);
        }

        var longest = Enumerable.Range(0, Entries).Max(leaf => MerkleTree.InclusionProof(leaf, Entries, (_, _) => []).Count);
        output.WriteLine($"T10: {Tamperings - undetected.Count} of {Tamperings} tamperings detected, {falseAlarms} false alarms on {CleanLogs} clean logs, longest proof {longest} hashes.");
        Assert.Empty(undetected);
        Assert.Equal(0, falseAlarms);
        Assert.True(longest <= 13);
    }

    [Fact]
    public void A_receipt_that_is_not_in_it_is_missed() => Assert.NotNull(Verify(Log(30), [], [new string('0', 64)]));

    [Fact]
    public void A_file_without_a_checkpoint_proves_nothing() => Assert.NotNull(Verify([.. Log(30).Where(l => !IsCheckpoint(l))], [], []));

    [Fact]
    public void What_follows_the_last_checkpoint_is_not_vouched_for() => Assert.NotNull(Verify([.. Log(30), Line()], [], []));

    [Fact]
    public void The_bytes_of_an_entry_are_one_line_and_always_the_same()
    {
        var entry = new JournalEntry(
            new Actor(Guid.NewGuid(), "a \"client\"\n", null, null, "r"), new Deed("ReadPlan", false, Guid.NewGuid(), "Plan", Guid.NewGuid()),
            Verdict.Allowed, [1, 2, 3], Now);
        var line = Encoding.UTF8.GetString(entry.Canonical());
        Assert.DoesNotContain('\n', line);
        Assert.Equal(line, Encoding.UTF8.GetString(entry.Canonical()));
        Assert.Equal(MerkleTree.Leaf(entry.Canonical()), entry.LeafHash);
    }

    private string? Verify(IEnumerable<string> lines, IEnumerable<string> kept, IEnumerable<string> receipts) =>
        JournalFile.Verify(lines, (text, signature) => key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256), kept, receipts);

    private string Tamper(List<string> log, int kind)
    {
        var at = random.Next(log.Count - 1);
        while (kind is not 6 and not 7 && IsCheckpoint(log[at]))
            at = random.Next(log.Count - 1);
        switch (kind)
        {
            case 0:
                var bytes = Encoding.UTF8.GetBytes(log[at]);
                bytes[random.Next(bytes.Length)] ^= 1;
                log[at] = Encoding.Latin1.GetString(bytes);
                return "flip a bit";
            case 1:
                log.RemoveAt(at);
                return "take an entry out";
            case 2:
                log.Insert(at, Line());
                return "put an entry in";
            case 3:
                var other = at == 0 || IsCheckpoint(log[at - 1]) ? at + 1 : at - 1;
                if (IsCheckpoint(log[other]))
                    return Tamper(log, kind);
                (log[at], log[other]) = (log[other], log[at]);
                return "swap two entries";
            case 4:
                var end = log.FindLastIndex(random.Next(log.Count / 2, log.Count - 2), IsCheckpoint);
                log.RemoveRange(end + 1, log.Count - end - 1);
                return "cut the end off";
            case 5:
                log[at] = Line();
                Resign(log, ECDsa.Create(ECCurve.NamedCurves.nistP256));
                return "write all anew under another key";
            case 6:
                var places = Enumerable.Range(0, log.Count).Where(i => IsCheckpoint(log[i])).ToList();
                var (one, two) = (places[random.Next(places.Count - 1)], places[^1]);
                (log[one], log[two]) = (log[two], log[one]);
                return "swap two checkpoints";
            default:
                log[log.FindIndex(random.Next(log.Count / 2), IsCheckpoint)] = "{\"checkpoint\":\"x\",\"signature\":\"\"}";
                return "spoil a checkpoint";
        }
    }

    private static void Resign(List<string> log, ECDsa other)
    {
        using (other)
        {
            var leaves = new List<byte[]>();
            for (var i = 0; i < log.Count; i++)
            {
                if (IsCheckpoint(log[i]))
                    log[i] = JournalFile.LineOf(new Checkpoint("test", leaves.Count, MerkleTree.Root(leaves), t => Sign(other, t), Now));
                else
                    leaves.Add(MerkleTree.Leaf(Encoding.UTF8.GetBytes(log[i])));
            }
        }
    }

    /// <summary>A log with a checkpoint after each quarter.</summary>
    private List<string> Log(int entries)
    {
        var (log, tree) = (new List<string>(), new MerkleTree.Growing());
        for (var i = 1; i <= entries; i++)
        {
            log.Add(Line());
            tree.Add(MerkleTree.Leaf(Encoding.UTF8.GetBytes(log[^1])));
            if (i % Math.Max(1, entries / 4) == 0 || i == entries)
                log.Add(JournalFile.LineOf(new Checkpoint("test", i, tree.Root, t => Sign(key, t), Now)));
        }

        return log;
    }

    private static string Line() => Encoding.UTF8.GetString(Entry().Canonical());

    private static JournalEntry Entry() => new(
        new Actor(Guid.NewGuid(), null, null, null, Guid.NewGuid().ToString()), new Deed("ReadReading", false, Guid.NewGuid(), "Plan", Guid.NewGuid()),
        Verdict.Allowed, [], Now);

    private static bool IsCheckpoint(string line) => line.StartsWith("{\"checkpoint\"", StringComparison.Ordinal);

    private static byte[] Sign(ECDsa by, string text) => by.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);
}
