using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CasePlanning.Domain.Sharing;
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

public sealed class ReadMyWorkHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadMyWork, Page<WorkItem>>
{
    public async Task<Page<WorkItem>> Handle(ReadMyWork request, CancellationToken cancellationToken)
    {
        if (call.Caller.PersonId is not { } person)
            return new Page<WorkItem>([], null);
        var items = new List<WorkItem>();
        foreach (var place in await Places(person, cancellationToken))
        {
            var asked = new AskedOfMe(database, place, time.GetUtcNow());
            items.AddRange(await asked.Load(cancellationToken));
        }

        items.AddRange(await AskedOfOffice(person, cancellationToken));

        return items
            .OrderBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Kind).ThenBy(i => i.ChildName, StringComparer.Ordinal).ThenBy(i => i.Id)
            .Cut(i => i.Id, request.Page);
    }

    /// <summary>Emergency accesses wait for a privacy officer and, when overdue, for those who administer the authority as well.</summary>
    private async Task<IEnumerable<WorkItem>> AskedOfOffice(Guid person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var held = await database.Appointments.AsNoTracking()
            .Where(a => a.PersonId == person && a.Office != Office.AgencyAdministrator && a.From <= now && (a.Until == null || now < a.Until))
            .ToListAsync(cancellation);
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

    private async Task<List<Place>> Places(Guid person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var current = database.Participants.Where(p => p.PersonId == person && p.From <= now && (p.Until == null || now < p.Until));
        var viewers = (await Viewers.Load(database, current, cancellation)).Where(v => v.May(Permission.Read) && !v.PlanIsClosed).ToList();
        var rows = await (
            from participant in current
            join plan in database.Plans on participant.PlanId equals plan.Id
            select new { participant.Id, Name = plan.Child.KnownAs ?? plan.Child.GivenName, plan.Authority, participant.Focus })
            .ToDictionaryAsync(r => r.Id, cancellation);
        return
        [
            .. viewers.Select(v => (Viewer: v, Row: rows[v.ParticipantId]))
                .Select(p => new Place(p.Viewer, p.Row.Name, clocks.Of(p.Row.Authority), p.Row.Focus is not null)),
        ];
    }
}

/// <summary>One of the caller's current participations.</summary>
internal sealed record Place(Viewer Viewer, string ChildName, PlanningClock Clock, bool HasFocus);

/// <summary>What one plan asks of one participant now.</summary>
internal sealed class AskedOfMe(IPlanningDatabase database, Place place, DateTimeOffset now)
{
    private readonly Viewer viewer = place.Viewer;
    private readonly Guid me = place.Viewer.ParticipantId;
    private readonly Guid plan = place.Viewer.PlanId;
    private readonly DateOnly today = place.Clock.DayOf(now);

    public async Task<List<WorkItem>> Load(CancellationToken cancellation)
    {
        var items = new List<WorkItem>();
        if (!place.HasFocus && viewer.IsToldWhatIsWithheld)
            items.Add(Item(me, WorkKind.StateFocus, null, me, null, "The team does not know yet what you are here for in this plan."));
        items.AddRange(await Questions(cancellation));
        items.AddRange(await Drafts(cancellation));
        items.AddRange(await WordsToConfirm(cancellation));
        items.AddRange(await Actions(cancellation));
        items.AddRange(await Restrictions(cancellation));
        if (viewer.IsLead)
            items.AddRange([.. await EmergencyAccesses(cancellation), .. await Consents(cancellation)]);

        var reviews = await database.Reviews.AsNoTracking().Where(r => r.PlanId == plan && r.SignedAt == null).ToListAsync(cancellation);
        foreach (var review in reviews)
            items.AddRange(await Review(review, cancellation));
        return items;
    }

    private async Task<IEnumerable<WorkItem>> Questions(CancellationToken cancellation) =>
        (await database.Questions.AsNoTracking().Where(q => q.PlanId == plan && q.AnswerById == me && q.AnsweredAt == null).ToListAsync(cancellation))
        .Select(q => Item(q.Id, WorkKind.AnswerQuestion, q.ReviewId, q.Id, q.Due, "You were asked a question."));

    private async Task<IEnumerable<WorkItem>> Drafts(CancellationToken cancellation) =>
        (await database.Drafts.AsNoTracking().Where(d => d.PlanId == plan && d.AuthorId == me)
            .Join(database.Reviews, d => d.ReviewId, r => r.Id, (d, r) => new { d.Id, d.ReviewId, r.ClosesOn }).ToListAsync(cancellation))
        .Select(d => Item(d.Id, WorkKind.FinishDraft, d.ReviewId, d.Id, d.ClosesOn, "You have a draft that only you can see."));

