using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>A participant as the reader is shown them.</summary>
public sealed record Who(Guid ParticipantId, string Name, Role Role, string? Agency);

/// <summary>
/// Everybody who takes or took part in a plan, by the names this viewer may see. Every name that leaves the application comes
/// from here.
/// </summary>
public sealed partial class Team
{
    private readonly Dictionary<Guid, Member> members;

    private Team(Dictionary<Guid, Member> members) => this.members = members;

    public IEnumerable<Member> Members => members.Values.InOrder(m => new Placed(m.Who.Role, m.Who.Name, m.Who.ParticipantId));

    public Who this[Guid participantId] => members[participantId].Who;

    public Who? Find(Guid? participantId) => participantId is { } id ? members[id].Who : null;

    public Member Member(Guid participantId) => members[participantId];

    public bool Has(Guid participantId) => members.ContainsKey(participantId);

    public static Task<Team> Load(IPlanningDatabase database, Viewer viewer, CancellationToken cancellation) =>
        Load(database, viewer, database.Participants, cancellation);

    /// <summary>No more of it than these.</summary>
    public static Task<Team> Load(IPlanningDatabase database, Viewer viewer, IReadOnlyCollection<Guid> participants, CancellationToken cancellation) =>
        Load(database, viewer, database.Participants.Where(p => participants.Contains(p.Id)), cancellation);

    private static async Task<Team> Load(
        IPlanningDatabase database, Viewer viewer, IQueryable<Participant> participants, CancellationToken cancellation)
    {
        var rows = await (
            from participant in participants
            join plan in database.Plans on participant.PlanId equals plan.Id
            join person in database.Persons on participant.PersonId equals person.Id
            join agency in database.Agencies on participant.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            where participant.PlanId == viewer.PlanId
            select new
            {
                Participant = participant,
                // The child is called by the name they choose, everywhere.
                Name = participant.Role == Role.Child ? plan.Child.KnownAs ?? plan.Child.GivenName : person.Name,
                Agency = agency == null ? null : agency.Name,
            })
            .AsNoTracking()
            .ToListAsync(cancellation);
        var unknown = rows.Select(r => r.Participant)
            .Where(p => !viewer.SeesIdentityOf(p.Id, p.Role, p.NameReleasedToParents))
            .GroupBy(p => p.Role).ToDictionary(g => g.Key, g => g.Select(p => p.Id).Order().ToList());
        return new Team(rows.ToDictionary(r => r.Participant.Id, r =>
        {
            var (id, role) = (r.Participant.Id, r.Participant.Role);
            var place = unknown.TryGetValue(role, out var others) ? others.IndexOf(id) : -1;
            var who = place < 0 ? new Who(id, r.Name, role, r.Agency) : new Who(id, StandIn(role, place, others!.Count), role, Agency: null);
            return new Member(r.Participant, who, IsKnown: place < 0);
        }));
    }

    /// <summary>
    /// What stands for a name that is hidden: the role, and where several of that role are hidden from this viewer, a number by which
    /// to tell them apart. It follows the order in which they came to the plan, in which they are listed anyhow, and counts nobody who
    /// is not in that list: so it tells nothing, and stays as it is when others come or go.
    /// </summary>
    private static string StandIn(Role role, int place, int count) => count == 1 ? RoleWords.Of(role) : $"{RoleWords.Of(role)} {place + 1}";
}

/// <summary>A participant with the name the viewer may see.</summary>
/// <param name="IsKnown">The viewer may know who it is: the name, the agency, and how to reach them.</param>
public sealed record Member(Participant Participant, Who Who, bool IsKnown);
