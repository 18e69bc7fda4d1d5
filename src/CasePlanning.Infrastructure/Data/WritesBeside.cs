using System.IO.MemoryMappedFiles;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// How often a verb of the console, or a backup, has written to a SQLite file beside the server that keeps what it read of it. The count
/// lies in a small file that every such process has in its memory, so that looking at it costs nothing.
/// </summary>
internal sealed class WritesBeside : IDisposable
{
    private readonly SoleServer server;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor count;

    public WritesBeside(DatabaseSettings settings, SoleServer server)
    {
        this.server = server;
        var path = SqliteDialect.FileOf(settings.ConnectionString) + ".beside";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(path, options);
        // Written out, because a disk that is full when a mapped file first needs a page of it ends the process.
        if (stream.Length < sizeof(long))
        {
            stream.Write(new byte[sizeof(long)]);
            stream.Flush();
        }

        file = MemoryMappedFile.CreateFromFile(stream, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        count = file.CreateViewAccessor(0, sizeof(long));
    }

    public long Count => count.ReadInt64(0);

    /// <summary>To be told after a commit. The server's own are no news to it.</summary>
    public void Tell()
    {
        if (!server.IsClaimed)
            count.Write(0, Count + 1);
    }

    public void Dispose()
    {
        count.Dispose();
        file.Dispose();
    }
}
