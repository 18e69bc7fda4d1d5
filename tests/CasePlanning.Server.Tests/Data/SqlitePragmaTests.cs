using System.Runtime.InteropServices;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static SQLitePCL.raw;

namespace CasePlanning.Server.Tests.Data;

public sealed class SqlitePragmaTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    private const string Spoil = "PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=0;";

    [Fact]
    public async Task Every_open_is_durable_and_referentially_sound_whatever_the_last_user_of_the_connection_had_set()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PlanningContext>().Database;

        for (var open = 0; open < 5; open++)
        {
            await database.OpenConnectionAsync();
            var connection = (SqliteConnection)database.GetDbConnection();
            Assert.Equal(("wal", 2L, 1L, 5000L), Read(connection));
            Execute(connection, Spoil);
            await database.CloseConnectionAsync();
        }
    }

    /// <summary>DECISIONS 75. All are lost without a word: two when SQLite was used before it was said, the others connection by connection.</summary>
    [Fact]
    public async Task SQLite_counts_no_memory_locks_no_connection_and_plans_a_statement_once()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PlanningContext>().Database;
        await database.OpenConnectionAsync();
        var connection = (SqliteConnection)database.GetDbConnection();

        var answer = sqlite3_db_config(connection.Handle!, SQLITE_DBCONFIG_ENABLE_QPSG, -1, out var plansOnce);
        var (counted, pages) = (sqlite3_memory_used(), Scalar(connection, "PRAGMA cache_size;"));
        var itsLock = LockOf(connection.Handle!.DangerousGetHandle());
        // A context that went back to its pool with an open connection would be the next test's.
        await database.CloseConnectionAsync();

        Assert.Equal((SQLITE_OK, 1), (answer, plansOnce));
        Assert.Equal(0, counted);
        Assert.Equal(0, itsLock);
        Assert.Equal(-1024L, pages);
    }

    [Fact]
    public async Task The_pool_does_hand_on_what_was_set_which_is_why_it_is_set_again()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        await using var scope = host.Services.CreateAsyncScope();
        var text = scope.ServiceProvider.GetRequiredService<PlanningContext>().Database.GetConnectionString();

        // A pool of its own, so that no other test takes the spoilt connection.
        text = new SqliteConnectionStringBuilder(text) { DefaultTimeout = 7 }.ConnectionString;
        using (var first = new SqliteConnection(text))
        {
            first.Open();
            Execute(first, Spoil);
        }

        using var second = new SqliteConnection(text);
        second.Open();
        Assert.Equal(("wal", 1L, 0L, 0L), Read(second));
    }

    [Fact]
    public void SQL_of_SQLites_own_is_in_one_file_only()
    {
        var strangers = SourceFiles.Below("src")
            .Where(file => !file.Contains("CasePlanning.Migrations.", StringComparison.Ordinal) && Path.GetFileName(file) is not ("SqliteDialect.cs" or "JournalNumbers.cs"))
            .Where(file => File.ReadAllText(file) is var text
                && (text.Contains("PRAGMA", StringComparison.Ordinal) || text.Contains("SqlRaw(", StringComparison.Ordinal)
                    || text.Contains("SqlRawAsync(", StringComparison.Ordinal) || text.Contains("FromSql", StringComparison.Ordinal)
                    || text.Contains("ExecuteSql", StringComparison.Ordinal)));

        Assert.Empty(strangers);
    }

    private static (string Journal, long Synchronous, long ForeignKeys, long BusyTimeout) Read(SqliteConnection connection) => (
        (string)Scalar(connection, "PRAGMA journal_mode;"), (long)Scalar(connection, "PRAGMA synchronous;"),
        (long)Scalar(connection, "PRAGMA foreign_keys;"), (long)Scalar(connection, "PRAGMA busy_timeout;"));

    private static object Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <returns>Null when it has none.</returns>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_db_mutex")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint LockOf(nint connection);
}
