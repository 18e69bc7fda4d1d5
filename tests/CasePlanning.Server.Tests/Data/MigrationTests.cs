using System.Text;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>The model, the migrations of both databases and the script for SQL Server say the same. <c>deploy/migrations</c> mends what fails here.</summary>
public sealed class MigrationTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.SqlServer)]
    public void The_migrations_make_the_model(DatabaseProvider provider)
    {
        using var context = Unconnected(provider);

        Assert.False(context.Database.HasPendingModelChanges(), "The model has changed since the last migration: run deploy/migrations <Name>.");
    }

    [Fact]
    public void The_upgrade_script_is_what_the_migrations_make()
    {
        using var context = Unconnected(DatabaseProvider.SqlServer);
        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        var made = Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"));
        var kept = File.ReadAllBytes(SourceFiles.At("deploy/sqlserver/upgrade.sql"));
        Assert.True(made.AsSpan().SequenceEqual(kept), "deploy/sqlserver/upgrade.sql is out of date: run deploy/sqlserver/make-upgrade.");
    }

    internal static PlanningContext Unconnected(DatabaseProvider provider) =>
        new(new DbContextOptionsBuilder<PlanningContext>().UseDatabase(new DatabaseSettings(provider, "Data Source=nowhere")).Options);
}
