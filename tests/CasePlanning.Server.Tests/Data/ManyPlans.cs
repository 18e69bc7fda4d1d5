using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// Fills a database with other people's plans: copies of all that a template holds (plans, reviews, views, people, their sign-ins,
/// drafts and mails, and what the journal says of it), each under ids of its own. Every second copy is of the same authority and has
/// the same agencies in it; of nothing does anybody in the template learn.
/// </summary>
internal sealed partial class ManyPlans(string template)
{
    /// <summary>What an installation has once, and what is made anew of the journal as it grows.</summary>
    private static readonly string[] NotCopied = ["Frameworks", "JournalTiles", "JournalLengths", "Checkpoints", "MailedUpTo"];

    /// <summary>People work for one agency and are not copied into that of the template, which would have to list them.</summary>
    private static readonly string[] OfPeople = ["Persons", "Agencies", "Appointments"];

    /// <returns>How many rows there are then.</returns>
    public async Task<long> AddTo(string file, int copies)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = false }.ConnectionString);
        await connection.OpenAsync();
        var agencies = Read(connection, """SELECT "Id" FROM "Agencies" """).Select(row => (string)row[0]).ToHashSet();
        connection.CreateFunction("moved", (string? text, long copy, bool keepsAgencies, bool isUnique) =>
            text is null ? null : Moved(text, copy, keepsAgencies ? agencies : [], isUnique), isDeterministic: true);
        connection.CreateFunction("lengthened", (byte[]? bytes, long copy) => bytes is null ? null : (byte[])[.. bytes, .. BitConverter.GetBytes(copy)], isDeterministic: true);
        Read(connection, $"ATTACH DATABASE '{template}' AS template");
        var tables = Read(connection, "SELECT name FROM template.sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'")
            .Select(row => (string)row[0]).ToList();
        var columns = tables.ToDictionary(table => table, table => ColumnsOf(connection, table));

        await using (var transaction = connection.BeginTransaction())
        {
            for (var copy = 1; copy <= copies; copy++)
            {
                foreach (var table in tables.Except(NotCopied))
                    Read(connection, $"INSERT INTO main.\"{table}\" SELECT {string.Join(", ", columns[table].Select(c => Copied(table, c, copy)))} FROM template.\"{table}\"");
            }

            await transaction.CommitAsync();
        }

        if (Read(connection, "SELECT \"table\" FROM main.pragma_foreign_key_check") is [{ } loose, ..])
            throw new InvalidOperationException($"Copies of {loose[0]} lead to nothing.");
        return tables.Sum(table => (long)Read(connection, $"SELECT COUNT(*) FROM main.\"{table}\"")[0][0]);
    }

    private static List<Column> ColumnsOf(SqliteConnection connection, string table)
    {
        var alone = Read(connection, $"""
            SELECT MIN(c.name) FROM pragma_index_list('{table}') i, pragma_index_info(i.name) c WHERE i."unique" GROUP BY i.name HAVING COUNT(*) = 1
            UNION SELECT MIN(name) FROM pragma_table_info('{table}') WHERE pk > 0 GROUP BY '' HAVING COUNT(*) = 1
            """).Select(row => row[0]).ToHashSet();
        return [.. Read(connection, $"SELECT name, type FROM pragma_table_info('{table}')").Select(row => new Column((string)row[0], (string)row[1], alone.Contains(row[0])))];
    }

    private static string Copied(string table, Column column, int copy)
    {
        var isNear = copy % 2 == 0 && !OfPeople.Contains(table);
        return (table, column) switch
        {
            // The journal numbers what is new by itself.
            ("Journal", { Name: "Sequence" }) => "NULL",
            ("Journal", { Name: "At" }) => $"\"At\" - {copy * TimeSpan.TicksPerDay}",
            (_, { Name: "Authority", Type: "TEXT" }) => isNear && !column.IsUnique ? "\"Authority\"" : $"\"Authority\" || '-{copy}'",
            (_, { Type: "TEXT" }) => string.Create(CultureInfo.InvariantCulture, $"moved(\"{column.Name}\", {copy}, {isNear}, {column.IsUnique})"),
            (_, { Type: "BLOB", IsUnique: true }) => $"lengthened(\"{column.Name}\", {copy})",
            (_, { Type: "INTEGER", IsUnique: true }) => $"\"{column.Name}\" + {copy}000000",
            _ => $"\"{column.Name}\"",
        };
    }

    /// <summary>A text with every id in it changed to that of a copy.</summary>
    private static string Moved(string text, long copy, HashSet<string> kept, bool isUnique)
    {
        var moved = text.Length < 36 ? text : Id().Replace(text, id => kept.Contains(id.Value.ToUpperInvariant()) ? id.Value : OfCopy(id.Value, copy));
        return isUnique && moved == text && !Id().IsMatch(text) ? $"{text}-{copy}" : moved;
    }

    private static string OfCopy(string id, long copy)
    {
        var changed = (ushort.Parse(id.AsSpan(24, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) ^ (ushort)copy).ToString("x4", CultureInfo.InvariantCulture);
        return string.Concat(id.AsSpan(0, 24), id.Any(char.IsAsciiLetterUpper) ? changed.ToUpperInvariant() : changed, id.AsSpan(28));
    }

    private static List<object[]> Read(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // All names are of our own model.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")]
    private static partial Regex Id();

    /// <param name="IsUnique">By itself, so that no two rows may have the same.</param>
    private sealed record Column(string Name, string Type, bool IsUnique);
}
