using System.Linq.Expressions;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// Loads whole actions to change them: three flat queries that the context ties together. One query with both lists would make
/// SQLite materialise whole tables.
/// </summary>
internal static class ActionAggregates
{
    public static async Task<List<PlanAction>> Load(
        IPlanningDatabase database, Expression<Func<PlanAction, bool>> which, CancellationToken cancellation)
    {
        var actions = await database.Actions.Where(which).ToListAsync(cancellation);
        if (actions.Count == 0)
            return actions;
        var ids = actions.Select(a => a.Id).ToList();
        await database.ActionHolders.Where(h => ids.Contains(h.ActionId)).LoadAsync(cancellation);
        await database.Handovers.Where(h => ids.Contains(h.ActionId)).LoadAsync(cancellation);
        return actions;
    }

    public static async Task<PlanAction> Load(IPlanningDatabase database, Guid id, CancellationToken cancellation) =>
        (await Load(database, a => a.Id == id, cancellation)).Single();
}
