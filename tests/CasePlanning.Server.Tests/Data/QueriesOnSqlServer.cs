using System.Linq.Expressions;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Query;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// What this test run asked of SQLite must have an equivalent in SQL Server's SQL, which must parse and name only what is in
/// the schema. A query that no test makes is not seen, so the journeys must be many.
/// </summary>
[Collection(AfterAllOthers.Name)]
public sealed partial class QueriesOnSqlServer(ITestOutputHelper output)
{
    [Fact]
    public void Every_query_of_this_run_is_one_that_SQL_Server_takes()
    {
        Assert.SkipWhen(RecordedQueries.All.Count == 0, "No test of this run made a query.");

        var queries = RecordedQueries.All;
        output.WriteLine($"{queries.Count} queries");
        var faults = FaultsIn(queries);
        Assert.True(faults.Count == 0, string.Join("\n\n", faults));
    }

    internal static IReadOnlyList<string> FaultsIn(IReadOnlyCollection<Expression> queries)
    {
        using var translator = new SqlServerTranslator();
        using var model = new SqlServerModel(SqlServerSchemaTests.Schema());
        var faults = new List<string>();
        foreach (var query in queries)
        {
            try
            {
                foreach (var command in translator.Translate(query))
                {
                    faults.AddRange(SqlServerModel.Faults(command.Sql).Select(fault => $"{fault}\n{command.Sql}"));
                    if (TextFromJson().IsMatch(command.Sql))
                        faults.Add($"Text out of a JSON list has the collation of the database, the columns have ours.\n{command.Sql}");
                    model.Add(AsProcedure($"Query{model.Added}", command));
                }
            }
            catch (InvalidOperationException untranslated)
            {
                faults.Add($"{untranslated.Message}\n{ExpressionPrinter.Print(query)}");
            }
        }

        return [.. faults, .. model.Faults()];
    }

    /// <summary>Compared with a column, such text is a conflict of collations, which shows only when the query runs.</summary>
    [GeneratedRegex(@"OPENJSON\(.+\) WITH \(\[value\] n?varchar")]
    private static partial Regex TextFromJson();

    /// <summary>The model checks the references of what it contains, and a procedure is what can contain a query.</summary>
    private static string AsProcedure(string name, CaughtCommand command) =>
        $"CREATE PROCEDURE [{name}] {string.Join(", ", command.Parameters.Select(Declared))} AS {command.Sql}";

    private static string Declared(SqlParameter parameter)
    {
        var type = parameter.SqlDbType.ToString();
        var length = parameter.SqlDbType is System.Data.SqlDbType.NVarChar or System.Data.SqlDbType.VarChar or System.Data.SqlDbType.VarBinary
            ? $"({(parameter.Size is > 0 and <= 4000 ? parameter.Size : "max")})"
            : "";
        return $"{(parameter.ParameterName.StartsWith('@') ? "" : "@")}{parameter.ParameterName} {type}{length}";
    }
}
