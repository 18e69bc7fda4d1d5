using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>What is asked of the caller, over all their plans, in clock order.</summary>
public sealed record ReadMyWork(PageOf Page) : IQuery<Page<WorkItem>>, ISignedIn, ITellsOfChildren;

public enum WorkKind
{
    AnswerHandover,
    AnswerQuestion,
    ConfirmWords,
    FinishDraft,
    GiveView,
    DoAction,
    StateFocus,
    AddressVoice,
    RecheckDecision,
    LookAtRestriction,
    LookAtEmergencyAccess,
    ReviewEmergencyAccess,
    RecordConsent,
    AskAboutConsent,
    ReplyToChild,
    SayWhetherStillTrue,
    SignOff,
}

/// <summary>One thing asked of the caller.</summary>
/// <param name="Id">Names this item; the same thing asked keeps its id.</param>
/// <param name="ReviewId">The review it belongs to, when it belongs to one.</param>
/// <param name="SubjectId">What it is about: the review, question, contribution, decision, action, target or participation.</param>
/// <param name="Why">Why it is here, in a sentence.</param>
/// <param name="Overdue">The due day has passed.</param>
/// <param name="ChildName">Absent where the office that is asked sees no child.</param>
/// <param name="About">
/// What tells it from others of its kind: the words of the action or decision, or whose voice is missing. Not those of a question: whoever
/// covers for somebody owes the answer, and may not be one of those who read what it was asked about.
/// </param>
public sealed record WorkItem(
    Guid Id, WorkKind Kind, Guid PlanId, string? ChildName, Guid? ReviewId, Guid SubjectId, DateOnly? Due, bool Overdue, string Why, string? About = null);

public sealed class ReadMyWorkHandler(IPlanningDatabase database, CurrentCall call, KeptReadings kept, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadMyWork, Page<WorkItem>>
{
    private static readonly Compiled<Func<DbContext, Guid, DateTimeOffset, IAsyncEnumerable<Appointment>>> OfficesOf = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid person, DateTimeOffset now) =>
            context.Set<Appointment>().AsNoTracking()
                .Where(a => a.PersonId == person && a.Office != Office.AgencyAdministrator && (a.Until == null || now < a.Until))));

    public async Task<Page<WorkItem>> Handle(ReadMyWork request, CancellationToken cancellationToken)
    {
        if (call.Caller.PersonId is not { } person)
            return new Page<WorkItem>([], null);
        var now = time.GetUtcNow();
        var viewers = (await Viewers.OfPerson(database, person, now, cancellationToken)).Where(v => v.May(Permission.Read) && !v.PlanIsClosed).ToList();
        var plans = await kept.OfEach(viewers, now, some => WorkInPlan.Load(database, some, clocks, now, cancellationToken));

        return plans.SelectMany(p => p.Items).Concat(await AskedOfOffice(person, now, cancellationToken))
            .OrderBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Kind).ThenBy(i => i.ChildName, StringComparer.Ordinal).ThenBy(i => i.Id)
            .Cut(i => i.Id, request.Page);
    }

    /// <summary>Emergency accesses wait for a privacy officer and, when overdue, for those who administer the authority as well.</summary>
    private async Task<IEnumerable<WorkItem>> AskedOfOffice(Guid person, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = await database.Facts.Of(new AskedOfPerson(person), (Offices offices) => offices.AsOf <= now, async () => new Offices(
            await OfficesOf.For(database, out var context)(context, person, now).ToListAsync(cancellation), now));
        var held = found!.Appointments.FindAll(a => a.From <= now && (a.Until is null || now < a.Until));
        if (held.Count == 0)
            return [];
        var authorities = held.Select(a => a.Authority).ToList();
        var waiting = await database.EmergencyAccesses.AsNoTracking().Where(e => e.ReviewedAt == null && e.PersonId != person)
            .Join(database.Plans, e => e.PlanId, p => p.Id, (e, p) => new { e.Id, e.PlanId, e.ReviewDue, p.Authority })
            .Where(e => authorities.Contains(e.Authority)).ToListAsync(cancellation);
        return
            from access in waiting
            let isOverdue = access.ReviewDue < clocks.Of(access.Authority).DayOf(now)
            where held.Any(a => a.Authority == access.Authority && (a.Office is Office.PrivacyOfficer || isOverdue))
            select new WorkItem(access.Id, WorkKind.ReviewEmergencyAccess, access.PlanId, ChildName: null, ReviewId: null, access.Id, access.ReviewDue,
                isOverdue, "A plan was opened in an emergency. Was it needed?");
    }

    private readonly record struct AskedOfPerson(Guid PersonId);

    /// <summary>Those that had not ended at an instant.</summary>
    private sealed record Offices(List<Appointment> Appointments, DateTimeOffset AsOf);
}
