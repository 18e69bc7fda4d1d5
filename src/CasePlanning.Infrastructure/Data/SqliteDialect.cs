using System.Data.Common;
using CasePlanning.Application;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using static SQLitePCL.raw;

namespace CasePlanning.Infrastructure.Data;

/// <summary>Everything that is said in SQL of SQLite's own. SQL Server needs no such file.</summary>
internal static class SqliteDialect
{
    /// <summary>How long a connection waits for a lock that another process holds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Two minutes of waiting for another process to migrate.</summary>
    private const int MostAttempts = 1200;

    public static readonly IInterceptor Pragmas = new PragmasOnOpen();

    /// <summary>
    /// What a savepoint would put back is otherwise written to a file as soon as it is more than sixteen pages, and most commands change more.
    /// </summary>
    /// <param name="context">Its connection is open, and stays so.</param>
    public static Task UndoInMemory(DbContext context) => context.Database.ExecuteSqlRawAsync("PRAGMA temp_store=MEMORY;");

    /// <summary>
    /// What SQLite must be told before it is first used. It would count its memory, and each piece of it that is taken or given back would
    /// wait for one lock: nobody asks for the count. And it would lock a connection for each value that is read from it: of ours each has
    /// one user at a time.
    /// </summary>
    static SqliteDialect()
    {
        SQLitePCL.Batteries_V2.Init();
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    }

    /// <summary>The full path of the file that a connection string names.</summary>
    public static string FileOf(string? connectionString) => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    public static string ConnectionString(DatabaseSettings settings) =>
        new SqliteConnectionStringBuilder(settings.ConnectionString) { DefaultTimeout = (int)Patience.TotalSeconds }.ConnectionString;

    public static string Unpooled(string? connectionString) => new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    /// <summary>
    /// Brings the file up to date. One process at a time, by a lock on a file beside it, which ends with the process that holds it.
    /// It is done to a copy, which then takes the file's place: SQLite changes a column by making its table anew, in several
    /// transactions, and a process that was killed between them would leave what no later start could go on from.
    /// </summary>
    /// <exception cref="StartRefused">Somebody else has the file open.</exception>
    public static async Task Migrate(DbContext context, CancellationToken cancellation)
    {
        var file = FileOf(context.Database.GetConnectionString());
        var beside = $"{file}.upgrading";
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var turn = await TakeTurn(file + ".migrating", cancellation);
        foreach (var left in FilesOf(beside))
            File.Delete(left);
        if (!(await context.Database.GetPendingMigrationsAsync(cancellation)).Any())
            return;
        SqliteConnection.ClearPool((SqliteConnection)context.Database.GetDbConnection());
        // Nobody can write to the file between its being copied and its being replaced.
        await using (var alone = new FileInfo(file) is { Exists: true, Length: > 0 } ? await OpenAlone(file, cancellation) : null)
        {
            if (alone is not null)
                await CopyInto(beside, alone, cancellation);
            await MigrateThere(beside, context, cancellation);
        }

        File.Move(beside, file, overwrite: true);
    }

    private static async Task MigrateThere(string file, DbContext context, CancellationToken cancellation)
    {
        var home = context.Database.GetConnectionString();
        context.Database.SetConnectionString(new SqliteConnectionStringBuilder(home) { DataSource = file, Pooling = false }.ConnectionString);
        try
        {
            // A lock row of EF Core's own that is found was left by a process that was killed, and would be waited for for ever.
            await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellation);
            await context.Database.MigrateAsync(cancellation);
        }
        finally
        {
            context.Database.SetConnectionString(home);
        }