    private async Task<IEnumerable<WorkItem>> WordsToConfirm(CancellationToken cancellation) =>
        (await database.Contributions.AsNoTracking().ContributionsVisibleTo(viewer)
            .Where(c => c.VoiceId == me && (c.ProxyId != null || c.AssertedById != null) && c.ConfirmedAt == null && c.WithdrawnAt == null)
            .Select(c => new { c.Id, c.ReviewId, BySystem = c.AssertedById != null }).ToListAsync(cancellation))
        .Select(c => Item(c.Id, WorkKind.ConfirmWords, c.ReviewId, c.Id, null,
            c.BySystem ? "A system of your agency brought in words as yours. Are they?" : "Somebody wrote down words for you. Are they yours?"));

    /// <summary>Those that are due are looked at by whoever set them or, should they have left, by the lead.</summary>
    private async Task<IEnumerable<WorkItem>> Restrictions(CancellationToken cancellation)
    {
        var leads = viewer.IsLead;
        return (await database.Restrictions.AsNoTracking()
                .Where(r => r.PlanId == plan && r.LiftedAt == null && r.ReviewOn <= today && (r.SetById == me || leads)).ToListAsync(cancellation))
            .Select(r => Item(r.Id, WorkKind.LookAtRestriction, null, r.Id, r.ReviewOn, "Something is hidden from somebody. Is that still needed?"));
    }

    /// <summary>Until it is reviewed, the lead sees that somebody came in.</summary>
    private async Task<IEnumerable<WorkItem>> EmergencyAccesses(CancellationToken cancellation) =>
        (await database.EmergencyAccesses.AsNoTracking().Where(e => e.PlanId == plan && e.ReviewedAt == null).ToListAsync(cancellation))
        .Select(e => Item(e.Id, WorkKind.LookAtEmergencyAccess, null, e.Id, e.ReviewDue, "Somebody opened this plan in an emergency. The access log says who."));

    /// <summary>Early help rests on consent: the lead sees to it that there is one, and asks when it is taken back.</summary>
    private async Task<IEnumerable<WorkItem>> Consents(CancellationToken cancellation)
    {
        if (!await database.Plans.AnyAsync(p => p.Id == plan && p.Kind == PlanKind.EarlyHelp, cancellation))
            return [];
        var consents = await database.Consents.AsNoTracking().ConsentsVisibleTo(viewer).Where(c => c.Scope == ConsentScope.WorkTogether).ToListAsync(cancellation);
        if (consents.Count == 0)
            return [Item(plan, WorkKind.RecordConsent, null, plan, null, "This plan rests on the family's consent, and none is recorded.")];
        return Consent.IsTakenBack(consents)
            ? [Item(plan, WorkKind.AskAboutConsent, null, plan, null, "Consent to this plan was withdrawn. Ask why, and who goes on by another right.")]
            : [];
    }

    private async Task<IEnumerable<WorkItem>> Actions(CancellationToken cancellation)
    {
        var held = await database.ActionHolders.AsNoTracking().Where(h => h.PlanId == plan && h.ParticipantId == me && h.Until == null)
            .Join(database.Actions.Where(a => a.State == ActionState.Open), h => h.ActionId, a => a.Id, (h, a) => new HeldAction(a.Id, a.What, a.Due))
            .ToListAsync(cancellation);
        if (viewer.IsLead)
            held.AddRange(await HeldByNobodyElse(held.Select(a => a.Id), cancellation));
        var offered = await database.Handovers.AsNoTracking()
            .Where(h => h.PlanId == plan && (h.To == me || h.From == me) && h.AcceptedAt == null && h.HandedBackAt == null)
            .Join(database.Actions, h => h.ActionId, a => a.Id, (h, a) => new { Handover = h, a.What })
            .ToListAsync(cancellation);
        // Both see an offer that nobody has answered in time; before that, only whoever is to answer.
        var waiting = offered.Select(o => (o.Handover, o.What, Due: place.Clock.Due(o.Handover.OfferedAt, place.Clock.Rules.Handover)))
            .Where(h => h.Handover.To == me || h.Due < today);
        return held.Select(a => Item(a.Id, WorkKind.DoAction, null, a.Id, a.Due, "You hold this action.", a.What))
            .Concat(waiting.Select(h => Item(h.Handover.Id, WorkKind.AnswerHandover, null, h.Handover.ActionId, h.Due,
                h.Handover.To == me ? "You were offered this action." : "Your offer of this action has not been answered.", h.What)));
    }

