using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>
/// The <see cref="Scene"/>, played once for tests that read it and write nothing that stays. Its host logs all that a host can be
/// made to log, and none of it may hold anything personal.
/// </summary>
public sealed class PlayedScene : IAsyncLifetime
{
    internal Scene Scene { get; private set; } = null!;

    internal LogScan Logs { get; } = new();

    public async ValueTask InitializeAsync() => Scene = await Scene.Play(new PlanningHost
    {
        Settings = new Dictionary<string, string>
        {
            ["Logging:LogLevel:Default"] = "Debug",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug",
            ["Logging:LogLevel:Microsoft.AspNetCore.Routing"] = "Debug",
        },
        Replace = services =>
        {
            // To the console it would be hundreds of thousands of lines.
            services.RemoveAll<ILoggerProvider>();
            services.AddSingleton<ILoggerProvider>(Logs);
        },
    });

    public async ValueTask DisposeAsync()
    {
        await Scene.DisposeAsync();
        Found.Nothing(Logs.Offending);
    }
}
