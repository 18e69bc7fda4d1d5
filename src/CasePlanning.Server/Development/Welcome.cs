using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CasePlanning.Server.Development;

/// <summary>Tells whoever started it where it is and how to call it.</summary>
internal sealed class Welcome(IServer server, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            if (address is not null)
                Console.WriteLine($"""

                    CasePlanning is ready at {address}
                      Try the API:   {address}/swagger
                      Be somebody:   dotnet run --project src/CasePlanning.Server -- token --as kezia.amari-holt@demo.example
                                     (or dominic.ferraby, imke.sandover, delphine.holt, hamo.tresk …, all @demo.example)

                    """);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
