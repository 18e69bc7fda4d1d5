using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>One thing that is asked in some plan. A class with members, because only such a thing can be the row of a union.</summary>
internal sealed class AskingRow
{
    /// <summary>A <see cref="WorkKind"/>.</summary>
    public required int Kind { get; init; }

    public required Guid PlanId { get; init; }

    /// <summary>The participant it is asked of, or who set it; null when the plan asks.</summary>
    public required Guid? Of { get; init; }

    public required Guid Id { get; init; }

    public required Guid? ReviewId { get; init; }

    public required Guid SubjectId { get; init; }

    public required DateOnly? Due { get; init; }

    public required bool BySystem { get; init; }
}

/// <summary>What is asked in a person's plans without words of its own, in one query.</summary>
internal sealed class Asking(IPlanningDatabase database, IReadOnlyList<Place> places)
{
    private readonly List<Guid> mine = [.. places.Select(p => p.Me)];
    private readonly List<Guid> plans = [.. places.Select(p => p.Plan).Distinct()];
    private readonly List<Guid> led = [.. places.Where(p => p.Viewer.IsLead).Select(p => p.Plan).Distinct()];
    private readonly List<Guid> coordinated = [.. places.Where(p => p.Viewer.May(Permission.Coordinate)).Select(p => p.Plan).Distinct()];
    private readonly DateOnly today = places.Max(p => p.Today);

    public IQueryable<AskingRow> All() =>
        Questions().Concat(Drafts()).Concat(WordsToConfirm()).Concat(Restrictions()).Concat(EmergencyAccesses())
            .Concat(Dissents()).Concat(Actions()).Concat(Targets());

    private IQueryable<AskingRow> Questions() =>
        from q in database.Questions
        where EF.Parameter(mine).Contains(q.AnswerById) && q.AnsweredAt == null
        select new AskingRow
        {
            Kind = (int)WorkKind.AnswerQuestion,
            PlanId = q.PlanId,
            Of = q.AnswerById,
            Id = q.Id,
            ReviewId = q.ReviewId,
            SubjectId = q.Id,
            Due = q.Due,
            BySystem = false,
        };

    private IQueryable<AskingRow> Drafts() =>
        from d in database.Drafts
        join r in database.Reviews on d.ReviewId equals r.Id
        where EF.Parameter(mine).Contains(d.AuthorId)
        select new AskingRow
        {
            Kind = (int)WorkKind.FinishDraft,
            PlanId = d.PlanId,
            Of = d.AuthorId,
            Id = d.Id,
            ReviewId = d.ReviewId,
            SubjectId = d.Id,
            Due = r.ClosesOn,
            BySystem = false,
        };

    /// <summary>A voice reads its own words whatever their audience. What somebody else put down came in by proxy: so the index knows it.</summary>
    private IQueryable<AskingRow> WordsToConfirm() =>
        from c in database.Contributions
        where EF.Parameter(mine).Contains(c.VoiceId) && c.Mode == Mode.ByProxy && c.ConfirmedAt == null && c.WithdrawnAt == null
            && (c.ProxyId != null || c.AssertedById != null)
        select new AskingRow
        {
            Kind = (int)WorkKind.ConfirmWords,
            PlanId = c.PlanId,
            Of = c.VoiceId,
            Id = c.Id,
            ReviewId = c.ReviewId,
            SubjectId = c.Id,
            Due = null,
            BySystem = c.AssertedById != null,
        };

    private IQueryable<AskingRow> Restrictions() =>
        from r in database.Restrictions
        where EF.Parameter(plans).Contains(r.PlanId) && r.LiftedAt == null && r.ReviewOn <= today
            && (EF.Parameter(mine).Contains(r.SetById) || EF.Parameter(led).Contains(r.PlanId))
        select new AskingRow
        {
            Kind = (int)WorkKind.LookAtRestriction,
            PlanId = r.PlanId,
            Of = r.SetById,
            Id = r.Id,
            ReviewId = null,
            SubjectId = r.Id,
            Due = r.ReviewOn,
            BySystem = false,
        };

    private IQueryable<AskingRow> EmergencyAccesses() =>
        from e in database.EmergencyAccesses
        where EF.Parameter(led).Contains(e.PlanId) && e.ReviewedAt == null
        select new AskingRow
        {
            Kind = (int)WorkKind.LookAtEmergencyAccess,
            PlanId = e.PlanId,
            Of = null,
            Id = e.Id,
            ReviewId = null,
            SubjectId = e.Id,
            Due = e.ReviewDue,
            BySystem = false,
        };

    /// <summary>Dissents ask their author; targets and actions ask whoever coordinates, or holds the action.</summary>
    private IQueryable<AskingRow> Dissents() =>
        from r in database.Reviews
        join c in database.CarriedForward on r.Id equals c.ReviewId
        join response in database.DecisionResponses on c.SubjectId equals response.Id
        where EF.Parameter(plans).Contains(r.PlanId) && r.SignedAt == null && c.StillTrue == null
            && c.Kind == CarriedKind.Dissent && EF.Parameter(mine).Contains(response.ById)
        select new AskingRow
        {
            Kind = (int)WorkKind.SayWhetherStillTrue,
            PlanId = r.PlanId,
            Of = response.ById,
            Id = c.Id,
            ReviewId = r.Id,
            SubjectId = c.SubjectId,
            Due = r.ClosesOn,
            BySystem = false,
        };

