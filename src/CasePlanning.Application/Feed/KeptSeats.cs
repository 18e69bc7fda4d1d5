using System.Collections.Concurrent;
using CasePlanning.Application.Reading;

namespace CasePlanning.Application.Feed;

/// <summary>
/// Which plans lie open to which agencies: somebody of the agency takes part and reads, nothing is hidden from any of them, and nothing in the
/// plan was withdrawn. Kept until the plan changes, and no longer than a minute. Of all others it is asked each time.
/// </summary>
public sealed class KeptSeats(PlanChanges changes, TimeProvider time)
{
    /// <summary>Of which all are given up together: they are soon asked for again.</summary>
    private const int Most = 50_000;

    /// <summary>If a process that wrote beside this one was killed before it said so, what it wrote counts from then on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<(Guid Agency, Guid Plan), Open> open = [];

    /// <summary>To be taken before the seats are read.</summary>
    public AsOf AsOfNow(Guid plan) => changes.AsOfNow(plan);

    public bool IsOpen(Guid agency, Guid plan, DateTimeOffset now) =>
        open.TryGetValue((agency, plan), out var kept) && kept.AsOf == changes.AsOfNow(plan)
        && kept.From <= now && !(kept.Until <= now) && time.GetElapsedTime(kept.Since) < Longest;

    /// <param name="from">When whoever takes part, and reads, began to.</param>
    public void Keep(Guid agency, Guid plan, AsOf asOf, DateTimeOffset from, DateTimeOffset? until)
    {
        if (!changes.AreAllTold)
            return;
        if (open.Count >= Most)
            open.Clear();
        open[(agency, plan)] = new Open(asOf, from, until, time.GetTimestamp());
    }

    private readonly record struct Open(AsOf AsOf, DateTimeOffset From, DateTimeOffset? Until, long Since);
}
