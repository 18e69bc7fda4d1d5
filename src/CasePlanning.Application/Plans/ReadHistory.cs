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
    public async Task<Page<HistoryEntry>> Handle(ReadHistory request, CancellationToken cancellationToken)
    {
        var (of, by) = (request.Of, request.By);
        var plan = call.Viewer.PlanId;
        if (by is not null && !await database.Participants.AnyAsync(p => p.PlanId == plan && p.Id == by, cancellationToken))
            throw new NotVisible();
        var entries = await HistoryEntries.Load(database, call.Viewer, clocks, time.GetUtcNow(), cancellationToken);
        return entries
            .Where(e => (of is null || e.Of == of) && (by is null || e.By.ParticipantId == by))
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
            .Cut(e => e.Id, request.Page);
    }
}
