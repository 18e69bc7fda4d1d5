using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using static SQLitePCL.raw;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// How much SQLite does for a host, in steps of its virtual machine. Unlike time, these are the same on every machine, however busy:
/// every row that is looked at costs some, also one that is then left out.
/// </summary>
internal sealed class StoreWork : DbConnectionInterceptor, IDbCommandInterceptor
{
    /// <summary>SQLite tells of its steps by so many at a time.</summary>
    private const int Grain = 10;

    private readonly ConcurrentDictionary<string, long> steps = new();
    private volatile string command = "";

    /// <returns>What was done for each command since this was asked last.</returns>
    public IReadOnlyDictionary<string, long> Take()
    {
        var taken = steps.ToDictionary();
        steps.Clear();
        return taken;
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => ListenTo(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ListenTo(connection);
        return Task.CompletedTask;
    }

    public DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result) => result;

    public InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Begin(command, result);

    public ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(Begin(command, result));

    public ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        new(Begin(command, result));

    public ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(Begin(command, result));

    private T Begin<T>(DbCommand begins, T result)
    {
        command = begins.CommandText;
        return result;
    }

    private void ListenTo(DbConnection connection) => sqlite3_progress_handler(((SqliteConnection)connection).Handle, Grain, _ =>
    {
        steps.AddOrUpdate(command, Grain, (_, sum) => sum + Grain);
        return 0;
    }, null);
}
