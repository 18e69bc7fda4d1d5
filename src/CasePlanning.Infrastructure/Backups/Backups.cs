using System.Reflection;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Kernel;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Infrastructure.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Infrastructure.Backups;

/// <summary>Backups of an installation on SQLite. What is in one, and why, is in <c>deploy/backup.md</c>.</summary>
/// <param name="installation">Its settings. Only a copy that is made needs the rest of it.</param>
/// <param name="build">The host as it would serve.</param>
public sealed class Backups(IHostApplicationBuilder installation, Func<WebApplication> build) : IBackups
{
    private const string NotThisSchema = "The database is of another release. Have the copy made by that one, or copy the whole data directory while nothing runs on it.";

    private static readonly string Release = typeof(Backups).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public async Task<BackupReport> Create(string place, CancellationToken cancellation)
    {
        var (database, data, target) = (DatabaseFile(), DataPlace(), Path.GetFullPath(place));
        if (Path.Exists(target))
            throw new BackupRefused($"{target} is there already: name a directory that is not.");
        if ($"{target}/".StartsWith($"{data}/", StringComparison.Ordinal))
            throw new BackupRefused($"{target} would be lost together with the data directory that it lies in.");
        if (!File.Exists(database))
            throw new BackupRefused($"There is no database {database}.");
        await using var app = build();
        var made = $"{target}.{Ids.New(app.Services.GetRequiredService<TimeProvider>().GetUtcNow()):N}";
        try
        {
            PrivateFiles.MakeDirectory(made);
            await WriteTo(made, data, app.Services, cancellation);
            var (_, report) = await BackupCheck.Of(made, publicKey: null, cancellation);
            Directory.Move(made, target);
            return report with { Place = target };
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new BackupRefused($"The copy could not be made: {failure.Message}", failure);
        }
        finally
        {
            if (Directory.Exists(made))
                Directory.Delete(made, recursive: true);
        }
    }

    public async Task<BackupReport> Verify(string place, string? publicKey, CancellationToken cancellation) =>
        (await BackupCheck.Of(Path.GetFullPath(place), publicKey, cancellation)).Report;

    public async Task<BackupReport> Restore(string place, string? publicKey, bool replaces, CancellationToken cancellation)
    {
        var (database, data) = (DatabaseFile(), DataPlace());
        var (manifest, report) = await BackupCheck.Of(Path.GetFullPath(place), publicKey, cancellation);
        if (manifest.Origin != CheckpointFile.OriginOf(installation.Configuration))
            throw new BackupRefused($"It is a backup of {manifest.Origin}, and the setting Identity:Issuer says another installation.");
        var restoring = new Restoring(data, database, report.Place, manifest, TimeProvider.System);
        return report with { SetAside = await restoring.Run(replaces, cancellation) };
    }

    /// <summary>The act of whoever sits at the console, as the journal keeps it.</summary>
    internal static JournalEntry EntryOf(string act, DateTimeOffset now) => new(
        Actor.AtTheConsole(agencyId: null, Ids.New(now).ToString()),
        new Deed(act, Writes: true, PlanId: null, Part: null, PartId: null), Verdict.Allowed, [], now);

    /// <summary>
    /// The checkpoints first and the keys last: each checkpoint that was written down is in the database already, and the key of
    /// whatever is sealed in the database is among the keys.
    /// </summary>
    private static async Task WriteTo(string directory, string data, IServiceProvider services, CancellationToken cancellation)
    {
        var (time, key, parts) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IJournalKey>(), new List<BackupPart>());
        var begunAt = time.GetUtcNow();
        // Whoever takes a copy of every plan leaves a trace, and it is in the copy too.
        await services.GetRequiredService<IWriteLane>().Run(async (lane, token) =>
        {
            var planning = (PlanningContext)lane.GetRequiredService<IPlanningDatabase>();
            if (!(await planning.Database.GetAppliedMigrationsAsync(token)).SequenceEqual(planning.Database.GetMigrations()))
                throw new BackupRefused(NotThisSchema);
            planning.Journal.Add(EntryOf("CreateBackup", begunAt));
            return await planning.SaveChangesAsync(token);
        }, cancellation);

        if (new FileInfo(Path.Combine(data, "journal", "checkpoints.ndjson")) is { Exists: true } checkpoints)
        {
            var kept = new BackupPart(BackupPart.Checkpoints, 0, "").In(directory);
            await PrivateFiles.Copy(checkpoints.FullName, kept, cancellation);
            // The server may be writing the next one.
            PrivateFiles.CutToWholeLines(kept);
            await Note(BackupPart.Checkpoints);
        }

        var copy = Path.Combine(directory, BackupPart.Database);
        await PrivateFiles.Write(copy, ReadOnlyMemory<byte>.Empty, cancellation);
        await SqliteDialect.CopyInto(copy, services.GetRequiredService<DatabaseSettings>(), cancellation);
        await Note(BackupPart.Database);
        await PrivateFiles.Write(Path.Combine(directory, BackupPart.PublicKey), System.Text.Encoding.UTF8.GetBytes(key.PublicKey), cancellation);
        await Note(BackupPart.PublicKey);
        await Add(Path.Combine(data, "frameworks"), "*.json");
        foreach (var kind in (string[])["*.pem", "*.key", "*.xml"])
            await Add(Path.Combine(data, "keys"), kind);

        using var publicKey = await PublicKey.In(Path.Combine(directory, BackupPart.PublicKey), cancellation);
        var (schema, journal) = await BackupCheck.Open(directory, publicKey, cancellation);
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat, Release, begunAt, time.GetUtcNow(), services.GetRequiredService<CheckpointFile>().Origin, schema, journal, parts);
        await manifest.WriteTo(directory, key.Sign, cancellation);

        async Task Note(string path)
        {
            var (bytes, sha256) = await PrivateFiles.Measure(Path.Combine(directory, path), cancellation);
            parts.Add(new BackupPart(path, bytes, sha256));
        }

        async Task Add(string from, string names)
        {
            if (!Directory.Exists(from))
                return;
            foreach (var file in Directory.EnumerateFiles(from, names).Order(StringComparer.Ordinal))
            {
                var part = new BackupPart($"{Path.GetFileName(from)}/{Path.GetFileName(file)}", 0, "");
                if (!part.HasAPlace)
                    throw new BackupRefused($"{file} cannot be kept in a backup under this name.");
                var (bytes, sha256) = await PrivateFiles.Copy(file, part.In(directory), cancellation);
                parts.Add(part with { Bytes = bytes, Sha256 = sha256 });
            }
        }
    }

    private string DataPlace() => Path.TrimEndingDirectorySeparator(DataDirectory.Of(installation.Configuration, installation.Environment));

    /// <exception cref="BackupRefused">The plans are on SQL Server.</exception>
    private string DatabaseFile()
    {
        var settings = DatabaseSettings.From(installation.Configuration, installation.Environment);
        return settings.Provider is DatabaseProvider.Sqlite
            ? SqliteDialect.FileOf(settings.ConnectionString)
            : throw new BackupRefused("The plans are on SQL Server: use its own backup and restore, and copy 'keys', 'journal' and 'frameworks' of the data directory. deploy/backup.md says how.");
    }
}
