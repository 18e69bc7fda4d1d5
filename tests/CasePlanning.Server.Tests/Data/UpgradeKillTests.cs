using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// A first start and an upgrade that are killed, wherever that may be, and tried again. There is no second release yet: the upgrade
/// goes from this schema, full of the demo's plans, to one of the test's own, whose migration does what migrations do.
/// </summary>
public sealed class UpgradeKillTests(ITestOutputHelper output) : IDisposable
{
    private const string KillsVariable = "CASEPLANNING_UPGRADE_KILLS";
    /// <summary>The hash of no rows.</summary>
    private static readonly string Empty = Convert.ToHexString(SHA256.HashData([]));

    private const string DatabaseName = "caseplanning.db";

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable(KillsVariable) ?? "5", CultureInfo.InvariantCulture);

    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-upgrade-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task A_first_start_that_is_killed_again_and_again_ends_as_if_it_had_not_been()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        var (killed, whole) = (Path.Combine(home, "killed"), Path.Combine(home, "whole"));
        PreparedDirectory.CopyTo(whole);
        var (random, begun) = (new Random(17), 0);
        for (var i = 0; i < Kills; i++)
        {
            using var server = BuiltProgram.Start($"--Data:Directory={killed}", "--Demo:Data=false", "--urls=http://127.0.0.1:0");
            // When it takes its turn or migrates, as long as nothing has come of that, and then when it seeds; a little later each time.
            var isEarly = i < Kills * 3 / 5 && !File.Exists(Path.Combine(killed, DatabaseName));
            var (sign, longest) = !isEarly ? ("", 400) : i % 2 == 0 ? (".upgrading", 40) : (".migrating", 150);
            while (!File.Exists(Path.Combine(killed, DatabaseName + sign)) && !server.HasExited)
                await Task.Delay(1);
            await Task.Delay(random.Next(0, longest));
            server.Kill();
            await server.WaitForExitAsync();
            begun += File.Exists(Path.Combine(killed, DatabaseName)) ? 0 : 1;
        }

        await UntilItListens($"--Data:Directory={killed}", "--Demo:Data=false", "--urls=http://127.0.0.1:0");

        Assert.Equal(Schema(Path.Combine(whole, DatabaseName)), Schema(Path.Combine(killed, DatabaseName)));
        Assert.Equal("2", Scalar(Path.Combine(killed, DatabaseName), "SELECT COUNT(*) FROM \"Frameworks\""));
        Assert.Equal("ok", Scalar(Path.Combine(killed, DatabaseName), "SELECT integrity_check FROM pragma_integrity_check"));
        output.WriteLine($"T17: a first start killed {Kills} times (-9), {begun} of them before there was a database: the next one ends with the schema of one that was never killed.");
    }

    [Fact]
    public async Task An_upgrade_that_is_killed_at_any_step_is_done_by_the_next_start_and_no_row_is_harmed()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        var (beside, images) = await Killed("beside", (context, cancellation) => SqliteDialect.Migrate(context, cancellation));
        var (inPlace, control) = await Killed("in-place", (context, cancellation) => context.Database.MigrateAsync(cancellation));
        var (before, after) = (Rows(Path.Combine(home, "beside", "earlier.db")), Schema(beside));
        Assert.Equal(after, Schema(inPlace));
        Assert.Equal(before, Rows(beside, before.Keys));
        Assert.NotEqual(Schema(Path.Combine(home, "beside", "earlier.db")), after);

        var (untouched, faults) = (0, new List<string>());
        foreach (var image in images)
        {
            var file = Path.Combine(image, DatabaseName);
            // Until the copy takes its place, what is served is what was served before: to go back is to start the old release.
            untouched += Rows(file).ContainsKey("Later") ? 0 : 1;
            if (await Retried(file) is { } failure)
                faults.Add($"{Path.GetFileName(image)}: {failure}");
            else if (after != Schema(file) || !before.SequenceEqual(Rows(file, before.Keys)))
                faults.Add($"{Path.GetFileName(image)}: another schema, or other rows");
        }

        var stuck = 0;
        foreach (var image in control)
            stuck += await RetriedInPlace(Path.Combine(image, DatabaseName)) is null ? 0 : 1;
        output.WriteLine($"T17: an upgrade of {before.Count} tables, {before.Values.Count(rows => rows != Empty)} of them with rows, killed at {images.Count} of its steps: {images.Count - faults.Count} times the next start ends with the same schema and every row, {untouched} times the old schema was whole before it. The control, migrated in place, is stuck after {stuck} of {control.Count}.");
        Found.Nothing(faults);
        Assert.True(stuck > 0, "The control came through everything, so that this proves nothing.");
    }

    /// <summary>Upgrades a copy of a filled database, and takes an image of all its files at every step, as a kill would leave them.</summary>
    private async Task<(string File, List<string> Images)> Killed(string name, Func<PlanningContext, CancellationToken, Task> upgrade)
    {
        var (directory, prepared) = (Directory.CreateDirectory(Path.Combine(home, name)).FullName, Path.Combine(home, $"{name}-prepared"));
        PreparedDirectory.CopyTo(prepared);
        var file = Path.Combine(directory, DatabaseName);
        Settled(Path.Combine(prepared, DatabaseName));
        File.Copy(Path.Combine(prepared, DatabaseName), file);
        File.Copy(file, Path.Combine(directory, "earlier.db"));
        var steps = new Steps(directory, every: Kills > 5 ? 1 : 4);
        await using (var context = NextRelease.Context(file, steps))
            await upgrade(context, CancellationToken.None);
        return (file, steps.Images);
    }

    private static async Task<string?> Retried(string file) => await Failure(file, context => SqliteDialect.Migrate(context, CancellationToken.None));

    private static async Task<string?> RetriedInPlace(string file) => await Failure(file, async context =>
    {
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""");
        await context.Database.MigrateAsync();
    });

    private static async Task<string?> Failure(string file, Func<PlanningContext, Task> retry)
    {
        await using var context = NextRelease.Context(file);
        try
        {
            await retry(context);
            return null;
        }
        catch (Exception failure) when (failure is DbException or InvalidOperationException or IOException)
        {
            return failure.Message;
        }
    }

    private static async Task UntilItListens(params string[] arguments)
    {
        using var server = BuiltProgram.Start(arguments);
        try
        {
            while (await server.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line.Contains("Now listening", StringComparison.Ordinal))
                    return;
            }

            Assert.Fail($"It does not start: {await server.StandardError.ReadToEndAsync()}");
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static void Settled(string file) => Scalar(file, "SELECT COUNT(*) FROM sqlite_master");

    private static string Schema(string file) => string.Join('\n', Read(file,
        "SELECT type || ' ' || name || ' ' || COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE '\\_\\_EF%' ESCAPE '\\' ORDER BY type, name"));

    /// <summary>Each table, and the hash of all its rows.</summary>
    private static SortedDictionary<string, string> Rows(string file, IEnumerable<string>? tables = null)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in tables ?? Read(file, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\'"))
        {
            // Of the columns that it has had from the first, in whatever order they are now.
            var columns = string.Join(" || '|' || ", Read(file, $"SELECT name FROM pragma_table_info('{table}') WHERE name <> 'Later' ORDER BY name").Select(c => $"COALESCE(hex(\"{c}\"), '-')"));
            hashes[table] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Read(file, $"SELECT {columns} FROM \"{table}\"").Order(StringComparer.Ordinal)))));
        }

        return hashes;
    }

    private static string Scalar(string file, string sql) => Read(file, sql).Single();

    private static List<string> Read(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var read = new List<string>();
        while (reader.Read())
            read.Add(reader.GetValue(0).ToString()!);
        return read;
    }

    /// <summary>While it holds up a command, the files are what a kill at that instant would leave.</summary>
    private sealed class Steps(string directory, int every) : DbCommandInterceptor, IDbTransactionInterceptor
    {
        private int seen;

        public List<string> Images { get; } = [];

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Take();
            return new(result);
        }

        public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
        {
            Take();
            return new(result);
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Take();
            return new(result);
        }

        public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            // The commits are where a database can be left half-way, so each of them is a step.
            Take(always: true);
            return Task.CompletedTask;
        }

        private void Take(bool always = false)
        {
            if (!always && seen++ % every != 0)
                return;
            var image = Directory.CreateDirectory(Path.Combine(directory, $"image-{Images.Count}")).FullName;
            foreach (var file in Directory.GetFiles(directory, $"{DatabaseName}*").Where(f => !f.EndsWith(".migrating", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(image, Path.GetFileName(file)));
            Images.Add(image);
        }
    }

    /// <summary>What the release after this one might bring: a table, a column, an index, and a column that was made anew.</summary>
    private sealed class NextRelease : IMigrationsAssembly
    {
        public const string Later = "29990101000000_Later";

        private static readonly Assembly Present = Assembly.Load("CasePlanning.Migrations.Sqlite");
        private static readonly TypeInfo[] Known = [.. Present.DefinedTypes.Where(t => t.IsSubclassOf(typeof(Migration)))];

        public IReadOnlyDictionary<string, TypeInfo> Migrations { get; } = new SortedDictionary<string, TypeInfo>(
            Known.Select(t => KeyValuePair.Create(t.GetCustomAttribute<MigrationAttribute>()!.Id, t)).Append(KeyValuePair.Create(Later, typeof(LaterMigration).GetTypeInfo())).ToDictionary(), StringComparer.Ordinal);

        public ModelSnapshot? ModelSnapshot { get; } = (ModelSnapshot)Activator.CreateInstance(Present.DefinedTypes.Single(t => t.IsSubclassOf(typeof(ModelSnapshot))))!;

        public Assembly Assembly => Present;

        public static PlanningContext Context(string file, params IInterceptor[] interceptors) => new(new DbContextOptionsBuilder<PlanningContext>()
            .UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=false"))
            .ReplaceService<IMigrationsAssembly, NextRelease>()
            .AddInterceptors(interceptors).Options);

        public string? FindMigrationId(string nameOrId) => Migrations.Keys.FirstOrDefault(id => id == nameOrId || id.EndsWith($"_{nameOrId}", StringComparison.Ordinal));

        public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
        {
            var migration = (Migration)Activator.CreateInstance(migrationClass)!;
            migration.ActiveProvider = activeProvider;
            return migration;
        }
    }

    [DbContext(typeof(PlanningContext))]
    [Migration(NextRelease.Later)]
    private sealed class LaterMigration : Migration
    {
        /// <summary>That of the last migration there is: the tables that are made anew keep their shape.</summary>
        public override IModel TargetModel { get; } = ((ModelSnapshot)Activator.CreateInstance(
            Assembly.Load("CasePlanning.Migrations.Sqlite").DefinedTypes.Single(t => t.IsSubclassOf(typeof(ModelSnapshot))))!).Model;

        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>("Later", "Contributions", "INTEGER", nullable: false, defaultValue: 7);
            migrationBuilder.CreateTable("Later", table => new { Id = table.Column<int>("INTEGER"), Name = table.Column<string>("TEXT", nullable: true) });
            migrationBuilder.Sql("INSERT INTO \"Later\" (\"Id\", \"Name\") SELECT rowid, \"Name\" FROM \"Persons\";");
            // Everybody refers to it, so that it is the one that must not be lost on the way.
            migrationBuilder.AlterColumn<string>("Focus", "Participants", "TEXT", nullable: true, oldClrType: typeof(string), oldType: "TEXT");
            migrationBuilder.CreateIndex("IX_Later_Name", "Later", "Name");
        }
    }
}
