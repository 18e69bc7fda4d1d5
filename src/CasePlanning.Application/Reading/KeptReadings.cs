using CasePlanning.Application.Pipeline;
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
    private const int MostKilobytes = 64_000;

    /// <summary>
    /// What a reading says of time (a review that opens, somebody who has left) changes at a full hour, half or quarter, in every zone
    /// there is.
    /// </summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly MemoryCache readings = new(new MemoryCacheOptions { SizeLimit = MostKilobytes });

    /// <summary>
    /// How often plans, and what belongs to one participant alone, have changed; each counts with a few thousandths of all others, so that
    /// nothing grows with them.
    /// </summary>
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
        if (!IsKeptFor(viewer))
            return await make();
        var key = KeyOf<T>(viewer, reviewId, now);
        // Asked before it is read: what is committed meanwhile makes it too old, and never too new.
        var asOf = new AsOf(ChangesOf(viewer.PlanId), Own: 0, Interlocked.Read(ref changesOfAll));
        if (Find(key, asOf, now) is { } kept)
            return (T)kept;
        var made = await make();
        Keep(key, asOf, made);
        return made;
    }

    /// <summary>
    /// The same of several plans, for one person: those that are not kept are made together. It may show what is the viewer's alone, as a
    /// draft is, so that it is made anew also when that changes.
    /// </summary>
    /// <param name="make">Gives one for each viewer, in their order.</param>
    public async Task<IReadOnlyList<T>> OfEach<T>(IReadOnlyList<Viewer> viewers, DateTimeOffset now, Func<IReadOnlyList<Viewer>, Task<List<T>>> make)
        where T : class, IKept
    {
        var asOf = viewers.Select(v => new AsOf(ChangesOf(v.PlanId), ChangesOf(v.ParticipantId), Interlocked.Read(ref changesOfAll))).ToList();
        var each = viewers.Select((v, i) => IsKeptFor(v) ? (T?)Find(KeyOf<T>(v, reviewId: null, now), asOf[i], now) : null).ToArray();
        var missing = Enumerable.Range(0, each.Length).Where(i => each[i] is null).ToList();
        if (missing.Count == 0)
            return each!;
        var made = await make([.. missing.Select(i => viewers[i])]);
        foreach (var (i, one) in missing.Zip(made))
        {
            each[i] = one;
            if (IsKeptFor(viewers[i]))
                Keep(KeyOf<T>(viewers[i], reviewId: null, now), asOf[i], one);
        }

        return each!;
    }

    /// <summary>To be told after the commit, before whoever wrote is answered.</summary>
    /// <param name="id">The plan; or the participant whose own the change is, which shows in nothing but what waits for them.</param>
    public void Changed(Guid id) => Interlocked.Increment(ref changes[PlaceOf(id)]);

    /// <summary>Something that is shown in many plans has changed: a name, an agency, a framework.</summary>
    public void EverythingChanged() => Interlocked.Increment(ref changesOfAll);

    public void Dispose() => readings.Dispose();

    private bool IsKeptFor(Viewer viewer) => isToldOfEveryChange && !viewer.IsFamily && viewer.Hidden == Hidden.Nothing;

    private static object KeyOf<T>(Viewer viewer, Guid? reviewId, DateTimeOffset now) => (typeof(T), viewer, reviewId, now.Ticks / Quarter.Ticks);

    private IKept? Find(object key, AsOf asOf, DateTimeOffset now) =>
        readings.TryGetValue(key, out Kept? kept) && kept!.AsOf == asOf && !(kept.Made.Until <= now) ? kept.Made : null;

    private void Keep(object key, AsOf asOf, IKept made) => readings.Set(
        key, new Kept(asOf, made), new MemoryCacheEntryOptions { Size = made.Kilobytes, AbsoluteExpirationRelativeToNow = Quarter });

    private long ChangesOf(Guid id) => Interlocked.Read(ref changes[PlaceOf(id)]);

    private int PlaceOf(Guid id) => (int)((uint)id.GetHashCode() % (uint)changes.Length);

    /// <summary>How often each of what it shows had changed.</summary>
    private readonly record struct AsOf(long Plan, long Own, long All);

    private sealed record Kept(AsOf AsOf, IKept Made);
}
