using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CasePlanning.Server.Development;

/// <summary>Tells whoever started it where it is and how to call it.</summary>
internal sealed class Welcome(IServer server, IHostApplicationLifetime lifetime, ILogger<Welcome> log) : IHostedService
{
    private const string Words = """
        CasePlanning is ready at {Address}
          Be somebody:   {SignIn}/sign-in
          Try the API:   {Swagger}/swagger, with a token:
                         dotnet run --project src/CasePlanning.Server -- token --as kezia.amari-holt@demo.example
                         (or dominic.ferraby, imke.sandover, delphine.holt, hamo.tresk ..., all @demo.example)
        """;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
            if (address is not null && log.IsEnabled(LogLevel.Information))
                log.LogInformation(Words, address, address, address);
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
