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
/// <param name="writtenBeside">How often another process has written: a verb of the console, beside a server.</param>
public sealed class KeptReadings(bool isToldOfEveryChange, Func<long> writtenBeside) : IDisposable
{
    private const int MostKilobytes = 40_000;
    private const int MostKilobytesOfPlans = 16_000;

    /// <summary>If a process that wrote beside this one was killed before it said so, who takes part in what counts from then on.</summary>
    private static readonly TimeSpan LongestOfPlans = TimeSpan.FromSeconds(60);

    /// <summary>
    /// What a reading says of time (a review that opens, somebody who has left) changes at a full hour, half or quarter, in every zone
    /// there is.
    /// </summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private readonly MemoryCache readings = new(new MemoryCacheOptions { SizeLimit = MostKilobytes });

    /// <summary>Small and many: they must not drive out what is large and dear.</summary>
    private readonly MemoryCache ofPlans = new(new MemoryCacheOptions { SizeLimit = MostKilobytesOfPlans });

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
        var asOf = AsOfNow(viewer.PlanId);
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
        var asOf = viewers.Select(v => AsOfNow(v.PlanId) with { Own = ChangesOf(v.ParticipantId) }).ToList();
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

    /// <summary>What one agency has of plans, whatever the time and whoever asks: those that are not kept are made together.</summary>
    /// <param name="make">Gives those that there is something of.</param>
    /// <returns>One for each plan.</returns>
    public async Task<Dictionary<Guid, T>> OfPlans<T>(Guid agency, IEnumerable<Guid> plans, T none, Func<List<Guid>, Task<Dictionary<Guid, T>>> make)
        where T : class, IKept
    {
        var each = new Dictionary<Guid, T>();
        var missing = new Dictionary<Guid, AsOf>();
        var asOfAll = AsOfNow(Guid.Empty);
        foreach (var plan in plans)
        {
            if (each.ContainsKey(plan) || missing.ContainsKey(plan))
                continue;
            var asOf = asOfAll with { Plan = ChangesOf(plan) };
            if (isToldOfEveryChange && ofPlans.TryGetValue((typeof(T), agency, plan), out Kept? kept) && kept!.AsOf == asOf)
                each.Add(plan, (T)kept.Made);
            else
                missing.Add(plan, asOf);
        }

        if (missing.Count == 0)
            return each;
        var made = await make([.. missing.Keys]);
        foreach (var (plan, asOf) in missing)
        {
            var one = made.GetValueOrDefault(plan, none);
            each.Add(plan, one);
            if (isToldOfEveryChange)
                ofPlans.Set((typeof(T), agency, plan), new Kept(asOf, one), new MemoryCacheEntryOptions { Size = one.Kilobytes, AbsoluteExpirationRelativeToNow = LongestOfPlans });
        }

        return each;
    }

    /// <summary>To be told after the commit, before whoever wrote is answered.</summary>
    /// <param name="id">The plan; or the participant whose own the change is, which shows in nothing but what waits for them.</param>
    public void Changed(Guid id) => Interlocked.Increment(ref changes[PlaceOf(id)]);

    /// <summary>Something that is shown in many plans has changed: a name, an agency, a framework.</summary>
    public void EverythingChanged() => Interlocked.Increment(ref changesOfAll);

    public void Dispose()
    {
        readings.Dispose();
        ofPlans.Dispose();
    }

    private bool IsKeptFor(Viewer viewer) => isToldOfEveryChange && !viewer.IsFamily && viewer.Hidden == Hidden.Nothing;

    private static object KeyOf<T>(Viewer viewer, Guid? reviewId, DateTimeOffset now) => (typeof(T), viewer, reviewId, now.Ticks / Quarter.Ticks);

    private IKept? Find(object key, AsOf asOf, DateTimeOffset now) =>
        readings.TryGetValue(key, out Kept? kept) && kept!.AsOf == asOf && !(kept.Made.Until <= now) ? kept.Made : null;

    private void Keep(object key, AsOf asOf, IKept made) => readings.Set(
        key, new Kept(asOf, made), new MemoryCacheEntryOptions { Size = made.Kilobytes, AbsoluteExpirationRelativeToNow = Quarter });

    private AsOf AsOfNow(Guid plan) => new(ChangesOf(plan), Own: 0, Interlocked.Read(ref changesOfAll), writtenBeside());

    private long ChangesOf(Guid id) => Interlocked.Read(ref changes[PlaceOf(id)]);

    private int PlaceOf(Guid id) => (int)((uint)id.GetHashCode() % (uint)changes.Length);

    /// <summary>How often each of what it shows had changed.</summary>
    private readonly record struct AsOf(long Plan, long Own, long All, long Beside);

    private sealed record Kept(AsOf AsOf, IKept Made);
}
