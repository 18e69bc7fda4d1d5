using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>What one plan asks of somebody who takes part in it.</summary>
/// <param name="Until">When it asks something else, although nobody writes anything before the day is over.</param>
public sealed record WorkInPlan(IReadOnlyList<WorkItem> Items, DateTimeOffset? Until) : IKept
{
    private static readonly Compiled<Func<DbContext, List<Guid>, DateTimeOffset, IAsyncEnumerable<Turn>>> Turns = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> plans, DateTimeOffset now) =>
            context.Set<Participant>().Where(p => plans.Contains(p.PlanId) && (p.From > now || p.Until > now))
                .Select(p => new Turn(p.PlanId, p.From, p.Until))));

    public int Kilobytes => 1;

    /// <summary>What each of a person's plans asks of them now, in the order of the viewers.</summary>
    public static async Task<List<WorkInPlan>> Load(
        IPlanningDatabase database, IReadOnlyList<Viewer> viewers, IClocks clocks, DateTimeOffset now, CancellationToken cancellation)
    {
        var places = await Place.Of(database, viewers, clocks, now, cancellation);
        var asked = (await new AskedOfMe(database, places, now).Load(cancellation)).ToLookup(a => a.Of, a => a.Item);
        var turns = await NextTurns(database, viewers, now, cancellation);
        return [.. viewers.Select(v => new WorkInPlan([.. asked[v.ParticipantId]], v.IsLead && turns.TryGetValue(v.PlanId, out var next) ? next : null))];
    }

    /// <summary>
    /// When somebody's time in a plan begins or ends next, for those who lead it: an action that nobody holds any longer falls to them at
    /// that instant.
    /// </summary>
    private static async Task<Dictionary<Guid, DateTimeOffset>> NextTurns(
        IPlanningDatabase database, IReadOnlyList<Viewer> viewers, DateTimeOffset now, CancellationToken cancellation)
    {
        var led = viewers.Where(v => v.IsLead).Select(v => v.PlanId).Distinct().ToList();
        if (led.Count == 0)
            return [];
        var turns = await Turns.For(database, out var context)(context, led, now).ToListAsync(cancellation);
        return turns.GroupBy(t => t.PlanId).ToDictionary(g => g.Key, g => g.Min(t => t.From > now ? t.From : t.Until!.Value));
    }

    private sealed record Turn(Guid PlanId, DateTimeOffset From, DateTimeOffset? Until);
}
