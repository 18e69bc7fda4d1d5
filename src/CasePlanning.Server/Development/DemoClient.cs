using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Development;

/// <summary>The demo integrator: a client that exists, with a secret that everybody knows, on developers' machines only.</summary>
internal sealed class DemoClient(IServiceScopeFactory scopes) : IHostedService
{
    public const string ClientId = "thornmere-integrator";
    public const string Secret = "thornmere-demo-secret";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        if (await clients.FindByClientIdAsync(ClientId, cancellationToken) is not null)
            return;

        await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientId,
            ClientSecret = Secret,
            ClientType = ClientTypes.Confidential,
            DisplayName = "Thornmere Borough Council: demo integrator",
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials },
        }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
