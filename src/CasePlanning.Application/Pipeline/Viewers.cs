using System.Linq.Expressions;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// Makes viewers of participations, each with what is hidden from it. Nobody looks at a plan as a participant, and no client for
/// its agency, but through here.
/// </summary>
public static class Viewers
{
    private static readonly Expression<Func<Seat, Plan, Row>> Looking = (seat, plan) => new Row(
        new Viewer(
            plan.Id, seat.Participant.Id, seat.Participant.PersonId, seat.Participant.Role, seat.Participant.AgencyId,
            plan.LeadParticipantId == seat.Participant.Id)
        {
            PlanIsClosed = plan.AdoptedAt != null,
            // Nobody takes back the child's own voice for them.
            RestsOnConsent = plan.Kind == PlanKind.EarlyHelp && seat.Participant.Role != Role.Child
                && (seat.Participant.Basis == null || seat.Participant.Basis == LawfulBasis.Consent),
        },
        seat.Restriction, seat.Participant.From, seat.Participant.Until);

    /// <summary>Those who take part in a plan, did or will, and are this person, or work for this agency; whichever is not asked for is empty.</summary>
    private static readonly Compiled<Func<DbContext, Guid, Guid, Guid, IAsyncEnumerable<Row>>> InPlan = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid plan, Guid person, Guid agency) =>
            context.Set<Participant>()
                .Where(p => p.PersonId == person || p.AgencyId == agency)
                .Where(p => p.PlanId == plan)
                .OrderBy(p => p.From).ThenBy(p => p.Id)
                .LeftJoin(context.Set<Restriction>().Where(r => r.LiftedAt == null), p => p.Id, r => r.FromId, (p, r) => new Seat { Participant = p, Restriction = r })
                .Join(context.Set<Plan>(), s => s.Participant.PlanId, p => p.Id, Looking)
                .AsNoTracking()));

    /// <summary>All in which somebody takes part, or will.</summary>
    private static readonly Compiled<Func<DbContext, Guid, DateTimeOffset, IAsyncEnumerable<Row>>> OfOnePerson = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid person, DateTimeOffset now) =>
            context.Set<Participant>()
                .Where(p => p.PersonId == person && (p.Until == null || now < p.Until))
                .OrderBy(p => p.From).ThenBy(p => p.Id)
                .LeftJoin(context.Set<Restriction>().Where(r => r.LiftedAt == null), p => p.Id, r => r.FromId, (p, r) => new Seat { Participant = p, Restriction = r })
                .Join(context.Set<Plan>(), s => s.Participant.PlanId, p => p.Id, Looking)
                .AsNoTracking()));

    /// <summary>
    /// As whom the caller looks at one plan now; nobody when the caller takes no part in it. For a person by their earliest
    /// participation, for a client as <see cref="OfCaller"/> says.
    /// </summary>
    public static async Task<Viewer?> OfCallerIn(
        IPlanningDatabase database, CurrentCall call, Guid planId, DateTimeOffset now, CancellationToken cancellation)
    {
        var asked = new AskedOfPlan(planId, call.Caller.PersonId ?? Guid.Empty, call.Client?.AgencyId ?? Guid.Empty);
        var found = await database.Facts.Of(asked, (Found _) => true, async () => new Found(
            await InPlan.For(database, out var context)(context, asked.PlanId, asked.PersonId, asked.AgencyId).ToListAsync(cancellation), now));
        var viewers = Hiding(found!.At(now));
        return call.Client is { } client ? ForClient(client, viewers).SingleOrDefault() : viewers.FirstOrDefault();
    }

    /// <summary>As whom a person looks at all plans in which they take part now: one viewer for each participation.</summary>
    public static async Task<List<Viewer>> OfPerson(IPlanningDatabase database, Guid person, DateTimeOffset now, CancellationToken cancellation)
    {
        var found = await database.Facts.Of(new AskedOfPerson(person), (Found rows) => rows.AsOf <= now, async () => new Found(
            await OfOnePerson.For(database, out var context)(context, person, now).ToListAsync(cancellation), now));
        return Hiding(found!.At(now));
    }

    /// <summary>
    /// As whom the caller looks at plans now: for a person one viewer for each participation, for a client one for each plan in
    /// which somebody of its agency takes part who may read it. A plan that is closed is kept by people, and no longer for systems.
    /// </summary>
    /// <param name="among">The participations to look among: those of one plan, or all.</param>
    public static async Task<List<Viewer>> OfCaller(
        IPlanningDatabase database, CurrentCall call, IQueryable<Participant> among, DateTimeOffset now, CancellationToken cancellation)
    {
        var current = among.Where(p => p.From <= now && (p.Until == null || now < p.Until));
        if (call.Client is { } client)
        {
            return [.. ForClient(client, await Load(database, current.Where(p => p.AgencyId == client.AgencyId), cancellation))];
        }

        return call.Caller.PersonId is { } person ? await Load(database, current.Where(p => p.PersonId == person), cancellation) : [];
    }

    /// <summary>
    /// The viewer, or as whom they look: whoever may hide something sees what is left, also for somebody who is to begin, and
    /// nothing for somebody who has left.
    /// </summary>
    public static async Task<Viewer> LookingAs(
        IPlanningDatabase database, Viewer viewer, Guid? participantId, DateTimeOffset now, CancellationToken cancellation)
    {
        if (participantId is not { } other)
            return viewer;
        if (!viewer.MayRestrict)
            throw new NotAllowed("The lead professional and the social worker can see the plan as somebody else does.");
        var plan = viewer.PlanId;
        var sought = database.Participants.Where(p => p.Id == other && p.PlanId == plan && (p.Until == null || now < p.Until));
        return await Load(database, sought, cancellation) is [var found] && found.May(Permission.Read) ? found : throw new NotVisible();
    }

    /// <summary>One viewer for each participation, the earliest first.</summary>
    public static async Task<List<Viewer>> Load(IPlanningDatabase database, IQueryable<Participant> participants, CancellationToken cancellation)
    {
        var rows = await participants.OrderBy(p => p.From).ThenBy(p => p.Id)
            .LeftJoin(database.Restrictions.Where(r => r.LiftedAt == null), p => p.Id, r => r.FromId, (p, r) => new Seat { Participant = p, Restriction = r })
            .Join(database.Plans, s => s.Participant.PlanId, p => p.Id, Looking)
            .AsNoTracking().ToListAsync(cancellation);
        return Hiding(rows);
    }

    /// <summary>Their rows follow each other: one for each thing that is hidden from them, or a single one.</summary>
    private static List<Viewer> Hiding(List<Row> rows)
    {
        var viewers = new List<Viewer>(rows.Count);
        for (var (first, next) = (0, 0); first < rows.Count; first = next)
        {
            var viewer = rows[first].Viewer;
            while (next < rows.Count && rows[next].Viewer.ParticipantId == viewer.ParticipantId)
                next++;
            viewers.Add(rows[first].Restriction is null ? viewer : viewer with { Hidden = Hidden.By(rows[first..next].Select(r => r.Restriction!)) });
        }

        return viewers;
    }

    private static IEnumerable<Viewer> ForClient(Client client, List<Viewer> colleagues) =>
        colleagues.Where(v => v.May(Permission.Read) && !v.PlanIsClosed).GroupBy(v => v.PlanId).Select(plan => Viewer.Integrator(
            plan.Key, client.AgencyId, client.Id, Hidden.Together(colleagues.Where(v => v.PlanId == plan.Key).Select(v => v.Hidden))));

    /// <summary>A participation with one thing that is hidden from it; nothing where nothing is.</summary>
    private sealed class Seat
    {
        public required Participant Participant { get; init; }

        public Restriction? Restriction { get; init; }
    }

    private sealed record Row(Viewer Viewer, Restriction? Restriction, DateTimeOffset From, DateTimeOffset? Until);

    private readonly record struct AskedOfPlan(Guid PlanId, Guid PersonId, Guid AgencyId);

    private readonly record struct AskedOfPerson(Guid PersonId);

    /// <summary>Participations, as they were found at an instant.</summary>
    private sealed record Found(List<Row> Rows, DateTimeOffset AsOf)
    {
        public List<Row> At(DateTimeOffset now) => Rows.FindAll(r => r.From <= now && (r.Until is null || now < r.Until));
    }
}
