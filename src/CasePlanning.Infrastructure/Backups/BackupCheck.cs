using System.Globalization;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Infrastructure.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Infrastructure.Backups;

/// <summary>Whether a copy is still what it was when it was made, and was whole then.</summary>
internal static class BackupCheck
{
    /// <exception cref="BackupRefused">It is not.</exception>
    public static async Task<(BackupManifest Manifest, BackupReport Report)> Of(string place, string? publicKey, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(place, BackupManifest.FileName)))
            throw new BackupRefused($"There is no {BackupManifest.FileName} in {place}, so it is no backup.");
        using var key = await PublicKey.In(publicKey ?? Path.Combine(place, BackupPart.PublicKey), cancellation);
        var manifest = await BackupManifest.ReadFrom(place, key.HasSigned, cancellation);
        foreach (var part in manifest.Parts)
            await CompareWithFile(part, place, cancellation);
        foreach (var needed in (string[])[BackupPart.Database, BackupPart.PublicKey])
        {
            if (manifest.Parts.All(part => part.Path != needed))
                throw new BackupRefused($"Its manifest does not name {needed}.");
        }

        var found = await Open(place, key, cancellation);
        if (found != (manifest.Schema, manifest.Journal))
            throw new BackupRefused("Its database is not the one that its manifest tells of.");
        return (manifest, new BackupReport(
            place, manifest.BegunAt, manifest.Release, manifest.Schema, manifest.Journal.Entries + manifest.Journal.Unnumbered,
            manifest.Journal.LastCheckpoint?.Size ?? 0, manifest.Journal.LastCheckpoint?.At, manifest.Parts.Count, manifest.Parts.Sum(part => part.Bytes), key.Print));
    }

    /// <summary>Opens the database of a copy, which changes nothing in it, and looks at all of it.</summary>
    public static async Task<(string Schema, JournalState Journal)> Open(string place, PublicKey key, CancellationToken cancellation)
    {
        try
        {
            await using var database = Reading(Path.Combine(place, BackupPart.Database));
            if (await SqliteDialect.FaultOf(database, cancellation) is { } fault)
                throw new BackupRefused($"Its database is damaged: {fault}");
            var schema = await SchemaOf(database, cancellation);
            var journal = await JournalCheck.Of(database, key.HasSigned, cancellation);
            await CompareCheckpoints(place, database, cancellation);
            return (schema, journal);
        }
        catch (Exception failure) when (failure is SqliteException or InvalidOperationException or FormatException)
        {
            throw new BackupRefused("Its database cannot be read.", failure);
        }
    }

    private static async Task CompareWithFile(BackupPart part, string place, CancellationToken cancellation)
    {
        var file = new FileInfo(part.In(place));
        if (!file.Exists)
            throw new BackupRefused($"{part.Path} is missing.");
        if (file.LinkTarget is not null)
            throw new BackupRefused($"{part.Path} is no file but leads to one.");
        if (file.Length != part.Bytes)
            throw new BackupRefused(string.Create(CultureInfo.InvariantCulture, $"{part.Path} has {file.Length} bytes, and had {part.Bytes} when the copy was made."));
        if ((await PrivateFiles.Measure(file.FullName, cancellation)).Sha256 != part.Sha256)
            throw new BackupRefused($"{part.Path} was changed since the copy was made.");
    }

    /// <summary>A newer release may have made it, whose tables this one would not understand.</summary>
    private static async Task<string> SchemaOf(PlanningContext database, CancellationToken cancellation)
    {
        var applied = (await database.Database.GetAppliedMigrationsAsync(cancellation)).ToList();
        return applied.Except(database.Database.GetMigrations()).FirstOrDefault() is { } unknown
            ? throw new BackupRefused($"Its database has the schema {unknown}, of which this release knows nothing. A newer one made it.")
            : applied.LastOrDefault() ?? throw new BackupRefused("Its database holds no plans and never did.");
    }

    /// <summary>Each line of the file that leaves the machine is of a checkpoint that the journal has.</summary>
    private static async Task CompareCheckpoints(string place, PlanningContext database, CancellationToken cancellation)
    {
        var file = Path.Combine(place, BackupPart.Checkpoints);
        if (!File.Exists(file))
            return;
        var stored = (await database.Checkpoints.AsNoTracking().ToListAsync(cancellation)).Select(JournalFile.LineOf).ToHashSet();
        if ((await File.ReadAllLinesAsync(file, cancellation)).Any(line => !stored.Contains(line)))
            throw new BackupRefused($"{BackupPart.Checkpoints} has a checkpoint that its journal has not.");
    }

    private static PlanningContext Reading(string file)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        return new(new DbContextOptionsBuilder<PlanningContext>().UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, connection.ConnectionString)).Options);
    }
}
