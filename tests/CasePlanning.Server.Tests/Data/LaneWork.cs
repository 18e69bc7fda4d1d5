using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Server.Tests.Data;

/// <summary>Small pieces of work to send down a lane, and what became of them.</summary>
internal static class LaneWork
{
    public static Func<IServiceProvider, CancellationToken, Task<Guid>> Add(string name)
    {
        var agency = new Agency(name, AgencyKind.Other, "thornmere", StoredPlan.Now);
        return Add(agency, agency.Id);
    }

    public static Func<IServiceProvider, CancellationToken, Task<Guid>> Add(object thing, Guid id) => async (services, cancellation) =>
    {
        var database = (PlanningContext)services.GetRequiredService<IPlanningDatabase>();
        database.Add(thing);
        await database.SaveChangesAsync(cancellation);
        return id;
    };

    public static Func<IServiceProvider, CancellationToken, Task<Guid>> AddAndFail(string name) => async (services, cancellation) =>
    {
        await Add(name)(services, cancellation);
        throw new Mishap();
    };

    /// <summary>What another connection sees.</summary>
    public static async Task<List<Guid>> Stored(PlanningHost host, string beginning)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PlanningContext>().Agencies
            .Where(a => a.Name.StartsWith(beginning)).Select(a => a.Id).ToListAsync();
    }

    public sealed class Mishap : Exception;
}
