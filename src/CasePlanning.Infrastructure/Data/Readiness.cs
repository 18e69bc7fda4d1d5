using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// Ready means: migrated, seeded and able to write, tried by a real write that is taken back. It takes as much room as a look does, which is
/// what most callers need: on a disk that is nearly full a smaller one would find room where no look does.
/// </summary>
internal sealed class Readiness(PlanningContext database, IWriteLane lane, TimeProvider time) : IHealthCheck
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

    private async Task<HealthCheckResult> WriteAndTakeBack(IServiceProvider services, CancellationToken cancellation)
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        var nobody = new Actor(PersonId: null, ClientId: null, OnBehalfOfId: null, AgencyId: null, RequestId: nameof(Readiness));
        var nothing = new Deed(nameof(Readiness), Writes: false, PlanId: null, Part: null, PartId: null, ResultId: null, Purpose: null);
        database.Append(new JournalEntry(nobody, nothing, Verdict.Allowed, [], time.GetUtcNow()));
        await database.SaveChangesAsync(cancellation);
        throw new TakenBack();
    }

    private sealed class TakenBack : Exception;
}
