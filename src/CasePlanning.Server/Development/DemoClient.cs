using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server.Development;

/// <summary>The demo integrator: a client of the demo's council, with a secret that everybody knows, on developers' machines only.</summary>
internal sealed class DemoClient(IWriteLane lane) : IHostedService
{
    public const string ClientId = "thornmere-integrator";
    public const string Secret = "thornmere-demo-secret";
    public const string Agency = "Thornmere Borough Council";

    public Task StartAsync(CancellationToken cancellationToken) => lane.Run(async (services, cancellation) =>
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        if (await database.Clients.AnyAsync(c => c.ClientId == ClientId, cancellation)
            || await database.Agencies.FirstOrDefaultAsync(a => a.Name == Agency, cancellation) is not { } council)
            return false;
        await services.GetRequiredService<ClientRegistration>().Register(
            new NewClient(council.Id, "Thornmere social care system", ClientScopes.All), new ClientCredential.Secret(Secret), cancellation, ClientId);
        await database.SaveChangesAsync(cancellation);
        return true;
    }, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
