using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure.Backups;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Backups;

/// <summary>An installation, and the one backup of it that all these tests look at.</summary>
public sealed class BackedUp : IAsyncLifetime
{
    public string Home { get; } = Directory.CreateTempSubdirectory("caseplanning-backups-").FullName;

    public PlanningHost Host { get; } = new() { ComparesJournal = false };

    public string Backup => Path.Combine(Home, "backup");

    public string PublicKey => Path.Combine(Home, "kept-elsewhere.pem");

    public async ValueTask InitializeAsync()
    {
        if (TestDatabase.IsSqlServer)
            return;
        await Host.InitializeAsync();
        var imke = Host.SignInAs("imke.sandover");
        var plan = (await imke.Get("/plans")).Items.Single().GetProperty("id").GetString();
        // Longer than one tile of the journal.
        for (var i = 0; i < 300; i++)
            (await imke.Get($"/plans/{plan}")).Expect(200);
        await Host.SignJournal();
        var (exit, _, errors) = await BuiltProgram.Run("backup", "create", Backup, $"--Data:Directory={Host.DataDirectory}");
        Assert.True(exit == 0, errors);
        await File.WriteAllTextAsync(PublicKey, await Host.CreateClient().GetStringAsync("/.well-known/journal-key"));
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Home, recursive: true);
    }
}

/// <summary>One backup, taken beside a running server, and all that can be wrong with it or with where it is to go.</summary>
public sealed class BackupTests : IClassFixture<BackedUp>, IDisposable
{
    private const string InUse = "is in use: stop the server first.";
    private const string Mark = "restore-has-not-ended";

    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-backups-").FullName;
    private readonly BackedUp made;

