using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Feed;

/// <summary>A numbered write in a plan in which the agency takes part, or took part when that may have ended by it.</summary>
internal sealed class FeedEntry
{
    public required long Number { get; init; }

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Act { get; init; }

    public required Guid PlanId { get; init; }

    public required Guid? PartId { get; init; }

    public required Guid ResultId { get; init; }

    /// <summary>
    /// When the contribution that it is about was first signed, where the client reads its words by its audience, it stands, and it is hidden
    /// from nobody. Otherwise null, also where it is about none: then it is still to be asked what the client may know.
    /// </summary>
    public required DateTimeOffset? ReadSince { get; init; }

    /// <summary>The contribution that it is about, if it is about one; of an answer to a question, only the question is known.</summary>
    public Guid ContributionId => FeedActs.NamesContribution(Act) ? PartId ?? Guid.Empty : ResultId;

    /// <summary>
    /// What the act did was done at this time. The act takes its time before its entry does, by what a request takes; only a clock that was
    /// set meanwhile could turn them round.
    /// </summary>
    public bool Did(DateTimeOffset at) => at <= At + Slack && At - at < Longest;

    /// <summary>It was there when this happened.</summary>
    public bool IsAfter(DateTimeOffset at) => at <= At + Slack;

    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Reads the numbered journal for the system of an agency. It looks along the writes of everybody by their numbers, a thousand in one
/// request at most, and passes over those in plans of others without seeing more of them than the plan.
/// </summary>
internal static class FeedEntries
{
    public const int MostLookedAt = 1_000;

    private static readonly List<Guid> Nothing = [];
    private static readonly Role[] NotReading = [.. Enum.GetValues<Role>().Where(r => !RolePowers.Of(r).HasFlag(Permission.Read))];

    private static readonly Compiled<Func<DbContext, CancellationToken, Task<long>>> Length = new(() =>
        EF.CompileAsyncQuery((DbContext context, CancellationToken _) => context.Set<JournalLength>().Select(l => l.Size).SingleOrDefault()));

    private static readonly Compiled<Func<DbContext, long, long, CancellationToken, Task<long?>>> Farthest = new(() =>
        EF.CompileAsyncQuery((DbContext context, long after, long last, CancellationToken _) => context.Set<JournalEntry>()
            .Where(e => e.Verdict == Verdict.Allowed && e.ResultId != null && e.Sequence > after && e.Sequence <= last)
            .OrderBy(e => e.Sequence).Select(e => e.Sequence).Skip(MostLookedAt - 1).FirstOrDefault()));

    /// <summary>The agency has a system's view of a plan by whoever takes part in it now and reads, as <see cref="Viewers.OfCaller"/> says of one plan.</summary>
    private static readonly Compiled<Func<DbContext, long, long, Guid, DateTimeOffset, int, IAsyncEnumerable<FeedEntry>>> Entries = new(() =>
        EF.CompileAsyncQuery(ContributionVisibility.WithRule<Func<DbContext, long, long, Guid, DateTimeOffset, int, IQueryable<FeedEntry>>>(
            (context, after, upTo, agency, now, most) => context.Set<JournalEntry>()
                .Where(e => e.Verdict == Verdict.Allowed && e.ResultId != null && e.Sequence > after && e.Sequence <= upTo && FeedActs.Names.Contains(e.Act))
                .Where(e =>
                    context.Set<Participant>().Any(p => p.PlanId == (e.PlanId ?? e.ResultId) && p.AgencyId == agency
                        && p.From <= now && (p.Until == null || now < p.Until)
                        && !NotReading.Contains(p.Role) && context.Set<Plan>().Any(x => x.Id == p.PlanId && x.AdoptedAt == null))
                    // Of whoever leads it is asked by itself, because it is not in the index, and hardly ever to be asked.
                    || context.Set<Participant>().Any(p => p.PlanId == (e.PlanId ?? e.ResultId) && p.AgencyId == agency
                        && p.From <= now && (p.Until == null || now < p.Until)
                        && NotReading.Contains(p.Role) && context.Set<Plan>().Any(x => x.Id == p.PlanId && x.AdoptedAt == null && x.LeadParticipantId == p.Id))
                    || (FeedActs.OfAccess.Contains(e.Act)
                        && context.Set<Participant>().Any(p => p.PlanId == (e.PlanId ?? e.ResultId) && p.AgencyId == agency && p.From <= now)))
                .LeftJoin(
                    context.Set<Contribution>().Where(c => ContributionVisibility.IsReadByClient(c, agency, Guid.Empty, Nothing) && c.WithdrawnAt == null
                        && !context.Set<Restriction>().Any(r => r.PlanId == c.PlanId && r.ContributionId == c.Id && r.LiftedAt == null)),
                    e => FeedActs.NamingContribution.Contains(e.Act) ? e.PartId : e.ResultId, c => c.Id, (e, c) => new { e, c })
                .OrderBy(x => x.e.Sequence).Take(most)
                .Select(x => new FeedEntry
                {
                    Number = x.e.Sequence!.Value,
                    Id = x.e.Id,
                    At = x.e.At,
                    Act = x.e.Act,
                    PlanId = (x.e.PlanId ?? x.e.ResultId)!.Value,
                    PartId = x.e.PartId,
                    ResultId = x.e.ResultId!.Value,
                    ReadSince = x.c == null ? null : x.c.FirstSignedAt,
                }))));

    /// <summary>The last number that there is; -1 when there is none.</summary>
    public static async Task<long> Last(IPlanningDatabase database, CancellationToken cancellation) =>
        await Length.For(database, out var context)(context, cancellation) - 1;

    /// <summary>The number of the last write that one request looks at, or of the last that there is.</summary>
    public static async Task<long> FarthestFrom(IPlanningDatabase database, long after, long last, CancellationToken cancellation) =>
        await Farthest.For(database, out var context)(context, after, last, cancellation) ?? last;

    /// <summary>Those after one number, up to another, the first ones first.</summary>
    public static async Task<List<FeedEntry>> Next(
        IPlanningDatabase database, long after, long upTo, Guid agency, DateTimeOffset now, int most, CancellationToken cancellation)
    {
        var entries = new List<FeedEntry>(most);
        await foreach (var entry in Entries.For(database, out var context)(context, after, upTo, agency, now, most).WithCancellation(cancellation))
            entries.Add(entry);
        return entries;
    }
}
