using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CasePlanning.Server.Tests.Data;

/// <summary>A SQL Server 2022 database that exists only as a model: it knows every object and whether each reference finds its own.</summary>
internal sealed class SqlServerModel : IDisposable
{
    private readonly TSqlModel model = new(SqlServerVersion.Sql160, new TSqlModelOptions());

    public SqlServerModel(string schema)
    {
        foreach (var batch in Batches(schema))
            model.AddObjects(batch);
    }

    /// <summary>What SQL Server's parser has to say against a script; nothing when it is SQL.</summary>
    public static IReadOnlyList<string> Faults(string script)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        return [.. errors.Select(error => $"line {error.Line}: {error.Message}")];
    }

    /// <summary>How many objects were added beside the schema.</summary>
    public int Added { get; private set; }

    public void Add(string definition)
    {
        model.AddObjects(definition);
        Added++;
    }

    public IReadOnlyList<string> Faults() =>
        [.. model.Validate().Select(message => message.ToString())];

    public void Dispose() => model.Dispose();

    private static IEnumerable<string> Batches(string script)
    {
        var parsed = (TSqlScript)new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out _);
        return parsed.Batches.SelectMany(batch => batch.Statements)
            .Select(statement => script.Substring(statement.StartOffset, statement.FragmentLength));
    }
}
