using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>SQL Server's own parser and model read what would be run there, without a server.</summary>
public sealed class SqlServerSchemaTests
{
    [Fact]
    public void The_upgrade_script_is_SQL() =>
        Assert.Empty(SqlServerModel.Faults(File.ReadAllText(SourceFiles.At("deploy/sqlserver/upgrade.sql"))));

    [Fact]
    public void SQL_that_is_none_is_noticed() => Assert.NotEmpty(SqlServerModel.Faults("SELECT FROM [Plans] WHERE"));

    [Fact]
    public void The_schema_is_one_that_SQL_Server_takes()
    {
        using var model = new SqlServerModel(Schema());

        Assert.Empty(model.Faults());
    }

    [Fact]
    public void A_reference_to_a_column_that_is_not_there_is_noticed()
    {
        using var model = new SqlServerModel(Schema() + "\nGO\nALTER TABLE [Plans] ADD CONSTRAINT [FK_Wrong] FOREIGN KEY ([NoColumn]) REFERENCES [Agencies] ([Id]);");

        Assert.NotEmpty(model.Faults());
    }

    [Theory]
    [InlineData("SELECT [p].[NoColumn] FROM [Plans] AS [p]")]
    [InlineData("SELECT [Id] FROM [NoTable]")]
    public void A_query_of_what_is_not_there_is_noticed(string query)
    {
        using var model = new SqlServerModel(Schema());
        model.Add($"CREATE PROCEDURE [Query] AS {query}");

        Assert.NotEmpty(model.Faults());
    }

    internal static string Schema()
    {
        using var context = MigrationTests.Unconnected(DatabaseProvider.SqlServer);
        return context.Database.GenerateCreateScript();
    }
}