        Settle(file);
    }

    /// <summary>The file, and those in which SQLite keeps its newest commits.</summary>
    public static string[] FilesOf(string file) => [file, $"{file}-wal", $"{file}-shm"];

    /// <summary>
    /// Copies the database as it is at one instant, in one read that holds up no writer. It is written anew and not page by page, so
    /// that nothing that was deleted comes along.
    /// </summary>
    /// <param name="copy">A file that is empty or not there.</param>
    public static async Task CopyInto(string copy, DatabaseSettings settings, CancellationToken cancellation)
    {
        var source = new SqliteConnectionStringBuilder(settings.ConnectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = (int)Patience.TotalSeconds };
        await using var connection = new SqliteConnection(source.ConnectionString);
        await connection.OpenAsync(cancellation);
        await CopyInto(copy, connection, cancellation);
    }

    private static async Task CopyInto(string copy, SqliteConnection source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand();
        command.CommandText = "VACUUM INTO $copy;";
        command.Parameters.AddWithValue("$copy", copy);
        await command.ExecuteNonQueryAsync(cancellation);
        Flush(copy);
    }

    /// <returns>What SQLite finds wrong with the file; null when it is sound.</returns>
    public static async Task<string?> FaultOf(DbContext database, CancellationToken cancellation)
    {
        var found = await database.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").ToListAsync(cancellation);
        if (found is not ["ok"])
            return string.Join("; ", found.Take(3));
        var loose = await database.Database.SqlQueryRaw<string>("SELECT DISTINCT \"table\" AS Value FROM pragma_foreign_key_check").ToListAsync(cancellation);
        return loose.Count == 0 ? null : $"rows of {string.Join(", ", loose)} lead to none";
    }

    /// <summary>Whether anybody else has the file open: SQLite keeps a lock on it for as long.</summary>
    public static async Task<bool> IsInUse(string file, CancellationToken cancellation)
    {
        try
        {
            await (await OpenAlone(file, cancellation)).DisposeAsync();
            return false;
        }
        catch (StartRefused)
        {
            return true;
        }
        catch (SqliteException)
        {
            // One that is damaged is why it is being replaced.
            return false;
        }
    }

    /// <summary>A connection beside which there is no other until it is closed.</summary>
    /// <exception cref="StartRefused">There is another.</exception>
    private static async Task<SqliteConnection> OpenAlone(string file, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            // One by one: of several at once, a failure after the first that answers something is kept quiet about.
            foreach (var said in (string[])["PRAGMA locking_mode=EXCLUSIVE;", "BEGIN EXCLUSIVE;", "COMMIT;"])
            {
                command.CommandText = said;
                await command.ExecuteNonQueryAsync(cancellation);
            }

            return connection;
        }
        catch (SqliteException failure)
        {
            await connection.DisposeAsync();
            throw failure.SqliteErrorCode is SQLITE_BUSY or SQLITE_LOCKED ? new StartRefused($"{file} is in use: stop whatever else works on it first.", failure) : failure;
        }
    }

    /// <summary>Sees that all of a file that nobody has open is in it, on the disk, and for its owner alone.</summary>
    public static void Settle(string file)
    {
        File.Delete($"{file}.migrating");
        if (FilesOf(file)[1..].FirstOrDefault(File.Exists) is { } open)
            throw new IOException($"{open} is there still.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Flush(file);
    }

    private static void Flush(string file)
    {
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static async Task<FileStream> TakeTurn(string path, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < MostAttempts)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            }
        }
    }

    /// <summary>
    /// Durable and referentially sound on every open, not only on the first: a pooled connection brings along whatever its last
    /// user had set.
    /// </summary>
    private sealed class PragmasOnOpen : DbConnectionInterceptor
    {
        private static readonly string Set =
            $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout={Patience.TotalMilliseconds}; PRAGMA cache_size=-{MostKilobytes};";

        /// <summary>
        /// As many as a reading of fifty views takes from a plan of two hundred. No more: each commit of another connection empties the pages that one
        /// keeps, and here each look is a commit.
        /// </summary>
        private const int MostKilobytes = 1024;

        private const string Read =
            """
            SELECT j.journal_mode || ' ' || s.synchronous || ' ' || f.foreign_keys || ' ' || b.timeout
            FROM pragma_journal_mode AS j, pragma_synchronous AS s, pragma_foreign_keys AS f, pragma_busy_timeout AS b;
            """;

        /// <summary>Synchronous 2 is FULL: a commit is on the disk before it is answered.</summary>
        private static readonly string Expected = $"wal 2 1 {Patience.TotalMilliseconds}";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => SetAndAssert(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            SetAndAssert(connection);
            return Task.CompletedTask;
        }

        private static void SetAndAssert(DbConnection connection)
        {
            // EF Core asks whether the file exists through a read-only connection, which can set nothing and is used for nothing else.
            if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode is SqliteOpenMode.ReadOnly)
                return;
            // Otherwise a statement that was kept is planned anew whenever it is carried out with other values that an index could be chosen by.
            sqlite3_db_config(((SqliteConnection)connection).Handle!, SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
            using var command = connection.CreateCommand();
            command.CommandText = Set;
            command.ExecuteNonQuery();
            command.CommandText = Read;
            if (command.ExecuteScalar() is not string found || found != Expected)
                throw new InvalidOperationException("The database file does not take the settings that keep it durable.");
        }
    }
}
