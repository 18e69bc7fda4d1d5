using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace CasePlanning.Server;

/// <summary>What a load balancer asks. Anybody may, so the answer says nothing but whether.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        // Alive: the process answers. Nothing else is asked, or a slow database would have every host restarted.
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        // Ready: migrated, seeded and able to write.
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }
}
