using System.Globalization;
using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Infrastructure.Backups;

/// <summary>
/// Puts a copy in the place of an installation. All of it is written beside and made ready first, and then renamed. A mark says
/// that this has begun: a server that finds it does not start, and a restore that finds it begins again.
/// </summary>
internal sealed class Restoring(string data, string database, string place, BackupManifest manifest, TimeProvider time)
{
    private const string Mark = "restore-has-not-ended";

    /// <summary>What of the data directory is of the installation; whatever else lies there stays.</summary>
    private static readonly string[] Rooms = ["keys", "journal", "frameworks"];

    private readonly string mark = Path.Combine(data, Mark);
    private readonly string beside = Path.Combine(data, "restoring");
    private readonly string databaseBeside = $"{database}.restoring";

    /// <exception cref="StartRefused">What is there is half of one installation and half of another.</exception>
    public static void RefuseUnfinished(string dataDirectory)
    {
        if (File.Exists(Path.Combine(dataDirectory, Mark)))
            throw new StartRefused($"A restore into {dataDirectory} has not ended: run the verb 'backup restore' again.");
    }

    /// <returns>Where what was there before is now; null when nothing was.</returns>
    /// <exception cref="BackupRefused">It may not be put there; nothing was changed.</exception>
    public async Task<string?> Run(bool replaces, CancellationToken cancellation)
    {
        if (!Directory.Exists(data))
            PrivateFiles.MakeDirectory(data);
        Directory.CreateDirectory(Path.GetDirectoryName(database)!);
        // From here on no server starts, and none that runs is overlooked.
        using var sole = Claimed();
        var goesOn = File.Exists(mark);
        if (!replaces && !goesOn && Present().FirstOrDefault() is { } there)
            throw new BackupRefused($"There is {there} already. With --replace it is set aside.");
        if (!goesOn)
            await PrivateFiles.Write(mark, ReadOnlyMemory<byte>.Empty, cancellation);
        // A verb may still be writing.
        if (File.Exists(database) && await SqliteDialect.IsInUse(database, cancellation))
        {
            if (!goesOn)
                File.Delete(mark);
            throw InUse();
        }

        try
        {
            await MakeReady(cancellation);
        }
        catch when (!goesOn)
        {
            Clear();
            File.Delete(mark);
            throw;
        }

        var setAside = SetAside();
        foreach (var room in Rooms.Where(room => Directory.Exists(Path.Combine(beside, room))))
            Directory.Move(Path.Combine(beside, room), Path.Combine(data, room));
        File.Move(databaseBeside, database);
        Clear();
        File.Delete(mark);
        return setAside;
    }

    private SoleServer Claimed()
    {
        var sole = new SoleServer(new DatabaseSettings(DatabaseProvider.Sqlite, new SqliteConnectionStringBuilder { DataSource = database }.ConnectionString));
        try
        {
            sole.Claim();
            return sole;
        }
        catch (StartRefused)
        {
            throw InUse();
        }
    }

    private BackupRefused InUse() => new($"{database} is in use: stop the server first.");

    private IEnumerable<string> Present() =>
        Rooms.Select(room => Path.Combine(data, room)).Where(Directory.Exists).Concat(SqliteDialect.FilesOf(database).Where(File.Exists));

    private async Task MakeReady(CancellationToken cancellation)
    {
        Clear();
        PrivateFiles.MakeDirectory(beside);
        foreach (var part in manifest.Parts.Where(part => part.Path != BackupPart.PublicKey))
        {
            var to = part.Path == BackupPart.Database ? databaseBeside : part.In(beside);
            var copied = await PrivateFiles.Copy(part.In(place), to, cancellation);
            if (copied != (part.Bytes, part.Sha256))
                throw new BackupRefused($"{part.Path} was changed while it was read.");
        }

        await using (var context = Writing())
        {
            await SqliteDialect.Migrate(context, cancellation);
            context.Journal.Add(Backups.EntryOf("RestoreBackup", time.GetUtcNow()));
            await context.SaveChangesAsync(cancellation);
        }

        SqliteDialect.Settle(databaseBeside);
    }

    /// <summary>An earlier release may have made the copy; and whoever reads the journal is to find that it was taken up again from one.</summary>
    private PlanningContext Writing()
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = databaseBeside, Pooling = false };
        return new(new DbContextOptionsBuilder<PlanningContext>().UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, connection.ConnectionString)).Options);
    }

    private string? SetAside()
    {
        var present = Present().ToList();
        if (present.Count == 0)
            return null;
        var aside = Path.Combine(data, $"replaced-{time.GetUtcNow().ToString("yyyy-MM-dd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}");
        PrivateFiles.MakeDirectory(aside);
        // On another disk than the data directory, the database stays where it is and gets another name.
        foreach (var path in present)
        {
            var to = Path.GetDirectoryName(path) == data ? Path.Combine(aside, Path.GetFileName(path)) : $"{path}.{Path.GetFileName(aside)}";
            Directory.Move(path, to);
        }

        return aside;
    }

    private void Clear()
    {
        if (Directory.Exists(beside))
            Directory.Delete(beside, recursive: true);
        foreach (var file in SqliteDialect.FilesOf(databaseBeside))
            File.Delete(file);
    }
}
