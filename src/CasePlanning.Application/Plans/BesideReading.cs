using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>What the page of a plan shows beside the reading: what it aims at, who does what, and what was carried over or added later.</summary>
/// <param name="Restrictions">For whoever may hide something: how many restrictions they know to be in force.</param>
public sealed record BesideReading(
    MadeReading Reading, IReadOnlyList<TargetView> Targets, IReadOnlyList<ActionView> Actions, IReadOnlyList<CarriedForwardView> CarriedForward,
    IReadOnlyList<AddendumView> Addenda, int Restrictions) : IKept
{
    public int Kilobytes => IKept.OfAView * (1 + Targets.Count + Actions.Count + CarriedForward.Count + Addenda.Count);

    public static async Task<BesideReading> Load(
        IPlanningDatabase database, MadeReading reading, IClocks clocks, DateTimeOffset now, CancellationToken cancellation)
    {
        var (viewer, plan, team, review) = (reading.Viewer, reading.Plan, reading.Team, reading.Review);
        // A review that is over is read with what had been agreed by then.
        var until = review?.SignedAt ?? now;
        return new BesideReading(reading,
            [.. (await TargetViews.Load(database, team, t => t.PlanId == plan.Id && t.SetAt <= until, cancellation))
                .OrderBy(t => t.Due ?? DateOnly.MaxValue).ThenBy(t => t.Id)],
            [.. (await ActionViews.Load(database, team, plan, clocks.Of(plan.Authority), now, a => a.PlanId == plan.Id && a.AgreedAt <= until, cancellation))
                .OrderBy(a => a.Due ?? DateOnly.MaxValue).ThenBy(a => a.Id)],
            review is null ? [] : await CarriedForwardViews.Load(database, review.Id, team, cancellation),
            review is null ? [] : await AddendumViews.Load(database, review.Id, team, cancellation),
            viewer.MayRestrict ? await RestrictionsKnownTo(viewer, database, cancellation) : 0);
    }

    public static Task<int> RestrictionsKnownTo(Viewer viewer, IPlanningDatabase database, CancellationToken cancellation) =>
        database.Restrictions.KnownTo(viewer).CountAsync(r => r.LiftedAt == null, cancellation);
}
