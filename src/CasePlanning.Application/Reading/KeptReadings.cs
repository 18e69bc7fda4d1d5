using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Plans;
using Microsoft.Extensions.Caching.Memory;

namespace CasePlanning.Application.Reading;

/// <summary>
/// Readings that were made, kept in memory until anything that they may show has changed. Who may read is asked anew each time,
/// before anybody comes here.
/// </summary>
public sealed class KeptReadings(PlanChanges changes) : IDisposable
{
    private const int MostKilobytes = 48_000;

    /// <summary>
    /// What a reading says of time (a review that opens, somebody who has left) changes at a full hour, half or quarter, in every zone
    /// there is.
    /// </summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly MemoryCache readings = new(new MemoryCacheOptions { SizeLimit = MostKilobytes });

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
        var asOf = changes.AsOfNow(viewer.PlanId);
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
        var asOf = viewers.Select(v => changes.AsOfNow(v.PlanId, v.ParticipantId)).ToList();
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

    public void Dispose() => readings.Dispose();

    private bool IsKeptFor(Viewer viewer) => changes.AreAllTold && !viewer.IsFamily && viewer.Hidden == Hidden.Nothing;

    private static object KeyOf<T>(Viewer viewer, Guid? reviewId, DateTimeOffset now) => (typeof(T), viewer, reviewId, now.Ticks / Quarter.Ticks);

    private IKept? Find(object key, AsOf asOf, DateTimeOffset now) =>
        readings.TryGetValue(key, out Kept? kept) && kept!.AsOf == asOf && !(kept.Made.Until <= now) ? kept.Made : null;

    private void Keep(object key, AsOf asOf, IKept made) => readings.Set(
        key, new Kept(asOf, made), new MemoryCacheEntryOptions { Size = made.Kilobytes, AbsoluteExpirationRelativeToNow = Quarter });

    private sealed record Kept(AsOf AsOf, IKept Made);
}
