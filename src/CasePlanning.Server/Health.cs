using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace CasePlanning.Server;

/// <summary>
/// What a load balancer asks, and anybody may: is the process alive, and can it work? The answer is one word; what is wrong is
/// in the log.
/// </summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().WithMetadata(new NotLimited());
        app.MapHealthChecks("/health/ready").AllowAnonymous().WithMetadata(new NotLimited());
    }
}
