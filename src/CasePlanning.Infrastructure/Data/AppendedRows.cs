using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// Inserts rows of one type that the same piece of work changes no more, by one statement that is kept. EF Core would track each and
/// write the same statement anew; what goes into which column is still what its model says.
/// </summary>
internal sealed class AppendedRows : IDisposable
{
    private readonly SqliteCommand insert;
    private readonly List<(SqliteParameter Parameter, Func<object, object?> Value)> columns = [];

    public AppendedRows(IEntityType type, SqliteConnection connection)
    {
        if (type.GetComplexProperties().Any() || type.GetProperties().Any(p => p.IsShadowProperty()))
            throw new NotSupportedException($"{type.ClrType.Name} is more than its own columns, which EF Core alone can save.");
        insert = connection.CreateCommand();
        foreach (var property in type.GetProperties())
        {
            var (getter, converter) = (property.GetGetter(), property.GetTypeMapping().Converter);
            columns.Add((
                insert.Parameters.AddWithValue($"@p{columns.Count}", DBNull.Value),
                converter is null ? getter.GetClrValue : row => converter.ConvertToProvider(getter.GetClrValue(row))));
        }

        insert.CommandText =
            $"""
            INSERT INTO "{type.GetTableName()}" ({string.Join(", ", type.GetProperties().Select(p => $"\"{p.GetColumnName()}\""))})
            VALUES ({string.Join(", ", columns.Select(c => c.Parameter.ParameterName))});
            """;
        insert.Prepare();
    }

    public void Insert(object row, SqliteTransaction transaction)
    {
        insert.Transaction = transaction;
        foreach (var (parameter, value) in columns)
            parameter.Value = value(row) ?? DBNull.Value;
        insert.ExecuteNonQuery();
    }

    public void Dispose() => insert.Dispose();
}
