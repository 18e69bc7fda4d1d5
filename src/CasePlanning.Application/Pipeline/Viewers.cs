using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>Makes viewers of participations, each with what is hidden from it. Nobody looks at a plan as a participant but through here.</summary>
public static class Viewers
{
    /// <summary>One viewer for each participation, the earliest first.</summary>
    public static async Task<List<Viewer>> Load(IPlanningDatabase database, IQueryable<Participant> participants, CancellationToken cancellation)
    {
        var viewers = await (
            from participant in participants
            join plan in database.Plans on participant.PlanId equals plan.Id
            orderby participant.From, participant.Id
            select new Viewer(plan.Id, participant.Id, participant.PersonId, participant.Role, participant.AgencyId,
                plan.LeadParticipantId == participant.Id)
            {
                PlanIsClosed = plan.AdoptedAt != null,
                // Nobody takes back the child's own voice for them.
                RestsOnConsent = plan.Kind == PlanKind.EarlyHelp && participant.Role != Role.Child
                    && (participant.Basis == null || participant.Basis == LawfulBasis.Consent),
            })
            .ToListAsync(cancellation);
        if (viewers.Count == 0)
            return viewers;

        var ids = viewers.Select(v => v.ParticipantId).ToList();
        var restrictions = await database.Restrictions.AsNoTracking()
            .Where(r => ids.Contains(r.FromId) && r.LiftedAt == null).ToListAsync(cancellation);
        if (restrictions.Count == 0)
            return viewers;
        var of = restrictions.ToLookup(r => r.FromId);
        return [.. viewers.Select(v => v with { Hidden = Hidden.By(of[v.ParticipantId]) })];
    }
}
