using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace CasePlanning.Benchmarks.Stores;

/// <summary>Writes things down as the product's model maps them, without its tracking any.</summary>
internal sealed class EntityRows : IDisposable
{
    private readonly List<IProperty> properties;
    private readonly sqlite3_stmt statement;
    private readonly PlainSqlite store;

    public EntityRows(PlainSqlite store, IModel model, Type type)
    {
        this.store = store;
        var entity = model.FindEntityType(type)!;
        properties = [.. entity.GetProperties()];
        statement = store.Prepare($"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", properties.Select(p => $"\"{p.GetColumnName()}\""))}) VALUES ({string.Join(", ", properties.Select(_ => "?"))})");
    }

    /// <param name="given">What the product gives it only later, by the name of its property.</param>
    public void Insert(object thing, params (string Name, object Value)[] given)
    {
        for (var place = 0; place < properties.Count; place++)
        {
            var value = given.FirstOrDefault(g => g.Name == properties[place].Name).Value ?? properties[place].PropertyInfo!.GetValue(thing);
            PlainSqlite.Bind(statement, place + 1, Stored(value));
        }

        store.Insert(statement);
    }

    public void Dispose() => statement.Dispose();

    private static object? Stored(object? value) => value switch
    {
        Guid id => id.ToString().ToUpperInvariant(),
        DateTimeOffset at => at.UtcTicks,
        Enum name => name.ToString(),
        bool or int => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        _ => value,
    };
}
