using System.Text;
using CasePlanning.Domain.Journal;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Infrastructure.Journal;

/// <summary>
/// Where checkpoints leave the database: a file that is only ever added to, a line of JSON each. Keep copies of it where those
/// who run the database cannot write.
/// </summary>
/// <param name="directory">The data directory.</param>
internal sealed class CheckpointFile(string directory, string origin)
{
    private readonly string path = Path.Combine(directory, "journal", "checkpoints.ndjson");

    public string Origin { get; } = origin;

    /// <summary>Whose journal it is that an installation with these settings writes.</summary>
    public static string OriginOf(IConfiguration configuration) =>
        $"{(configuration["Identity:Issuer"] ?? "http://localhost:5080/").TrimEnd('/')}/journal";

    public void Append(Checkpoint checkpoint)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(Encoding.UTF8.GetBytes($"{JournalFile.LineOf(checkpoint)}\n"));
        file.Flush(flushToDisk: true);
    }
}
