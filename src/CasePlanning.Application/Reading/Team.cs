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
public sealed class Team
{
    private readonly Dictionary<Guid, Member> members;

    private Team(Dictionary<Guid, Member> members) => this.members = members;

    public IEnumerable<Member> Members => members.Values.InOrder(m => new Placed(m.Who.Role, m.Who.Name, m.Who.ParticipantId));

    public Who this[Guid participantId] => members[participantId].Who;

    public Who? Find(Guid? participantId) => participantId is { } id ? members[id].Who : null;

    public Member Member(Guid participantId) => members[participantId];

    public bool Has(Guid participantId) => members.ContainsKey(participantId);

    public static async Task<Team> Load(IPlanningDatabase database, Viewer viewer, CancellationToken cancellation)
    {
        var plan = viewer.PlanId;
        return Of(viewer, await Rows(database, database.Participants.Where(p => p.PlanId == plan), cancellation));
    }

    /// <summary>The teams of several plans, each by the names that its own viewer may see, by the viewer's participation.</summary>
    public static async Task<Dictionary<Guid, Team>> LoadEach(
        IPlanningDatabase database, IReadOnlyCollection<Viewer> viewers, CancellationToken cancellation)
    {
        var plans = viewers.Select(v => v.PlanId).Distinct().ToList();
        if (plans.Count == 0)
            return [];
        var rows = (await Rows(database, database.Participants.Where(p => EF.Parameter(plans).Contains(p.PlanId)), cancellation))
            .ToLookup(r => r.Participant.PlanId);
        return viewers.ToDictionary(v => v.ParticipantId, v => Of(v, [.. rows[v.PlanId]]));
    }

    /// <summary>The child is called by the name they choose, everywhere.</summary>
    private static Task<List<Row>> Rows(IPlanningDatabase database, IQueryable<Participant> participants, CancellationToken cancellation) => (
        from participant in participants
        join plan in database.Plans on participant.PlanId equals plan.Id
        join person in database.Persons on participant.PersonId equals person.Id
        join agency in database.Agencies on participant.AgencyId equals (Guid?)agency.Id into agencies
        from agency in agencies.DefaultIfEmpty()
        select new Row(
            participant, participant.Role == Role.Child ? plan.Child.KnownAs ?? plan.Child.GivenName : person.Name, agency == null ? null : agency.Name))
        .AsNoTracking()
        .ToListAsync(cancellation);

    /// <param name="rows">All of the viewer's plan: a name that is hidden is told apart from the others by its place among them.</param>
    private static Team Of(Viewer viewer, List<Row> rows)
    {
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

    private sealed record Row(Participant Participant, string Name, string? Agency);
}

/// <summary>A participant with the name the viewer may see.</summary>
/// <param name="IsKnown">The viewer may know who it is: the name, the agency, and how to reach them.</param>
public sealed record Member(Participant Participant, Who Who, bool IsKnown);
