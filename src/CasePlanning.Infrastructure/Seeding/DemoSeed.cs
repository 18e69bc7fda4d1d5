using CasePlanning.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Infrastructure.Seeding;

public static class DemoSeed
{
    /// <summary>Puts the demo children into an empty store, in Development only.</summary>
    public static async Task SeedDemo(this IServiceProvider services)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
            return;
        await services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            await new DemoChildren(lane.GetRequiredService<IPlanningDatabase>(), lane.GetRequiredService<TimeProvider>()).Seed(cancellation);
            return true;
        }, CancellationToken.None);
    }
}
