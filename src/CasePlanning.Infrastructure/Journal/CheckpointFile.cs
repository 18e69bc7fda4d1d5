using System.Text;
using CasePlanning.Domain.Journal;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Infrastructure.Journal;

/// <summary>
/// Where checkpoints leave the database: a file that is only ever added to, a line of JSON each. It follows the database, so that a
/// process that ends between the two leaves no gap. Keep copies of it where those who run the database cannot write.
/// </summary>
/// <param name="directory">The data directory.</param>
internal sealed class CheckpointFile(string directory, string origin)
{
    /// <summary>Of which the last line is a part, whole.</summary>
    private const int LongestTail = 4096;

    private readonly Lock turn = new();
    private readonly string path = Path.Combine(directory, "journal", "checkpoints.ndjson");

    public string Origin { get; } = origin;

    /// <summary>Whose journal it is that an installation with these settings writes.</summary>
    public static string OriginOf(IConfiguration configuration) =>
        $"{(configuration["Identity:Issuer"] ?? "http://localhost:5080/").TrimEnd('/')}/journal";

    /// <returns>How many entries its last checkpoint is over.</returns>
    public long Size()
    {
        lock (turn)
        {
            using var file = Open();
            return SizeOf(file);
        }
    }

    /// <summary>Adds those that go beyond what it has.</summary>
    public void Append(IEnumerable<Checkpoint> checkpoints)
    {
        lock (turn)
        {
            using var file = Open();
            var have = SizeOf(file);
            file.Write(Encoding.UTF8.GetBytes(string.Concat(checkpoints.Where(c => c.Size > have).Select(c => $"{JournalFile.LineOf(c)}\n"))));
            file.Flush(flushToDisk: true);
        }
    }

    private FileStream Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
    }

    /// <summary>Leaves the file at its end. Half a line there was left by a full disk or a power cut: it is taken off, and comes again.</summary>
    private static long SizeOf(FileStream file)
    {
        var tail = new byte[Math.Min(file.Length, LongestTail)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        var whole = tail.AsSpan(0, tail.AsSpan().LastIndexOf((byte)'\n') + 1);
        if (whole.Length < tail.Length)
            file.SetLength(file.Length - tail.Length + whole.Length);
        file.Position = file.Length;
        var line = whole.TrimEnd((byte)'\n');
        return line.IsEmpty ? 0 : JournalFile.SizeIn(Encoding.UTF8.GetString(line[(line.LastIndexOf((byte)'\n') + 1)..]));
    }
}
