using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CasePlanning.Infrastructure.Data;

/// <summary>Ready means: migrated, seeded and able to write, tried by a real write that is taken back.</summary>
internal sealed class Readiness(PlanningContext database, IWriteLane lane) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if ((await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            return HealthCheckResult.Unhealthy("The database is older than this release.");
        if (!await database.Frameworks.AnyAsync(cancellationToken))
            return HealthCheckResult.Unhealthy("The database has no frameworks.");
        try
        {
            return await lane.Run(WriteAndTakeBack, cancellationToken);
        }
        catch (TakenBack)
        {
            return HealthCheckResult.Healthy();
        }
    }

    private static async Task<HealthCheckResult> WriteAndTakeBack(IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        await database.Frameworks.ExecuteUpdateAsync(set => set.SetProperty(f => f.Name, f => f.Name + "."), cancellation);
        throw new TakenBack();
    }

    private sealed class TakenBack : Exception;
}
