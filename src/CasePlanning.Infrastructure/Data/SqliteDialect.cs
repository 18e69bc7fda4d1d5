using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CasePlanning.Infrastructure.Data;

/// <summary>Everything that is said in SQL of SQLite's own. SQL Server needs no such file.</summary>
internal static class SqliteDialect
{
    /// <summary>How long a connection waits for a lock that another process holds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Two minutes of waiting for another process to migrate.</summary>
    private const int MostAttempts = 1200;

    public static readonly IInterceptor Pragmas = new PragmasOnOpen();

    /// <summary>The full path of the file that a connection string names.</summary>
    public static string FileOf(string? connectionString) => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

    public static string ConnectionString(DatabaseSettings settings) =>
        new SqliteConnectionStringBuilder(settings.ConnectionString) { DefaultTimeout = (int)Patience.TotalSeconds }.ConnectionString;

    /// <summary>
    /// Brings the file up to date. One process at a time, by a lock on a file beside it, which ends with the process that holds
    /// it; a lock row of EF Core's own that is found then was left by a process that was killed, and would be waited for for ever.
    /// </summary>
    public static async Task Migrate(DbContext context, CancellationToken cancellation)
    {
        var file = FileOf(context.Database.GetConnectionString());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var turn = await TakeTurn(file + ".migrating", cancellation);
        if (!(await context.Database.GetPendingMigrationsAsync(cancellation)).Any())
            return;
        await context.Database.ExecuteSqlRawAsync("""DROP TABLE IF EXISTS "__EFMigrationsLock";""", cancellation);
        await context.Database.MigrateAsync(cancellation);
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
            $"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout={Patience.TotalMilliseconds};";

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
            using var command = connection.CreateCommand();
            command.CommandText = Set;
            command.ExecuteNonQuery();
            command.CommandText = Read;
            if (command.ExecuteScalar() is not string found || found != Expected)
                throw new InvalidOperationException("The database file does not take the settings that keep it durable.");
        }
    }
}