    public BackupTests(BackedUp made)
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "SQL Server has its own backups.");
        this.made = made;
    }

    private PlanningHost Host => made.Host;

    private string Backup => made.Backup;

    private string Kept => made.PublicKey;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task It_holds_what_an_installation_is_for_its_owner_s_eyes_alone_and_says_so()
    {
        var said = await Run(0, "backup", "verify", Backup, "--key", Kept);

        Assert.Matches(@"\Abackup +\S+backup\nof +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, by release .+\nschema +\d{14}_\w+\njournal +\d+ entries, the first \d+ under the checkpoint of .+\nfiles +\d+, of \d+ bytes\nkey +[0-9a-f]{64}\nNothing in this backup was altered\.\z", said);
        var files = Directory.EnumerateFiles(Backup, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Backup, f)).ToList();
        Assert.Superset(new HashSet<string> { "caseplanning.db", "journal-key.pem", "manifest.json", "manifest.json.sig", "journal/checkpoints.ndjson", "keys/signing.pem", "keys/encryption.key", "keys/journal.pem" }, files.ToHashSet());
        Assert.DoesNotContain(files, file => file.EndsWith(".lock", StringComparison.Ordinal) || file.Contains("-wal", StringComparison.Ordinal) || file.Contains("certificate", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(Path.Combine(Backup, file))));
            Assert.All([Backup, .. Directory.GetDirectories(Backup)], d => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(d)));
        }

        Assert.Equal([Backup, Kept], Directory.GetFileSystemEntries(made.Home).Order());
        Assert.Equal("console", await Host.With(store => store.Journal.Where(e => e.Act == "CreateBackup").Select(e => e.ClientId).SingleAsync()));
    }

    [Fact]
    public async Task What_was_changed_cut_off_taken_out_or_put_in_is_found()
    {
        await Finds("caseplanning.db was changed", copy => Flip(Path.Combine(copy, "caseplanning.db")));
        await Finds("caseplanning.db has", copy => Shorten(Path.Combine(copy, "caseplanning.db")));
        await Finds("caseplanning.db is missing", copy => File.Delete(Path.Combine(copy, "caseplanning.db")));
        await Finds("keys/signing.pem was changed", copy => Flip(Path.Combine(copy, "keys", "signing.pem")));
        await Finds("journal/checkpoints.ndjson has", copy => Shorten(Path.Combine(copy, "journal", "checkpoints.ndjson")));
        await Finds("has not signed it", copy => Replace(Path.Combine(copy, "manifest.json"), "\"release\": \"", "\"release\": \"9"));
        await Finds("is not signed", copy => File.Delete(Path.Combine(copy, "manifest.json.sig")));
        await Finds("so it is no backup", copy => File.Delete(Path.Combine(copy, "manifest.json")));
        await Finds("is no file but leads to one", copy =>
        {
            File.Move(Path.Combine(copy, "keys", "journal.pem"), At("elsewhere.pem"), overwrite: true);
            File.CreateSymbolicLink(Path.Combine(copy, "keys", "journal.pem"), At("elsewhere.pem"));
        });
        Assert.StartsWith(At("rhubarb"), (await Assert.ThrowsAsync<BackupRefused>(() => Check(Backup, At("rhubarb")))).Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever changes a backup can bring a key of their own and sign anew; not the key that was kept elsewhere.</summary>
    [Fact]
    public async Task One_that_was_signed_anew_is_found_by_the_key_that_was_kept_and_by_its_journal()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Finds("has not signed it", copy => Resign(copy, own, m => m), Kept);
        await Finds("is not signed by this key", copy => Resign(copy, own, m => m));
        await Finds("belongs in no backup", copy => Resign(copy, own, m => m with { Parts = [.. m.Parts, new BackupPart("keys/../../away.pem", 0, "")] }));
        await Finds("does not name caseplanning.db", copy => Resign(copy, own, m => m with { Parts = [.. m.Parts.Where(p => p.Path != BackupPart.Database)] }));
        await Finds("of which this release knows nothing", copy => Resign(copy, own, m => m with { Format = 2 }));
        await Finds("A newer one made it", copy =>
        {
            Execute(copy, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0.0')");
            Resign(copy, own, m => m);
        });
        await Finds("Its database is damaged", copy =>
        {
            Execute(copy, "PRAGMA foreign_keys=OFF; UPDATE \"Participants\" SET \"PlanId\" = 'AAAAAAAA-0000-0000-0000-000000000000'");
            Resign(copy, own, m => m);
        });
    }

    [Theory]
    [InlineData("of its journal was changed", "UPDATE \"Journal\" SET \"Act\" = 'ReadNothing' WHERE \"Sequence\" = 3")]
    [InlineData("of its journal was changed", "UPDATE \"Journal\" SET \"Act\" = 'ReadNothing' WHERE \"Act\" = 'CreateBackup'")]
    [InlineData("Entry 3 of its journal was taken out", "DELETE FROM \"Journal\" WHERE \"Sequence\" = 3")]
    [InlineData("The end of its journal was cut off", "DELETE FROM \"Journal\" WHERE \"Sequence\" >= 290")]
    [InlineData("What stands for the entries up to 256", "UPDATE \"JournalTiles\" SET \"Hash\" = zeroblob(32)")]
    [InlineData("not as long as it says itself", "UPDATE \"JournalLengths\" SET \"Size\" = \"Size\" + 1")]
    [InlineData("has a checkpoint that its journal has not", "DELETE FROM \"Checkpoints\" WHERE \"Size\" = (SELECT MAX(\"Size\") FROM \"Checkpoints\")")]
    [InlineData("is not signed by this key", "UPDATE \"Checkpoints\" SET \"Root\" = zeroblob(32)")]
    public async Task A_journal_that_was_altered_is_found_when_the_copy_is_made_or_opened(string fault, string alteration)
    {
        var copy = Copied();
        Execute(copy, alteration);
        using var key = await PublicKey.In(Kept, CancellationToken.None);

        var found = await Assert.ThrowsAsync<BackupRefused>(() => BackupCheck.Open(copy, key, CancellationToken.None));

        Assert.Contains(fault, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_restored_where_nothing_is_and_elsewhere_only_when_that_is_said_and_nothing_is_lost()
    {
        var elsewhere = At("elsewhere");
        Assert.Contains("It is restored.", await Run(0, "backup", "restore", Backup, "--key", Kept, Data(elsewhere)), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.All(Directory.EnumerateFiles(elsewhere, "*", SearchOption.AllDirectories), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file)));
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "certificate.pem"), "lies here too");
        await using (var restored = new PlanningHost { DataDirectory = elsewhere, ComparesJournal = false })
        {
            await restored.InitializeAsync();
            Assert.Contains("Kezia", (await restored.SignInAs("imke.sandover").Get("/plans")).Expect(200).Text, StringComparison.Ordinal);
            Assert.Equal(1, await restored.With(store => store.Journal.CountAsync(e => e.Act == "RestoreBackup" && e.ClientId == "console")));
            Assert.Contains(InUse, await Run(1, "backup", "restore", Backup, "--replace", Data(elsewhere)), StringComparison.Ordinal);
        }

        SqliteConnection.ClearAllPools();
        var before = Files(elsewhere);
        Assert.Contains("With --replace it is set aside.", await Run(1, "backup", "restore", Backup, Data(elsewhere)), StringComparison.Ordinal);
        Assert.Equal(before, Files(elsewhere));

        var said = await Run(0, "backup", "restore", Backup, "--replace", Data(elsewhere));
        var aside = Assert.Single(Directory.GetDirectories(elsewhere, "replaced-*"));
        Assert.Contains(aside, said, StringComparison.Ordinal);
        Assert.Superset(before.Where(file => file != "certificate.pem" && Path.GetExtension(file) is not (".migrating" or ".serving" or ".beside" or ".db-wal" or ".db-shm")).ToHashSet(), Files(aside).ToHashSet());
        Assert.True(File.Exists(Path.Combine(elsewhere, "certificate.pem")));
        await using var again = new PlanningHost { DataDirectory = elsewhere, ComparesJournal = false };
        await again.InitializeAsync();
        Assert.Contains("Kezia", (await again.SignInAs("imke.sandover").Get("/plans")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_restore_was_killed_no_server_starts_and_the_next_restore_ends_it()
    {
        var elsewhere = At("elsewhere");
        // The keys were in their place, the database was not.
        Directory.CreateDirectory(Path.Combine(elsewhere, "keys"));
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "keys", "journal.pem"), "");
        Directory.CreateDirectory(Path.Combine(elsewhere, "restoring", "journal"));
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "caseplanning.db.restoring"), "half");
        await File.WriteAllTextAsync(Path.Combine(elsewhere, Mark), "");
        await using (var refused = new PlanningHost { DataDirectory = elsewhere })
            Assert.Contains("run the verb 'backup restore' again", (await Assert.ThrowsAsync<StartRefused>(async () => await refused.InitializeAsync())).Message, StringComparison.Ordinal);

        await Run(0, "backup", "restore", Backup, Data(elsewhere));

        Assert.DoesNotContain(Files(elsewhere), file => file.Contains("restor", StringComparison.Ordinal));
        await using var restored = new PlanningHost { DataDirectory = elsewhere, ComparesJournal = false };
        await restored.InitializeAsync();
        Assert.Contains("Kezia", (await restored.SignInAs("imke.sandover").Get("/plans")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_not_and_says_why()
    {
        (string, string)[] sqlServer = [("Database:Provider", "SqlServer"), ("Database:ConnectionString", "Server=nowhere")];
        foreach (var (expected, act, settings) in new (string, Func<IBackups, Task>, (string, string)[])[]
        {
            ("is there already", b => b.Create(Backup, default), []),
            ("would be lost together with the data directory", b => b.Create(Path.Combine(Host.DataDirectory, "backup"), default), []),
            ("There is no database", b => b.Create(At("new"), default), [("Data:Directory", At("nowhere"))]),
            ("use its own backup", b => b.Create(At("new"), default), sqlServer),
            ("use its own backup", b => b.Restore(Backup, null, false, default), [("Data:Directory", At("new")), .. sqlServer]),
            ("says another installation", b => b.Restore(Backup, null, false, default), [("Data:Directory", At("new")), ("Identity:Issuer", "https://plans.example/")]),
            ("so it is no backup", b => b.Verify(made.Home, null, default), []),
        })
        {
            var installation = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
            installation.Configuration["Data:Directory"] = Host.DataDirectory;
            foreach (var (name, value) in settings)
                installation.Configuration[name] = value;
            var backups = new Infrastructure.Backups.Backups(installation, () => throw new InvalidOperationException("It was built."));
            var refused = await Assert.ThrowsAsync<BackupRefused>(() => act(backups));
            Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        }

        Assert.Contains("There is no database", await Run(1, "backup", "create", At("new"), Data(At("nowhere"))), StringComparison.Ordinal);
        foreach (var arguments in (string[][])[["create"], ["restore", Backup, "--replace", "now"]])
            Assert.StartsWith("Usage:\n  backup create DIRECTORY\n", await Run(2, ["backup", .. arguments]), StringComparison.Ordinal);
        Assert.Equal([Backup, Kept], Directory.GetFileSystemEntries(made.Home).Order());
        Assert.Empty(Directory.GetFileSystemEntries(home));
    }

    private string At(string name) => Path.Combine(home, name);

    private static string Data(string directory) => $"--Data:Directory={directory}";

    /// <returns>What it said: as a result when all went well, otherwise as a complaint.</returns>
    private static async Task<string> Run(int exitCode, params string[] arguments)
    {
        var (exit, said, errors) = await BuiltProgram.Run(arguments);
        Assert.True(exit == exitCode && (exit == 0 ? errors : said).Length == 0, $"{string.Join(' ', arguments)}: {exit}\n{said}\n{errors}");
        return exit == 0 ? said : errors;
    }

    private static async Task Check(string place, string? key) => await BackupCheck.Of(place, key, CancellationToken.None);

    private async Task Finds(string fault, Action<string> change, string? key = null)
    {
        var copy = Copied();
        await Check(copy, key is null ? null : Kept);
        change(copy);
        var found = await Assert.ThrowsAsync<BackupRefused>(() => Check(copy, key));
        Assert.Contains(fault, found.Message, StringComparison.Ordinal);
    }

    private string Copied()
    {
        var copy = Directory.CreateDirectory(At($"copy-{Guid.NewGuid():N}")).FullName;
        foreach (var file in Files(Backup))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(copy, file))!);
            File.Copy(Path.Combine(Backup, file), Path.Combine(copy, file));
        }

        return copy;
    }

    private static List<string> Files(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file)).Order(StringComparer.Ordinal)];

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);

    private static void Flip(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static void Shorten(string file) => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

    private static void Replace(string file, string from, string to) => File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

    private static void Execute(string copy, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(copy, "caseplanning.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    /// <summary>As somebody would who knows how backups are made.</summary>
    private static void Resign(string copy, ECDsa key, Func<BackupManifest, BackupManifest> change)
    {
        File.WriteAllText(Path.Combine(copy, "journal-key.pem"), key.ExportSubjectPublicKeyInfoPem());
        var manifest = BackupManifest.ReadFrom(copy, (_, _) => true, CancellationToken.None).GetAwaiter().GetResult();
        foreach (var file in (string[])["manifest.json", "manifest.json.sig"])
            File.Delete(Path.Combine(copy, file));
        var measured = manifest.Parts.Select(p => PrivateFiles.Measure(p.In(copy), CancellationToken.None).GetAwaiter().GetResult() is var (bytes, sha256) ? p with { Bytes = bytes, Sha256 = sha256 } : p);
        change(manifest with { Parts = [.. measured] })
            .WriteTo(copy, text => key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256), CancellationToken.None).GetAwaiter().GetResult();
    }
}
