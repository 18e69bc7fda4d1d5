using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Infrastructure.Seeding;

/// <summary>Brings the stored frameworks in line with their files; doing it again changes nothing.</summary>
internal static class FrameworkSeed
{
    public static async Task<int> Sow(IServiceProvider services, IReadOnlyList<Framework> frameworks, CancellationToken cancellation)
    {
        var database = (PlanningContext)services.GetRequiredService<IPlanningDatabase>();
        var stored = await database.Frameworks.ToDictionaryAsync(framework => framework.Code, cancellation);
        foreach (var framework in frameworks)
        {
            if (stored.TryGetValue(framework.Code, out var before))
                Reword(database, before, framework);
            else
                database.Add(framework);
        }

        return await database.SaveChangesAsync(cancellation);
    }

    /// <summary>A file may find better words; it may not take away an outcome that plans have been written under.</summary>
    private static void Reword(PlanningContext database, Framework before, Framework now)
    {
        if (before.Authority is { } authority)
            throw new InvalidOperationException(
                $"The framework '{now.Code}' was added by the authority '{authority}'. Give the one in the file a code of its own.");
        foreach (var outcome in before.Outcomes.ExceptBy(now.Outcomes.Select(o => o.Code), o => o.Code))
            throw new StartRefused(
                $"The framework '{now.Code}' no longer has the outcome '{outcome.Code}', which plans may use. "
                + "Give the changed framework a code of its own.");
        var entry = database.Entry(before);
        entry.Property(framework => framework.Name).CurrentValue = now.Name;
        entry.ComplexCollection(framework => framework.Outcomes).CurrentValue = now.Outcomes;
    }
}
