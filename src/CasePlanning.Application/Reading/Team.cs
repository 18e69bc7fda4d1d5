using System.Linq.Expressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.KnowWho;
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
    /// <summary>The child is called by the name they choose, everywhere.</summary>
    private static readonly Expression<Func<Named, Agency?, Row>> Known = (named, agency) => new Row(
        named.Participant,
        named.Participant.Role == Role.Child ? named.Plan.Child.KnownAs ?? named.Plan.Child.GivenName : named.Person.Name,
        agency == null ? null : agency.Name);

    private static readonly Compiled<Func<DbContext, Guid, IAsyncEnumerable<Row>>> OfPlan = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid planId) =>
            context.Set<Participant>().Where(p => p.PlanId == planId)
                .Join(context.Set<Plan>(), p => p.PlanId, plan => plan.Id, (p, plan) => new { Participant = p, Plan = plan })
                .Join(context.Set<Person>(), p => p.Participant.PersonId, person => person.Id, (p, person) => new Named { Participant = p.Participant, Plan = p.Plan, Person = person })
                .LeftJoin(context.Set<Agency>(), n => n.Participant.AgencyId, agency => (Guid?)agency.Id, Known)
                .AsNoTracking()));

    private readonly Dictionary<Guid, Member> members;

    private Team(Dictionary<Guid, Member> members) => this.members = members;

    public IEnumerable<Member> Members => members.Values.InOrder(m => new Placed(m.Who.Role, m.Who.Name, m.Who.ParticipantId));

    public Who this[Guid participantId] => members[participantId].Who;

    public Who? Find(Guid? participantId) => participantId is { } id ? members[id].Who : null;

    public Member Member(Guid participantId) => members[participantId];

    public bool Has(Guid participantId) => members.ContainsKey(participantId);

    public static async Task<Team> Load(IPlanningDatabase database, Viewer viewer, CancellationToken cancellation)
    {
        var rows = await database.Facts.Of(
            new AskedOfPlan(viewer.PlanId), (List<Row> _) => true, async () => await OfPlan.For(database, out var context)(context, viewer.PlanId).ToListAsync(cancellation));
        return Of(viewer, rows!);
    }

    /// <summary>The teams of several plans, each by the names that its own viewer may see, by the viewer's participation.</summary>
    public static async Task<Dictionary<Guid, Team>> LoadEach(
        IPlanningDatabase database, IReadOnlyCollection<Viewer> viewers, CancellationToken cancellation)
    {
        var plans = viewers.Select(v => v.PlanId).Distinct().ToList();
        if (plans.Count == 0)
            return [];
        var rows = (await database.Participants.Where(p => EF.Parameter(plans).Contains(p.PlanId))
                .Join(database.Plans, p => p.PlanId, plan => plan.Id, (p, plan) => new { Participant = p, Plan = plan })
                .Join(database.Persons, p => p.Participant.PersonId, person => person.Id, (p, person) => new Named { Participant = p.Participant, Plan = p.Plan, Person = person })
                .LeftJoin(database.Agencies, n => n.Participant.AgencyId, agency => (Guid?)agency.Id, Known)
                .AsNoTracking().ToListAsync(cancellation))
            .ToLookup(r => r.Participant.PlanId);
        return viewers.ToDictionary(v => v.ParticipantId, v => Of(v, [.. rows[v.PlanId]]));
    }

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

    /// <summary>With whatever a name may be of.</summary>
    private sealed class Named
    {
        public required Participant Participant { get; init; }

        public required Plan Plan { get; init; }

        public required Person Person { get; init; }
    }

    private sealed record Row(Participant Participant, string Name, string? Agency);

    private readonly record struct AskedOfPlan(Guid PlanId);
}

/// <summary>A participant with the name the viewer may see.</summary>
/// <param name="IsKnown">The viewer may know who it is: the name, the agency, and how to reach them.</param>
public sealed record Member(Participant Participant, Who Who, bool IsKnown);
