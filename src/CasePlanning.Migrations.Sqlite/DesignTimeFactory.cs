using CasePlanning.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CasePlanning.Migrations.Sqlite;

/// <summary>For <c>dotnet ef</c>, which writes migrations and scripts without reaching a database.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PlanningContext>
{
    public PlanningContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PlanningContext>()
            .UseDatabase(new DatabaseSettings(DatabaseProvider.Sqlite, "Data Source=nowhere"))
            .Options);
}
