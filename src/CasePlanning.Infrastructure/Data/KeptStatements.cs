using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// SQLite parses and plans a statement each time it is sent, and for most of ours that takes longer than carrying it out. These are kept,
/// ready, by a context whose connection stays open: its queries, the rows that it appends, and the lane's savepoints.
/// </summary>
internal sealed class KeptStatements : IDisposable
{
    /// <summary>Sees to it that queries of contexts that keep statements use them.</summary>
    public static readonly IInterceptor OfQueries = new KeepQueries();

    /// <summary>Some kilobytes each, on every connection.</summary>
    private const int Most = 64;

    private readonly Dictionary<string, Statement> statements = [];
    private readonly Dictionary<IEntityType, AppendedRows> appended = [];
    private long uses;

    /// <summary>Is told of each record that is appended.</summary>
    public Action<IEntityType, object>? Appending { get; init; }

    /// <summary>Carries out a statement that has no parameters and gives no rows.</summary>
    public void Execute(string text, SqliteTransaction transaction)
    {
        var statement = Find(text, transaction.Connection!)!;
        statement.Transaction = transaction;
        statement.ExecuteNonQuery();
    }

    public void Append(IEntityType type, IEnumerable<object> records, SqliteTransaction transaction)
    {
        if (!appended.TryGetValue(type, out var rows))
            appended.Add(type, rows = new AppendedRows(type, transaction.Connection!));
        foreach (var record in records)
        {
            Appending?.Invoke(type, record);
            rows.Insert(record, transaction);
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
            statement.Dispose();
        foreach (var rows in appended.Values)
            rows.Dispose();
        statements.Clear();
        appended.Clear();
    }

    /// <returns>Null when it is being read from.</returns>
    private Statement? Find(string text, SqliteConnection connection)
    {
        if (!statements.TryGetValue(text, out var statement))
        {
            if (statements.Count >= Most)
                ForgetTheOldest();
            statement = new Statement { CommandText = text, Connection = connection };
            statement.Prepare();
            statements.Add(text, statement);
        }

        statement.LastUse = ++uses;
        return statement.IsRead ? null : statement;
    }

    private void ForgetTheOldest()
    {
        if (statements.Values.Where(s => !s.IsRead).MinBy(s => s.LastUse) is { } oldest && statements.Remove(oldest.CommandText))
            oldest.Dispose();
    }

    private sealed class Statement : SqliteCommand
    {
        public long LastUse { get; set; }

        public bool IsRead => DataReader is not null;
    }

    /// <summary>What EF Core fills in and throws away each time; what carries it out is kept.</summary>
    private sealed class Query(KeptStatements kept) : SqliteCommand
    {
        public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
        {
            if (kept.Find(CommandText, Connection!) is not { } statement)
                return base.ExecuteReader(behavior);
            statement.Transaction = Transaction;
            statement.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
                statement.Parameters.Add(parameter);
            return statement.ExecuteReader(behavior);
        }
    }

    private sealed class KeepQueries : DbCommandInterceptor
    {
        public override InterceptionResult<DbCommand> CommandCreating(CommandCorrelatedEventData eventData, InterceptionResult<DbCommand> result) =>
            eventData is { CommandSource: CommandSource.LinqQuery, Context: PlanningContext { Statements: { } kept } }
                ? InterceptionResult<DbCommand>.SuppressWithResult(new Query(kept) { Connection = (SqliteConnection)eventData.Connection })
                : result;
    }
}