    private IQueryable<AskingRow> Actions() =>
        from r in database.Reviews
        join c in database.CarriedForward on r.Id equals c.ReviewId
        join held in database.ActionHolders on c.SubjectId equals held.ActionId
        where EF.Parameter(plans).Contains(r.PlanId) && r.SignedAt == null && c.StillTrue == null
            && c.Kind == CarriedKind.Action && EF.Parameter(mine).Contains(held.ParticipantId) && held.Until == null
        select new AskingRow
        {
            Kind = (int)WorkKind.SayWhetherStillTrue,
            PlanId = r.PlanId,
            Of = held.ParticipantId,
            Id = c.Id,
            ReviewId = r.Id,
            SubjectId = c.SubjectId,
            Due = r.ClosesOn,
            BySystem = false,
        };

    private IQueryable<AskingRow> Targets() =>
        from r in database.Reviews
        join c in database.CarriedForward on r.Id equals c.ReviewId
        where EF.Parameter(coordinated).Contains(r.PlanId) && r.SignedAt == null && c.StillTrue == null && c.Kind == CarriedKind.Target
        select new AskingRow
        {
            Kind = (int)WorkKind.SayWhetherStillTrue,
            PlanId = r.PlanId,
            Of = null,
            Id = c.Id,
            ReviewId = r.Id,
            SubjectId = c.SubjectId,
            Due = r.ClosesOn,
            BySystem = false,
        };
}

/// <summary>An action that is held, that nobody holds any longer, or that is offered.</summary>
internal sealed class AskingActionRow
{
    public required Guid PlanId { get; init; }

    /// <summary>Who holds it or is offered it; null when nobody holds it any longer.</summary>
    public required Guid? Of { get; init; }

    /// <summary>Who offers it; null when it is not offered.</summary>
    public required Guid? From { get; init; }

    /// <summary>The action's, or the offer's.</summary>
    public required Guid Id { get; init; }

    public required Guid ActionId { get; init; }

    public required string What { get; init; }

    public required DateOnly? Due { get; init; }

    /// <summary>When it was offered, or agreed. Never null: beside a null, a union would forget how instants are stored.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>The actions that wait for a person in their plans, in one query.</summary>
internal sealed class AskingActions(IPlanningDatabase database, IReadOnlyList<Place> places, DateTimeOffset now)
{
    private readonly List<Guid> mine = [.. places.Select(p => p.Me)];
    private readonly List<Guid> led = [.. places.Where(p => p.Viewer.IsLead).Select(p => p.Plan).Distinct()];

    public IQueryable<AskingActionRow> All() => Held().Concat(HeldByNobody()).Concat(OfferedTo()).Concat(OfferedBy());

    private IQueryable<AskingActionRow> Held() =>
        from h in database.ActionHolders
        join a in database.Actions on h.ActionId equals a.Id
        where EF.Parameter(mine).Contains(h.ParticipantId) && h.Until == null && a.State == ActionState.Open
        select new AskingActionRow
        {
            PlanId = a.PlanId,
            Of = h.ParticipantId,
            From = null,
            Id = a.Id,
            ActionId = a.Id,
            What = a.What,
            Due = a.Due,
            At = a.AgreedAt,
        };

    private IQueryable<AskingActionRow> HeldByNobody() =>
        from a in database.Actions
        where EF.Parameter(led).Contains(a.PlanId) && a.State == ActionState.Open
            && !database.ActionHolders.Any(h => h.ActionId == a.Id && h.Until == null
                && database.Participants.Any(p => p.Id == h.ParticipantId && p.From <= now && (p.Until == null || now < p.Until)))
        select new AskingActionRow
        {
            PlanId = a.PlanId,
            Of = null,
            From = null,
            Id = a.Id,
            ActionId = a.Id,
            What = a.What,
            Due = a.Due,
            At = a.AgreedAt,
        };

    private IQueryable<AskingActionRow> OfferedTo() =>
        from h in database.Handovers
        join a in database.Actions on h.ActionId equals a.Id
        where EF.Parameter(mine).Contains(h.To) && h.AcceptedAt == null && h.HandedBackAt == null
        select new AskingActionRow
        {
            PlanId = h.PlanId,
            Of = h.To,
            From = h.From,
            Id = h.Id,
            ActionId = a.Id,
            What = a.What,
            Due = null,
            At = h.OfferedAt,
        };

    private IQueryable<AskingActionRow> OfferedBy() =>
        from h in database.Handovers
        join a in database.Actions on h.ActionId equals a.Id
        where EF.Parameter(mine).Contains(h.From) && h.AcceptedAt == null && h.HandedBackAt == null
        select new AskingActionRow
        {
            PlanId = h.PlanId,
            Of = h.To,
            From = h.From,
            Id = h.Id,
            ActionId = a.Id,
            What = a.What,
            Due = null,
            At = h.OfferedAt,
        };
}
