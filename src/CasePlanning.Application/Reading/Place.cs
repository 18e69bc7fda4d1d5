using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>One of a person's current participations, and what is needed to say what its plan asks of them.</summary>
internal sealed record Place(Viewer Viewer, PlanKind Kind, string ChildName, PlanningClock Clock, DateOnly Today, bool HasFocus)
{
    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<Row>>> Rows = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> ids) =>
            from participant in context.Set<Participant>()
            join plan in context.Set<Domain.Plans.Plan>() on participant.PlanId equals plan.Id
            where ids.Contains(participant.Id)
            select new Row(participant.Id, plan.Kind, plan.Child.KnownAs ?? plan.Child.GivenName, plan.Authority, participant.Focus != null)));

    public Guid Me => Viewer.ParticipantId;

    public Guid Plan => Viewer.PlanId;

    public static async Task<List<Place>> Of(
        IPlanningDatabase database, IReadOnlyCollection<Viewer> viewers, IClocks clocks, DateTimeOffset now, CancellationToken cancellation)
    {
        var rows = await Rows.For(database, out var context)(context, [.. viewers.Select(v => v.ParticipantId)]).ToDictionaryAsync(r => r.Id, cancellationToken: cancellation);
        return
        [
            .. viewers.Select(v => (Viewer: v, Row: rows[v.ParticipantId], Clock: clocks.Of(rows[v.ParticipantId].Authority)))
                .Select(p => new Place(p.Viewer, p.Row.Kind, p.Row.Name, p.Clock, p.Clock.DayOf(now), p.Row.HasFocus)),
        ];
    }

    public Asked Item(Guid id, WorkKind kind, Guid? reviewId, Guid subjectId, DateOnly? due, string why, string? about = null) =>
        new(Me, new WorkItem(id, kind, Plan, ChildName, reviewId, subjectId, due, due < Today, why, about));

    public DateOnly SignOffDue(Review review) =>
        Clock.Due(review.ClosedAt is { } closed ? Clock.DayOf(closed) : review.ClosesOn, Clock.Rules.SignOff);

    private sealed record Row(Guid Id, PlanKind Kind, string Name, string Authority, bool HasFocus);
}

/// <summary>One thing that is asked, and the participation of whom it is asked.</summary>
internal readonly record struct Asked(Guid Of, WorkItem Item);
