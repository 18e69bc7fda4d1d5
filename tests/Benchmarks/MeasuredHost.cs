using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Benchmarks;

/// <summary>The product as it runs for real people, in this process and on the data of a directory.</summary>
/// <param name="keepsLooks">
/// False to put something in the place of its journal that keeps no look. The product itself has no such switch: only what
/// hosts it can do this.
/// </param>
internal sealed class MeasuredHost(string data, bool keepsLooks = true) : WebApplicationFactory<Program>
{
    /// <summary>As much as may be set: the benchmark is no caller like others.</summary>
    private const string Unlimited = "1000000";

    /// <summary>How many looks its journal holds.</summary>
    public async Task<int> Looks()
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Journal.CountAsync(e => !e.Writes);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(AppContext.BaseDirectory);
        builder.UseEnvironment("Production");
        builder.UseSetting("Data:Directory", data);
        builder.UseSetting("Logging:LogLevel:Default", "Error");
        foreach (var limit in new[] { "Client", "Agency", "Token", "Anonymous" })
            builder.UseSetting($"RateLimits:{limit}:Requests", Unlimited);
        foreach (var (name, value) in ProductionSettings.In(data))
            builder.UseSetting(name, value);
        if (!keepsLooks)
            builder.ConfigureTestServices(services => services.AddSingleton<IJournal, Forgetful>());
    }

    private sealed class Forgetful : IJournal
    {
        public Task Record(JournalEntry entry, CancellationToken cancellation) => Task.CompletedTask;
    }
}
