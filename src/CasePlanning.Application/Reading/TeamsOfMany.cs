using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

public sealed partial class Team
{
    /// <summary>The teams of several plans, each by the names that its own viewer may see, by the viewer's participation.</summary>
    public static async Task<Dictionary<Guid, Team>> LoadEach(
        IPlanningDatabase database, IReadOnlyCollection<Viewer> viewers, CancellationToken cancellation)
    {
        var plans = viewers.Select(v => v.PlanId).Distinct().ToList();
        if (plans.Count == 0)
            return [];
        var rows = (await (
            from participant in database.Participants
            join plan in database.Plans on participant.PlanId equals plan.Id
            join person in database.Persons on participant.PersonId equals person.Id
            join agency in database.Agencies on participant.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            where EF.Parameter(plans).Contains(participant.PlanId)
            select new
            {
                Participant = participant,
                Name = participant.Role == Role.Child ? plan.Child.KnownAs ?? plan.Child.GivenName : person.Name,
                Agency = agency == null ? null : agency.Name,
            })
            .AsNoTracking()
            .ToListAsync(cancellation)).ToLookup(r => r.Participant.PlanId);
        return viewers.ToDictionary(v => v.ParticipantId, v => new Team(rows[v.PlanId].ToDictionary(r => r.Participant.Id, r =>
        {
            var isKnown = v.SeesIdentityOf(r.Participant.Id, r.Participant.Role, r.Participant.NameReleasedToParents);
            var who = isKnown
                ? new Who(r.Participant.Id, r.Name, r.Participant.Role, r.Agency)
                : new Who(r.Participant.Id, RoleWords.Of(r.Participant.Role), r.Participant.Role, Agency: null);
            return new Member(r.Participant, who, isKnown);
        })));
    }
}
