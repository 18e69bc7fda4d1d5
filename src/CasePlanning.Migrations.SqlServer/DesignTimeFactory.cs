using CasePlanning.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace CasePlanning.Migrations.SqlServer;

/// <summary>For <c>dotnet ef</c>, which writes migrations and scripts without reaching a database.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<PlanningContext>
{
    public PlanningContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PlanningContext>()
            .UseDatabase(new DatabaseSettings(DatabaseProvider.SqlServer, "Data Source=nowhere"))
            .Options);
}
