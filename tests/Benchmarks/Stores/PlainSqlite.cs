using SQLitePCL;
using static SQLitePCL.raw;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>A SQLite file as it is filled fastest: nobody else has it, nothing is safe until all is in, and no index is kept meanwhile.</summary>
internal sealed class PlainSqlite : IDisposable
{
    private const int RowsInOneCommit = 500_000;

    private readonly sqlite3 file;
    private readonly List<string> indexes;
    private int rows;

    public PlainSqlite(string path)
    {
        Must(sqlite3_open(path, out file));
        Do("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-1000000; PRAGMA temp_store=FILE;");
        indexes = [.. Read("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").Select(row => (string)row[0]!)];
        foreach (var name in Read("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").Select(row => row[0]).ToList())
            Do($"DROP INDEX \"{name}\"");
        Do("BEGIN");
    }

    public sqlite3_stmt Prepare(string sql)
    {
        Must(sqlite3_prepare_v2(file, sql, out var statement));
        return statement;
    }

    /// <summary>Carries out an insert with what is bound to it, which stays bound.</summary>
    public void Insert(sqlite3_stmt statement)
    {
        if (sqlite3_step(statement) != SQLITE_DONE)
            throw new InvalidOperationException(sqlite3_errmsg(file).utf8_to_string());
        Must(sqlite3_reset(statement));
        if (++rows % RowsInOneCommit == 0)
            Do("COMMIT; BEGIN");
    }

    /// <summary>Makes the indexes again, as the product made them.</summary>
    public void Finish()
    {
        Do("COMMIT");
        foreach (var index in indexes)
            Do(index);
    }

    public IEnumerable<object?[]> Read(string sql)
    {
        using var statement = Prepare(sql);
        while (sqlite3_step(statement) == SQLITE_ROW)
            yield return [.. Enumerable.Range(0, sqlite3_column_count(statement)).Select(i => Value(statement, i))];
    }

    public static object? Value(sqlite3_stmt statement, int column) => sqlite3_column_type(statement, column) switch
    {
        SQLITE_NULL => null,
        SQLITE_INTEGER => sqlite3_column_int64(statement, column),
        SQLITE_FLOAT => sqlite3_column_double(statement, column),
        SQLITE_TEXT => sqlite3_column_text(statement, column).utf8_to_string(),
        _ => sqlite3_column_blob(statement, column).ToArray(),
    };

    public static void Bind(sqlite3_stmt statement, int parameter, object? value) => Must(value switch
    {
        null => sqlite3_bind_null(statement, parameter),
        long number => sqlite3_bind_int64(statement, parameter, number),
        double number => sqlite3_bind_double(statement, parameter, number),
        string text => sqlite3_bind_text(statement, parameter, text),
        byte[] bytes => sqlite3_bind_blob(statement, parameter, bytes),
        _ => throw new ArgumentException($"SQLite keeps no {value.GetType().Name}.", nameof(value)),
    });

    public void Do(string sql) => Must(sqlite3_exec(file, sql));

    public void Dispose() => file.Dispose();

    private static void Must(int answer)
    {
        if (answer != SQLITE_OK)
            throw new InvalidOperationException($"SQLite says {answer}: {sqlite3_errstr(answer).utf8_to_string()}.");
    }
}
