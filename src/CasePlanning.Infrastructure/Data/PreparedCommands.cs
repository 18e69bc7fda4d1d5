using Microsoft.Data.Sqlite;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// What SQLite has read and planned for one connection that stays open. EF Core makes each command anew, and to plan it costs SQLite
/// more than to answer it: the same command is taken again, with new values.
/// </summary>
internal sealed class PreparedCommands
{
    /// <summary>Each takes some kilobytes, for each connection.</summary>
    private const int Most = 64;

    private readonly Dictionary<string, Prepared> kept = [];

    /// <summary>The one that says the same and is planned already; or <paramref name="made"/> itself, while that one is being read from.</summary>
    public SqliteCommand InsteadOf(SqliteCommand made)
    {
        if (!kept.TryGetValue(made.CommandText, out var prepared))
            kept.Add(made.CommandText, prepared = Prepare(made));
        if (prepared.IsInUse)
            return made;
        prepared.Take(made);
        made.Dispose();
        return prepared;
    }

    private Prepared Prepare(SqliteCommand like)
    {
        if (kept.Count == Most)
        {
            foreach (var old in kept.Values.Where(p => !p.IsInUse))
                old.Dispose();
            kept.Clear();
        }

        return new Prepared { CommandText = like.CommandText, Connection = like.Connection };
    }

    /// <summary>Whoever has used it and disposes of it gives it back; disposed of once more, as its connection does in the end, it is gone.</summary>
    private sealed class Prepared : SqliteCommand
    {
        public bool IsInUse { get; private set; }

        public void Take(SqliteCommand values)
        {
            IsInUse = true;
            (Transaction, CommandTimeout) = (values.Transaction, values.CommandTimeout);
            foreach (SqliteParameter value in values.Parameters)
                Parameters.Add(value);
        }

        protected override void Dispose(bool disposing)
        {
            if (!IsInUse)
                base.Dispose(disposing);
            Parameters.Clear();
            IsInUse = false;
        }
    }
}
