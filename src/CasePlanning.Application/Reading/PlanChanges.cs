namespace CasePlanning.Application.Reading;

/// <summary>
/// How often plans have changed, so that what is kept of one can be told to be as new as anything committed before it is asked for. The write
/// lane tells.
/// </summary>
/// <param name="areAllTold">
/// Whether every write to the database goes through this process. Where others write too (SQL Server), nothing may be kept.
/// </param>
/// <param name="writtenBeside">How often another process has written: a verb of the console, beside a server.</param>
public sealed class PlanChanges(bool areAllTold, Func<long> writtenBeside)
{
    /// <summary>
    /// How often plans, and what belongs to one participant alone, have changed; each counts with a few thousandths of all others, so that
    /// nothing grows with them.
    /// </summary>
    private readonly long[] changes = new long[4096];

    private long changesOfAll;

    public bool AreAllTold => areAllTold;

    /// <summary>To be taken before anything is read: what is committed meanwhile makes it too old, and never too new.</summary>
    /// <param name="own">Whose own it shows too, if it does.</param>
    public AsOf AsOfNow(Guid plan, Guid? own = null) =>
        new(ChangesOf(plan), own is { } participant ? ChangesOf(participant) : 0, Interlocked.Read(ref changesOfAll), writtenBeside());

    /// <summary>To be told after the commit, before whoever wrote is answered.</summary>
    /// <param name="id">The plan; or the participant whose own the change is, which shows in nothing but what waits for them.</param>
    public void Changed(Guid id) => Interlocked.Increment(ref changes[PlaceOf(id)]);

    /// <summary>Something that is shown in many plans has changed: a name, an agency, a framework.</summary>
    public void EverythingChanged() => Interlocked.Increment(ref changesOfAll);

    private long ChangesOf(Guid id) => Interlocked.Read(ref changes[PlaceOf(id)]);

    private int PlaceOf(Guid id) => (int)((uint)id.GetHashCode() % (uint)changes.Length);
}

/// <summary>How often each of what something shows had changed.</summary>
public readonly record struct AsOf(long Plan, long Own, long All, long Beside);
