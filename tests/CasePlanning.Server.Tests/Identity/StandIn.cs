using CasePlanning.Server.Development;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using CasePlanning.Application.Ports;

namespace CasePlanning.Server.Tests.Identity;

public sealed class StandInContext(DbContextOptions<StandInContext> options) : DbContext(options);

public sealed class IdentityHost : WebApplicationFactory<Program>
{
    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("caseplanning-").FullName;

    public string Environment { get; init; } = "Development";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Data:Directory", DataDirectory);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureTestServices(services =>
        {
            services.AddDbContext<StandInContext>(o => o.UseSqlite($"Data Source={DataDirectory}/standin.db").UseOpenIddict<Guid>());
            services.AddOpenIddict().AddCore(c => c.UseEntityFrameworkCore().UseDbContext<StandInContext>().ReplaceDefaultEntities<Guid>());
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, Tables>());
            services.AddSingleton<IStartupFilter, Who>();
        });
    }

    public async Task<string> TokenOf(Guid person)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DevelopmentTokens>().For(person);
    }

    private sealed class Tables(IServiceScopeFactory scopes) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<StandInContext>().Database;
            await db.ExecuteSqlRawAsync(db.GenerateCreateScript(), cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Who : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            next(app);
            app.Run(context =>
            {
                var caller = context.RequestServices.GetRequiredService<ICaller>();
                return context.Response.WriteAsJsonAsync(new { caller.PersonId, caller.ClientId, caller.IsSignedIn, caller.IdempotencyKey });
            });
        };
    }
}
