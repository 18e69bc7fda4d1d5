using CasePlanning.Application.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Infrastructure.Seeding;

public static class DemoSeed
{
    /// <summary>Puts the demo children into an empty store, in Development only, unless <c>Demo:Data</c> says not to.</summary>
    public static async Task SeedDemo(this IServiceProvider services)
    {
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment() || !services.GetRequiredService<IConfiguration>().GetValue("Demo:Data", true))
            return;
        await services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            await new DemoChildren(lane.GetRequiredService<IPlanningDatabase>(), lane.GetRequiredService<TimeProvider>()).Seed(cancellation);
            return true;
        }, CancellationToken.None);
    }
}