    /// <summary>Actions whose holders' time has run out fall to the lead professional.</summary>
    private Task<List<HeldAction>> HeldByNobodyElse(IEnumerable<Guid> own, CancellationToken cancellation)
    {
        var known = own.ToList();
        return database.Actions.AsNoTracking()
            .Where(a => a.PlanId == plan && a.State == ActionState.Open && !known.Contains(a.Id)
                && !database.ActionHolders.Any(h => h.ActionId == a.Id && h.Until == null
                    && database.Participants.Any(p => p.Id == h.ParticipantId && p.From <= now && (p.Until == null || now < p.Until))))
            .Select(a => new HeldAction(a.Id, a.What, a.Due))
            .ToListAsync(cancellation);
    }

    private sealed record HeldAction(Guid Id, string What, DateOnly? Due);

    private async Task<List<WorkItem>> Review(Review review, CancellationToken cancellation)
    {
        var items = new List<WorkItem>();
        var team = await Team.Load(database, viewer, cancellation);
        var seen = await SeenContributions.Load(database, viewer, c => c.ReviewId == review.Id, cancellation);
        var heard = await VoicesHeard.Load(database, review.Id, team, seen, cancellation);

        var mine = heard.FirstOrDefault(h => (h.Voice.DelegateId ?? h.Voice.ParticipantId) == me && h.Status is VoiceStatus.NotYet or VoiceStatus.Partly or VoiceStatus.CouldNotReach);
        if (mine is not null && review.ClosedAt is null)
            items.Add(Item(mine.Voice.Id, WorkKind.GiveView, review.Id, review.Id, review.ClosesOn, "You were asked for your view."));

        if (viewer.May(Permission.Coordinate) && review.ClosedAt is null && review.StateOn(today) is ReviewState.Closing)
        {
            items.AddRange(heard.Where(h => !h.IsSettled).Select(h => Item(
                h.Voice.Id, WorkKind.AddressVoice, review.Id, h.Voice.ParticipantId, review.ClosesOn, "An invited voice is not heard yet.",
                team[h.Voice.ParticipantId].Name)));
        }

        if (viewer.May(Permission.Coordinate) && review.ClosedAt is null)
            items.AddRange(await RewordingsWithoutReply(review, team, cancellation));
        if (viewer.May(Permission.Decide))
        {
            var decisions = await DecisionViews.Load(database, viewer, team, seen, d => d.ReviewId == review.Id, cancellation);
            items.AddRange(decisions.Where(d => d.NeedsRecheck).Select(d => Item(
                d.Id, WorkKind.RecheckDecision, review.Id, d.Id, SignOffDue(review), "A view arrived after this decision.", d.What)));
        }

        if (viewer.May(Permission.SignOff) && review.ClosedAt is not null)
            items.Add(Item(review.Id, WorkKind.SignOff, review.Id, review.Id, SignOffDue(review), "This review is closed and waits to be signed off."));
        items.AddRange(await CarriedForward(review, cancellation));
        return items;
    }

    private async Task<IEnumerable<WorkItem>> RewordingsWithoutReply(Review review, Team team, CancellationToken cancellation)
    {
        var rewordings = await database.Rewordings.AsNoTracking().Where(r => r.PlanId == plan && r.Reply == null).ToListAsync(cancellation);
        return rewordings.Where(r => team[r.ById].Role is Role.Child)
            .Select(r => Item(r.Id, WorkKind.ReplyToChild, review.Id, r.TargetId, review.ClosesOn, "The child reworded a target and waits for a reply."));
    }

    /// <summary>Dissents ask their author; targets and actions ask whoever coordinates, or holds the action.</summary>
    private async Task<IEnumerable<WorkItem>> CarriedForward(Review review, CancellationToken cancellation)
    {
        var coordinates = viewer.May(Permission.Coordinate);
        var asked = await database.CarriedForward.AsNoTracking()
            .Where(c => c.ReviewId == review.Id && c.StillTrue == null
                && ((c.Kind == CarriedKind.Dissent && database.DecisionResponses.Any(r => r.Id == c.SubjectId && r.ById == me))
                    || (c.Kind == CarriedKind.Action && database.ActionHolders.Any(h => h.ActionId == c.SubjectId && h.ParticipantId == me && h.Until == null))
                    || (c.Kind == CarriedKind.Target && coordinates)))
            .ToListAsync(cancellation);
        return asked.Select(c => Item(c.Id, WorkKind.SayWhetherStillTrue, review.Id, c.SubjectId, review.ClosesOn, "Carried forward from an earlier review: still true?"));
    }

    private DateOnly SignOffDue(Review review) =>
        place.Clock.Due(review.ClosedAt is { } closed ? place.Clock.DayOf(closed) : review.ClosesOn, place.Clock.Rules.SignOff);

    private WorkItem Item(Guid id, WorkKind kind, Guid? reviewId, Guid subjectId, DateOnly? due, string why, string? about = null) =>
        new(id, kind, plan, place.ChildName, reviewId, subjectId, due, due < today, why, about);
}
