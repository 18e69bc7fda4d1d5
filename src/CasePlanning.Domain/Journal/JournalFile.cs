using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CasePlanning.Domain.Journal;

/// <summary>
/// A journal as a file: a line for each entry, and after every stretch a line with the checkpoint that was signed over all before
/// it. It can be verified with nothing but the public key.
/// </summary>
public static class JournalFile
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string LineOf(Checkpoint checkpoint) =>
        JsonSerializer.Serialize(new CheckpointLine(checkpoint.Text, checkpoint.Signature), Plain);

    /// <returns>How many entries the checkpoint in a line is over; 0 where there is none in it.</returns>
    public static long SizeIn(string line) => Parse(line)?.Size ?? 0;

    /// <param name="isSigned">Whether a text carries a signature of the journal's key.</param>
    /// <param name="kept">Checkpoints that were kept elsewhere, as lines: without one, nobody can tell that the end was cut off.</param>
    /// <param name="receipts">Leaf hashes, in hexadecimal, that must be in it.</param>
    /// <returns>What is wrong with it, in a sentence; null when nothing is.</returns>
    public static string? Verify(
        IEnumerable<string> lines, Func<string, byte[], bool> isSigned, IEnumerable<string> kept, IEnumerable<string> receipts)
    {
        // Every root is worked out from the entries themselves, so each checkpoint is seen to continue the one before it.
        var tree = new MerkleTree.Growing();
        var missingReceipts = receipts.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missingCheckpoints = new HashSet<string>();
        foreach (var line in kept)
        {
            if (Parse(line) is not { } checkpoint || !isSigned(checkpoint.Text, checkpoint.Signature))
                return "A checkpoint that was kept elsewhere is not signed by this key.";
            missingCheckpoints.Add(checkpoint.Text);
        }

        var (signed, origin, number) = (0L, (string?)null, 0);
        foreach (var line in lines)
        {
            number++;
            if (!line.StartsWith("{\"checkpoint\":", StringComparison.Ordinal))
            {
                var leaf = MerkleTree.Leaf(Encoding.UTF8.GetBytes(line));
                tree.Add(leaf);
                missingReceipts.Remove(Convert.ToHexStringLower(leaf));
                continue;
            }

            if (Parse(line) is not { } checkpoint)
                return $"Line {number} is no checkpoint.";
            if (!isSigned(checkpoint.Text, checkpoint.Signature))
                return $"The checkpoint in line {number} is not signed by this key.";
            if (checkpoint.Size != tree.Size)
                return $"The checkpoint in line {number} is over {checkpoint.Size} entries; the file has {tree.Size} before it.";
            if (origin is not null && origin != checkpoint.Origin)
                return $"The checkpoint in line {number} is of another journal.";
            if (!tree.Root.AsSpan().SequenceEqual(checkpoint.Root))
                return $"An entry before line {number} was changed, taken out, put in or moved.";
            (signed, origin) = (tree.Size, checkpoint.Origin);
            missingCheckpoints.Remove(checkpoint.Text);
        }

        if (origin is null)
            return "The file has no checkpoint, so nothing in it can be verified.";
        if (signed != tree.Size)
            return $"The last {tree.Size - signed} entries are under no checkpoint.";
        if (missingCheckpoints.Count > 0)
            return $"{missingCheckpoints.Count} checkpoints that were kept elsewhere are not in this file: its end was cut off, or it is of another journal.";
        return missingReceipts.Count > 0 ? $"{missingReceipts.Count} of the receipts are for entries that are not in this file." : null;
    }

    private static (string Text, byte[] Signature, string Origin, long Size, byte[] Root)? Parse(string line)
    {
        try
        {
            var (text, signature) = JsonSerializer.Deserialize<CheckpointLine>(line)!;
            var parts = text.Split('\n');
            return (text, Convert.FromBase64String(signature), parts[0], long.Parse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture), Convert.FromBase64String(parts[2]));
        }
        catch (Exception failure) when (failure is JsonException or FormatException or IndexOutOfRangeException or ArgumentNullException or OverflowException)
        {
            return null;
        }
    }

    private sealed record CheckpointLine(
        [property: System.Text.Json.Serialization.JsonPropertyName("checkpoint")] string Text,
        [property: System.Text.Json.Serialization.JsonPropertyName("signature")] string Signature);
}
