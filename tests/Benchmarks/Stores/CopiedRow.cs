using System.Text;
using System.Text.RegularExpressions;
using SQLitePCL;
using static SQLitePCL.raw;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>One row of the plan that is copied: whatever holds an id of that plan's is written anew for each copy, the rest stays.</summary>
internal sealed partial class CopiedRow : IDisposable
{
    private readonly sqlite3_stmt statement;
    private readonly PlainSqlite store;
    private readonly List<(int Parameter, byte[] Text, List<Spot> Spots)> changing = [];

    public CopiedRow(PlainSqlite store, string table, IReadOnlyList<(string Column, object? Value)> row, CopiedIds ids)
    {
        this.store = store;
        statement = store.Prepare($"INSERT INTO \"{table}\" ({string.Join(", ", row.Select(c => $"\"{c.Column}\""))}) VALUES ({string.Join(", ", row.Select(_ => "?"))})");
        foreach (var (parameter, value) in row.Select((cell, place) => (place + 1, cell.Value)))
        {
            var spots = value is string text ? [.. Spots(text).Where(s => ids.Has(s.Id))] : new List<Spot>();
            if (spots.Count == 0)
                PlainSqlite.Bind(statement, parameter, value);
            else
                changing.Add((parameter, Encoding.UTF8.GetBytes((string)value!), spots));
        }
    }

    /// <summary>Where an id stands in a text, and whether it is written in small letters.</summary>
    private sealed record Spot(int At, Guid Id, bool IsSmall);

    public static IEnumerable<Guid> IdsIn(string text) => Spots(text).Select(s => s.Id);

    public void Insert(CopiedIds ids, int copy)
    {
        foreach (var (parameter, text, spots) in changing)
        {
            foreach (var spot in spots)
                CopiedIds.Write(ids.Of(spot.Id, copy), text.AsSpan(spot.At, CopiedIds.Length), spot.IsSmall);
            if (sqlite3_bind_text(statement, parameter, text) != SQLITE_OK)
                throw new InvalidOperationException("SQLite does not take a text.");
        }

        store.Insert(statement);
    }

    public void Dispose() => statement.Dispose();

    /// <remarks>All that is told apart by an id is written in ASCII as far as there are ids in it; a text that is not has none.</remarks>
    private static IEnumerable<Spot> Spots(string text) => !Ascii.IsValid(text) ? [] : AnyId().Matches(text)
        .Select(found => new Spot(found.Index, Guid.Parse(found.ValueSpan), found.ValueSpan.ContainsAnyInRange('a', 'f')));

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex AnyId();
}
