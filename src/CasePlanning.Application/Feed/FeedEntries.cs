using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Feed;

/// <summary>A numbered write of an act that the feed tells of, in whatever plan, and by whomever.</summary>
/// <param name="Act">One of <see cref="FeedActs.Names"/>, and the same string each time.</param>
/// <param name="OpenSince">
/// When the contribution that it is about was first signed, where any system that sees the plan reads its words by its audience, which never
/// changes: unless they are withdrawn or hidden. Otherwise null, also where it is about none: then it is to be asked what somebody may know.
/// </param>
internal sealed record FeedEntry(long Number, Guid Id, DateTimeOffset At, string Act, Guid PlanId, Guid? PartId, Guid ResultId, DateTimeOffset? OpenSince)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The contribution that it is about, if it is about one; of an answer to a question, only the question is known.</summary>
    public Guid ContributionId => FeedActs.NamesContribution(Act) ? PartId ?? Guid.Empty : ResultId;

    /// <summary>
    /// What the act did was done at this time. The act takes its time before its entry does, by what a request takes; only a clock that was
    /// set meanwhile could turn them round.
    /// </summary>
    public bool Did(DateTimeOffset at) => at <= At + Slack && At - at < Longest;

    /// <summary>It was there when this happened.</summary>
    public bool IsAfter(DateTimeOffset at) => at <= At + Slack;
}

/// <summary>Reads the numbered journal for those who follow it, whoever they are: which of its writes they may know of is asked afterwards.</summary>
internal static class FeedEntries
{
    /// <summary>Writes, in one request.</summary>
    public const int MostLookedAt = 1_000;

    private static readonly List<Guid> Nothing = [];

    private static readonly Compiled<Func<DbContext, CancellationToken, Task<long>>> Length = new(() =>
        EF.CompileAsyncQuery((DbContext context, CancellationToken _) => context.Set<JournalLength>().Select(l => l.Size).SingleOrDefault()));

    private static readonly Compiled<Func<DbContext, long, long, CancellationToken, Task<long?>>> Farthest = new(() =>
        EF.CompileAsyncQuery((DbContext context, long after, long last, CancellationToken _) => context.Set<JournalEntry>()
            .Where(e => e.Verdict == Verdict.Allowed && e.ResultId != null && e.Sequence > after && e.Sequence <= last)
            .OrderBy(e => e.Sequence).Select(e => e.Sequence).Skip(MostLookedAt - 1).FirstOrDefault()));

    private static readonly Compiled<Func<DbContext, long, long, IAsyncEnumerable<FeedEntry>>> Entries = new(() =>
        EF.CompileAsyncQuery(ContributionVisibility.WithRule<Func<DbContext, long, long, IQueryable<FeedEntry>>>((context, after, upTo) => context.Set<JournalEntry>()
            .Where(e => e.Verdict == Verdict.Allowed && e.ResultId != null && e.Sequence > after && e.Sequence <= upTo && FeedActs.Names.Contains(e.Act))
            .LeftJoin(
                // What a client of nobody's reads, all read.
                context.Set<Contribution>().Where(c => ContributionVisibility.IsReadByClient(c, Guid.Empty, Guid.Empty, Nothing)),
                e => FeedActs.NamingContribution.Contains(e.Act) ? e.PartId : e.ResultId, c => c.Id, (e, c) => new { e, c })
            .OrderBy(x => x.e.Sequence)
            .Select(x => new FeedEntry(
                x.e.Sequence!.Value, x.e.Id, x.e.At, FeedActs.NameLike(x.e.Act), (x.e.PlanId ?? x.e.ResultId)!.Value, x.e.PartId, x.e.ResultId!.Value,
                x.c == null ? null : x.c.FirstSignedAt)))));

    /// <summary>The last number that there is; -1 when there is none.</summary>
    public static async Task<long> Last(IPlanningDatabase database, CancellationToken cancellation) =>
        await Length.For(database, out var context)(context, cancellation) - 1;

    /// <summary>The number of the last write that one request looks at, or of the last that there is.</summary>
    public static async Task<long> FarthestFrom(IPlanningDatabase database, long after, long last, CancellationToken cancellation) =>
        await Farthest.For(database, out var context)(context, after, last, cancellation) ?? last;

    /// <summary>Those after one number, up to another, in their order.</summary>
    public static IAsyncEnumerable<FeedEntry> Between(IPlanningDatabase database, long after, long upTo) =>
        Entries.For(database, out var context)(context, after, upTo);
}
