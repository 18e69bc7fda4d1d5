using CasePlanning.Application.Ports;
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
            var colleagues = await Load(database, current.Where(p => p.AgencyId == client.AgencyId), cancellation);
            return
            [
                .. colleagues.Where(v => v.May(Permission.Read) && !v.PlanIsClosed).GroupBy(v => v.PlanId).Select(plan => Viewer.Integrator(
                    plan.Key, client.AgencyId, client.Id, Hidden.Together(colleagues.Where(v => v.PlanId == plan.Key).Select(v => v.Hidden)))),
            ];
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
        var found = await (
            from participant in participants
            join plan in database.Plans on participant.PlanId equals plan.Id
            orderby participant.From, participant.Id
            select new
            {
                Viewer = new Viewer(plan.Id, participant.Id, participant.PersonId, participant.Role, participant.AgencyId,
                    plan.LeadParticipantId == participant.Id)
                {
                    PlanIsClosed = plan.AdoptedAt != null,
                    // Nobody takes back the child's own voice for them.
                    RestsOnConsent = plan.Kind == PlanKind.EarlyHelp && participant.Role != Role.Child
                        && (participant.Basis == null || participant.Basis == LawfulBasis.Consent),
                },
                IsRestricted = database.Restrictions.Any(r => r.FromId == participant.Id && r.LiftedAt == null),
            })
            .ToListAsync(cancellation);
        var viewers = found.ConvertAll(f => f.Viewer);
        if (!found.Exists(f => f.IsRestricted))
            return viewers;

        var ids = found.Where(f => f.IsRestricted).Select(f => f.Viewer.ParticipantId).ToList();
        var restrictions = await database.Restrictions.AsNoTracking()
            .Where(r => ids.Contains(r.FromId) && r.LiftedAt == null).ToListAsync(cancellation);
        var of = restrictions.ToLookup(r => r.FromId);
        return [.. viewers.Select(v => v with { Hidden = Hidden.By(of[v.ParticipantId]) })];
    }
}
