using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure.Seeding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Infrastructure.Data;

/// <summary>What happens to the database before the first request.</summary>
public static class Preparation
{
    /// <summary>For a server, before anything else: a SQLite file has one at a time. SQL Server has as many as there are.</summary>
    /// <exception cref="StartRefused">Another server has the file.</exception>
    public static void ClaimDatabase(this IServiceProvider services) => services.GetService<SoleServer>()?.Claim();

    /// <summary>
    /// Migrates, then seeds what every installation needs; doing it again changes nothing. A SQLite file is always migrated; a
    /// SQL Server database only when <c>Database:Migrate</c> says so or in Development, because elsewhere its owner runs
    /// <c>deploy/sqlserver/upgrade.sql</c>.
    /// </summary>
    public static async Task PrepareDatabase(this IServiceProvider services, CancellationToken cancellation = default)
    {
        await using (var scope = services.CreateAsyncScope())
            await Migrate(scope.ServiceProvider, cancellation);

        var data = DataDirectory.Of(services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>());
        var frameworks = FrameworkFiles.Read(data);
        await services.GetRequiredService<IWriteLane>().Run((lane, token) => FrameworkSeed.Sow(lane, frameworks, token), cancellation);
        await services.GetRequiredService<IWriteLane>().Run((lane, token) => DirectoryWords.Add(lane, token), cancellation);
    }

    private static async Task Migrate(IServiceProvider services, CancellationToken cancellation)
    {
        var settings = services.GetRequiredService<DatabaseSettings>();
        var context = services.GetRequiredService<PlanningContext>();
        if (settings.Provider is DatabaseProvider.Sqlite)
            await SqliteDialect.Migrate(context, cancellation);
        else if (settings.Migrate ?? services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            await context.Database.MigrateAsync(cancellation);
        else if ((await context.Database.GetPendingMigrationsAsync(cancellation)).Any())
            throw new StartRefused(
                "The database is older than this release. Run deploy/sqlserver/upgrade.sql on it, or set Database:Migrate to true.");
    }
}
