using CasePlanning.Application;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// A SQLite file has one server, because it has one write lane. The claim is a lock on a file beside it, which the operating
/// system lets go of when the process ends, however it ends. The verbs of the console claim nothing: they write once, in turn.
/// </summary>
internal sealed class SoleServer(DatabaseSettings settings) : IDisposable
{
    private FileStream? claim;

    /// <summary>This process is the server, and not a verb of the console.</summary>
    public bool IsClaimed => claim is not null;

    /// <exception cref="StartRefused">Another server has the file.</exception>
    public void Claim()
    {
        var file = SqliteDialect.FileOf(settings.ConnectionString);
        var path = file + ".serving";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            claim = new FileStream(path, options);
        }
        catch (IOException taken) when (File.Exists(path))
        {
            throw new StartRefused($"Another server is running on {file}, and a SQLite file has one: stop that one first. Several servers can share a SQL Server database.", taken);
        }
    }

    public void Dispose() => claim?.Dispose();
}
