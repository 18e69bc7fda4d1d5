using System.Globalization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// What happened on a plan, newest first: what was said, decided, agreed and done, by whom, with the words before and after. It is
/// made of what its reader can see now, so it tells nothing that the plan does not tell.
/// </summary>
/// <param name="Of">Only what happened to these things; everything when absent.</param>
/// <param name="By">Only what this participant did.</param>
public sealed record ReadHistory(Guid PlanId, PageOf Page, HistoryOf? Of = null, Guid? By = null) : IQuery<Page<HistoryEntry>>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>The things of a plan that something can happen to.</summary>
public enum HistoryOf
{
    Views,
    Decisions,
    ActionsAndTargets,
    Reviews,
    Team,
}

/// <summary>What happened.</summary>
public enum HistoryKind
{
    PlanOpened,
    Joined,
    Left,
    ReviewOpened,
    ReviewClosed,
    ReviewSigned,
    AddendumAdded,
    ViewGiven,
    ViewChanged,
    ViewTakenBack,
    ViewAnswered,
    Asked,
    Answered,
    DecisionTaken,
    DecisionReworded,
    DecisionAnswered,
    DecisionRechecked,
    ActionAgreed,
    ActionOffered,
    ActionTakenOn,
    ActionHandedBack,
    TargetSet,
    TargetReworded,
    TargetReplied,
    ProgressNoted,
}

/// <summary>One thing that happened.</summary>
/// <param name="Id">The same whenever it is read.</param>
/// <param name="By">Who did it.</param>
/// <param name="SubjectId">Of the view, decision, action, target, review or participant that it happened to; of the plan when it was opened.</param>
/// <param name="Outcomes">The codes of the outcomes that it is about.</param>
/// <param name="Words">What was said, or is now said; absent where there are none to be read.</param>
/// <param name="Before">What was said until then.</param>
/// <param name="Stance">For what is a stance on a view or a decision.</param>
public sealed record HistoryEntry(
    Guid Id, DateTimeOffset At, HistoryOf Of, HistoryKind Kind, Who By, Guid SubjectId, IReadOnlyList<string> Outcomes, string? Words, string? Before,
    Stance? Stance = null);

public sealed class ReadHistoryHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadHistory, Page<HistoryEntry>>
{
    /// <summary>So many moments for each entry that is shown, at first: of some there is nothing to tell.</summary>
    private const int Ahead = 2;

    public async Task<Page<HistoryEntry>> Handle(ReadHistory request, CancellationToken cancellationToken)
    {
        var (of, by, viewer, limit) = (request.Of, request.By, call.Viewer, request.Page.Limit);
        if (by is not null && !await database.Participants.AnyAsync(p => p.PlanId == viewer.PlanId && p.Id == by, cancellationToken))
            throw new NotVisible();
        var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == viewer.PlanId, cancellationToken);
        var entries = new HistoryEntries(database, viewer, plan, await Team.Load(database, viewer, cancellationToken), clocks.Of(plan.Authority), time.GetUtcNow());
        var common = await entries.OfTeamAndReviews(cancellationToken);
        var moments = new HistoryMoments(database, viewer, of, by);
        var after = HistoryPlace.In(request.Page.After);
        for (var most = Ahead * (limit + 1); ; most *= Ahead)
        {
            var newest = await moments.Newest(after?.At, most, cancellationToken);
            // At the time of the last one there may be others that were cut off.
            var complete = newest.Count < most ? DateTimeOffset.MinValue : newest[^1].At.AddTicks(1);
            var shown = common.Concat(await entries.Of([.. newest.Select(m => m.Subject).Distinct()], cancellationToken))
                .Where(e => e.At >= complete && after?.IsBefore(e) is not false && (of is null || e.Of == of) && (by is null || e.By.ParticipantId == by))
                .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(limit + 1).ToList();
            if (shown.Count > limit)
                return new Page<HistoryEntry>(shown[..limit], HistoryPlace.Of(shown[limit - 1]).ToString());
            if (newest.Count < most)
                return new Page<HistoryEntry>(shown, null);
        }
    }
}

/// <summary>Where in a history a page ended.</summary>
internal sealed record HistoryPlace(DateTimeOffset At, Guid Id)
{
    public static HistoryPlace Of(HistoryEntry entry) => new(entry.At, entry.Id);

    /// <returns>Null for the beginning.</returns>
    public static HistoryPlace? In(string? place) =>
        place?.Split(' ') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && Guid.TryParse(id, out var entry)
            ? new HistoryPlace(new DateTimeOffset(at, TimeSpan.Zero), entry)
            : null;

    /// <summary>The entry comes after it, being older.</summary>
    public bool IsBefore(HistoryEntry entry) => entry.At < At || (entry.At == At && entry.Id.CompareTo(Id) < 0);

    public override string ToString() => $"{At.UtcTicks.ToString(CultureInfo.InvariantCulture)} {Id}";
}
