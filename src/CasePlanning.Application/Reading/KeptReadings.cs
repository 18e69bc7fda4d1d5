using CasePlanning.Domain.Plans;
using Microsoft.Extensions.Caching.Memory;

namespace CasePlanning.Application.Reading;

/// <summary>
/// Readings that were made, kept in memory until anything that they may show has changed. Who may read is asked anew each time,
/// before anybody comes here.
/// </summary>
/// <param name="isToldOfEveryChange">
/// Whether every write to the database goes through this process. Where others write too (SQL Server), nothing is kept.
/// </param>
public sealed class KeptReadings(bool isToldOfEveryChange) : IDisposable
{
    /// <summary>Views in all readings together; each takes about 3 KB.</summary>
    private const int MostViews = 40_000;

    /// <summary>
    /// What a reading says of time (a review that opens, somebody who has left) changes at a full hour, half or quarter, in every zone
    /// there is.
    /// </summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly MemoryCache readings = new(new MemoryCacheOptions { SizeLimit = MostViews });

    /// <summary>How often plans have changed; each counts with a few thousandths of all plans, so that nothing grows with them.</summary>
    private readonly long[] changes = new long[4096];

    private long changesOfAll;

    /// <summary>
    /// A reading that is as new as anything committed before it was asked for. A family's is made anew each time: they are not told
    /// that anything is withheld from them, and how long an answer takes must not tell them that somebody wrote it.
    /// </summary>
    /// <typeparam name="T">The reading, or what is shown beside it.</typeparam>
    public async Task<T> Of<T>(Viewer viewer, Guid? reviewId, DateTimeOffset now, Func<Task<T>> make)
        where T : class, IKept
    {
        if (!isToldOfEveryChange || viewer.IsFamily || viewer.Hidden != Hidden.Nothing)
            return await make();
        var key = (typeof(T), viewer, reviewId, now.Ticks / Quarter.Ticks);
        // Asked before it is read: what is committed meanwhile makes it too old, and never too new.
        var asOf = ChangesOf(viewer.PlanId);
        if (readings.TryGetValue(key, out Kept? kept) && kept!.AsOf == asOf)
            return (T)kept.Made;
        var made = await make();
        readings.Set(key, new Kept(asOf, made), new MemoryCacheEntryOptions { Size = 1 + made.Views, AbsoluteExpirationRelativeToNow = Quarter });
        return made;
    }

    /// <summary>To be told after the commit, before whoever wrote is answered.</summary>
    public void Changed(Guid planId) => Interlocked.Increment(ref changes[PlaceOf(planId)]);

    /// <summary>Something that is shown in many plans has changed: a name, an agency, a framework.</summary>
    public void EverythingChanged() => Interlocked.Increment(ref changesOfAll);

    public void Dispose() => readings.Dispose();

    private (long, long) ChangesOf(Guid planId) => (Interlocked.Read(ref changes[PlaceOf(planId)]), Interlocked.Read(ref changesOfAll));

    private int PlaceOf(Guid planId) => (int)((uint)planId.GetHashCode() % (uint)changes.Length);

    private sealed record Kept((long, long) AsOf, IKept Made);
}

/// <summary>Something that may be kept, as large as about so many views.</summary>
public interface IKept
{
    int Views { get; }
}
