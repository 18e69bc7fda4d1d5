using CasePlanning.Application.Pipeline;
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
internal static class Asking
{
    private static readonly Compiled<Func<DbContext, List<Guid>, List<Guid>, List<Guid>, List<Guid>, DateOnly, IAsyncEnumerable<AskingRow>>> All = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> mine, List<Guid> plans, List<Guid> led, List<Guid> coordinated, DateOnly today) =>
            (
                from q in context.Set<Question>()
                where mine.Contains(q.AnswerById) && q.AnsweredAt == null
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
                })
            .Concat(
                from d in context.Set<Draft>()
                join r in context.Set<Review>() on d.ReviewId equals r.Id
                where mine.Contains(d.AuthorId)
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
                })
            // A voice reads its own words whatever their audience. What somebody else put down came in by proxy: so the index knows it.
            .Concat(
                from c in context.Set<Contribution>()
                where mine.Contains(c.VoiceId) && c.Mode == Mode.ByProxy && c.ConfirmedAt == null && c.WithdrawnAt == null
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
                })
            .Concat(
                from r in context.Set<Restriction>()
                where plans.Contains(r.PlanId) && r.LiftedAt == null && r.ReviewOn <= today
                    && (mine.Contains(r.SetById) || led.Contains(r.PlanId))
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
                })
            .Concat(
                from e in context.Set<EmergencyAccess>()
                where led.Contains(e.PlanId) && e.ReviewedAt == null
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
                })
            // Dissents ask their author; targets and actions ask whoever coordinates, or holds the action.
            .Concat(
                from r in context.Set<Review>()
                join c in context.Set<CarriedForward>() on r.Id equals c.ReviewId
                join response in context.Set<DecisionResponse>() on c.SubjectId equals response.Id
                where plans.Contains(r.PlanId) && r.SignedAt == null && c.StillTrue == null
                    && c.Kind == CarriedKind.Dissent && mine.Contains(response.ById)
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
                })
            .Concat(
                from r in context.Set<Review>()
                join c in context.Set<CarriedForward>() on r.Id equals c.ReviewId
                join held in context.Set<ActionHolder>() on c.SubjectId equals held.ActionId
                where plans.Contains(r.PlanId) && r.SignedAt == null && c.StillTrue == null
                    && c.Kind == CarriedKind.Action && mine.Contains(held.ParticipantId) && held.Until == null
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
                })
            .Concat(
                from r in context.Set<Review>()
                join c in context.Set<CarriedForward>() on r.Id equals c.ReviewId
                where coordinated.Contains(r.PlanId) && r.SignedAt == null && c.StillTrue == null && c.Kind == CarriedKind.Target
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
                })));

    public static IAsyncEnumerable<AskingRow> Of(IPlanningDatabase database, IReadOnlyList<Place> places) => All.For(database, out var context)(
        context, [.. places.Select(p => p.Me)], [.. places.Select(p => p.Plan).Distinct()],
        [.. places.Where(p => p.Viewer.IsLead).Select(p => p.Plan).Distinct()],
        [.. places.Where(p => p.Viewer.May(Permission.Coordinate)).Select(p => p.Plan).Distinct()],
        places.Max(p => p.Today));
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
internal static class AskingActions
{
    private static readonly Compiled<Func<DbContext, List<Guid>, List<Guid>, DateTimeOffset, IAsyncEnumerable<AskingActionRow>>> All = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> mine, List<Guid> led, DateTimeOffset now) =>
            (
                from h in context.Set<ActionHolder>()
                join a in context.Set<PlanAction>() on h.ActionId equals a.Id
                where mine.Contains(h.ParticipantId) && h.Until == null && a.State == ActionState.Open
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
                })
            .Concat(
                from a in context.Set<PlanAction>()
                where led.Contains(a.PlanId) && a.State == ActionState.Open
                    && !context.Set<ActionHolder>().Any(h => h.ActionId == a.Id && h.Until == null
                        && context.Set<Participant>().Any(p => p.Id == h.ParticipantId && p.From <= now && (p.Until == null || now < p.Until)))
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
                })
            .Concat(
                from h in context.Set<Handover>()
                join a in context.Set<PlanAction>() on h.ActionId equals a.Id
                where mine.Contains(h.To) && h.AcceptedAt == null && h.HandedBackAt == null
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
                })
            .Concat(
                from h in context.Set<Handover>()
                join a in context.Set<PlanAction>() on h.ActionId equals a.Id
                where mine.Contains(h.From) && h.AcceptedAt == null && h.HandedBackAt == null
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
                })));

    public static IAsyncEnumerable<AskingActionRow> Of(IPlanningDatabase database, IReadOnlyList<Place> places, DateTimeOffset now) => All.For(database, out var context)(
        context, [.. places.Select(p => p.Me)], [.. places.Where(p => p.Viewer.IsLead).Select(p => p.Plan).Distinct()], now);
}
