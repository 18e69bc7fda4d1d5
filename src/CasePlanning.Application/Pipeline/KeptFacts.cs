using System.Collections;
using Microsoft.Extensions.Caching.Memory;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// What the database last said of what every request asks and hardly any changes: who calls, what they take part in, who is in a plan's team.
/// Kept in memory until anything is written that it could rest on. What holds for a time only says so, and that is compared each time.
/// </summary>
/// <param name="isToldOfEveryWrite">Whether this process sees every write to the database. Where it does not (SQL Server), nothing is kept.</param>
/// <param name="writtenBeside">How often another process has written: a verb of the console, beside a server.</param>
public sealed class KeptFacts(bool isToldOfEveryWrite, Func<long> writtenBeside) : IDisposable
{
    /// <summary>Of a database of which nothing may be kept.</summary>
    public static readonly KeptFacts None = new(isToldOfEveryWrite: false, () => 0);

    private const int MostKilobytes = 20_000;

    /// <summary>If a process that wrote beside this one was killed before it said so, its write counts from then on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = MostKilobytes });

    /// <summary>Odd while something is being written that is not committed yet: then nothing is kept and nothing that was kept is believed.</summary>
    private long writes;

    /// <param name="question">What is asked, with all that it is asked of; equal questions have equal answers.</param>
    /// <param name="stillHolds">Whether an answer that was kept holds at this instant.</param>
    /// <returns>Null is never kept: what is not there yet is looked for each time.</returns>
    public async ValueTask<TAnswer?> Of<TQuestion, TAnswer>(TQuestion question, Func<TAnswer, bool> stillHolds, Func<Task<TAnswer?>> ask)
        where TQuestion : notnull
        where TAnswer : class
    {
        var asOf = AsOfNow;
        if (Find(question, asOf, stillHolds) is { } kept)
            return kept;
        var answer = await ask();
        Keep(question, asOf, answer);
        return answer;
    }

    /// <summary>The same, of what is asked in the midst of what cannot wait.</summary>
    public TAnswer Of<TQuestion, TAnswer>(TQuestion question, Func<TAnswer> ask)
        where TQuestion : notnull
        where TAnswer : class
    {
        var asOf = AsOfNow;
        if (Find(question, asOf, (TAnswer _) => true) is { } kept)
            return kept;
        var answer = ask();
        Keep(question, asOf, answer);
        return answer;
    }

    /// <summary>To be told before what is written can be seen by anybody, also by whoever writes next in the same transaction.</summary>
    public void Writing()
    {
        if (long.IsEvenInteger(writes))
            Interlocked.Increment(ref writes);
    }

    /// <summary>To be told once it is committed or taken back, before whoever wrote is answered. One lane writes, so the two are told in turn.</summary>
    public void Written()
    {
        if (long.IsOddInteger(writes))
            Interlocked.Increment(ref writes);
    }

    public void Dispose() => answers.Dispose();

    /// <summary>To be taken before anything is asked: what is committed meanwhile makes the answer too old, and never too new.</summary>
    private AsOf AsOfNow => new(Interlocked.Read(ref writes), writtenBeside());

    private bool IsKeptAt(AsOf asOf) => isToldOfEveryWrite && long.IsEvenInteger(asOf.Writes);

    private TAnswer? Find<TAnswer>(object question, AsOf asOf, Func<TAnswer, bool> stillHolds)
        where TAnswer : class =>
        IsKeptAt(asOf) && answers.TryGetValue(question, out Kept<TAnswer>? kept) && kept!.AsOf == asOf && stillHolds(kept.Answer) ? kept.Answer : null;

    private void Keep<TAnswer>(object question, AsOf asOf, TAnswer? answer)
        where TAnswer : class
    {
        if (answer is not null && IsKeptAt(asOf))
            answers.Set(question, new Kept<TAnswer>(asOf, answer), new MemoryCacheEntryOptions { Size = KilobytesOf(answer), AbsoluteExpirationRelativeToNow = Longest });
    }

    /// <summary>About.</summary>
    private static int KilobytesOf(object answer) => answer switch
    {
        IKept kept => kept.Kilobytes,
        ICollection many => 1 + many.Count,
        _ => 1,
    };

    private readonly record struct AsOf(long Writes, long Beside);

    private sealed record Kept<TAnswer>(AsOf AsOf, TAnswer Answer);
}
