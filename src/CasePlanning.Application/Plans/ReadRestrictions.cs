using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The restrictions of a plan: all of them for whoever may set them, for everybody else those they set themselves.</summary>
public sealed record ListRestrictions(Guid PlanId, PageOf Page) : IQuery<Page<RestrictionView>>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One restriction, with who had opened what it hides before it was set.</summary>
public sealed record ReadRestriction(Guid PlanId, Guid RestrictionId) : IQuery<RestrictionView>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>What is hidden from whom, by whom, why and until it is looked at again.</summary>
/// <param name="OpenedBefore">Who had opened what it hides before it was set; absent in lists.</param>
public sealed record RestrictionView(
    Guid Id, Guid PlanId, RestrictionKind Kind, Who From, Who? Subject, Guid? ContributionId, string Reason, DateOnly ReviewOn, Who SetBy,
    DateTimeOffset SetAt, Who? LiftedBy, DateTimeOffset? LiftedAt, IReadOnlyList<OpenedView>? OpenedBefore, int Version) : IVersionedView;

/// <summary>Somebody opened it, or a system of theirs did.</summary>
/// <param name="Who">Absent for a system, and for somebody from outside.</param>
/// <param name="Outsider">Somebody who opened it in an emergency.</param>
/// <param name="Client">The system that opened it.</param>
/// <param name="Agency">The agency of that system, or of whoever came from outside.</param>
public sealed record OpenedView(Who? Who, string? Outsider, string? Client, string? Agency, DateTimeOffset FirstAt, int Times);

public sealed class ReadRestrictionsHandler(IPlanningDatabase database, CurrentCall call)
    : IRequestHandler<ListRestrictions, Page<RestrictionView>>, IRequestHandler<ReadRestriction, RestrictionView>
{
    private static readonly string[] ShowTheViews = ["ReadWholePlan", "ReadWholeReview", "ReadReading", "ReadViews", "ReadHistory"];

    private static readonly string[] ShowTheTeam = [.. ShowTheViews, "ReadPlan", "ListParticipants", "ReadParticipant", "ListVoices", "ReadReview"];

    public async Task<Page<RestrictionView>> Handle(ListRestrictions request, CancellationToken cancellationToken)
    {
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        var restrictions = await database.Restrictions.AsNoTracking().KnownTo(call.Viewer).ToListAsync(cancellationToken);
        return restrictions.OrderByDescending(r => r.SetAt).ThenBy(r => r.Id).Select(r => View(r, team, opened: null)).Cut(r => r.Id, request.Page);
    }

    public async Task<RestrictionView> Handle(ReadRestriction request, CancellationToken cancellationToken)
    {
        var restriction = await database.Restrictions.AsNoTracking().KnownTo(call.Viewer)
            .SingleOrDefaultAsync(r => r.Id == request.RestrictionId, cancellationToken) ?? throw new NotVisible();
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        return View(restriction, team, await OpenedBefore(restriction, team, cancellationToken));
    }

    private static RestrictionView View(Restriction r, Team team, IReadOnlyList<OpenedView>? opened) => new(
        r.Id, r.PlanId, r.Kind, team[r.FromId], team.Find(r.SubjectId), r.ContributionId, r.Reason, r.ReviewOn, team[r.SetById], r.SetAt,
        team.Find(r.LiftedById), r.LiftedAt, opened, r.Version);

    /// <summary>
    /// From the journal: of a view, everybody who read it while they could; of a name or the home, the one it is hidden from. And
    /// systems of an agency that could, or of theirs.
    /// </summary>
    private async Task<List<OpenedView>> OpenedBefore(Restriction restriction, Team team, CancellationToken cancellation)
    {
        var looks = database.Journal.AsNoTracking().Where(e =>
            e.PlanId == restriction.PlanId && e.Verdict != Verdict.Denied && !e.Writes && e.At < restriction.SetAt);
        List<Guid> people;
        List<Guid?> agencies;
        if (restriction.ContributionId is { } contribution)
        {
            people = await CouldRead(contribution, cancellation);
            agencies = await AgenciesThatCouldRead(contribution, team, cancellation);
            looks = looks.Where(e => ShowTheViews.Contains(e.Act) || e.PartId == contribution);
        }
        else
        {
            people = [team.Member(restriction.FromId).Participant.PersonId];
            agencies = team.Member(restriction.FromId).Participant.AgencyId is { } agency ? [agency] : [];
            looks = looks.Where(e => ShowTheTeam.Contains(e.Act) || (restriction.Kind == RestrictionKind.Home && e.Act == "ReadContribution"));
        }

        var since = await Since(restriction, team, cancellation);
        var found = await looks.Where(e => e.At >= since && e.PersonId != null && people.Contains(e.PersonId.Value))
            .GroupBy(e => e.PersonId!.Value).Select(g => new { Person = g.Key, First = g.Min(e => e.At), Times = g.Count() }).ToListAsync(cancellation);
        var whoIs = team.Members.ToLookup(m => m.Participant.PersonId, m => m.Who);
        var bySystems = await Systems(looks.Where(e => e.At >= since && e.PersonId == null && agencies.Contains(e.AgencyId)), cancellation);
        var fromOutside = restriction.ContributionId is { } view && call.Viewer.IsToldWhatIsWithheld && await OpensInEmergency(view, cancellation)
            ? await FromOutside(looks.Where(e => e.At >= since && e.Verdict == Verdict.Emergency && !people.Contains(e.PersonId!.Value)), cancellation)
            : [];
        return
        [
            .. found.Select(f => new OpenedView(whoIs[f.Person].First(), null, null, null, f.First, f.Times))
                .Concat(bySystems).Concat(fromOutside).OrderBy(o => o.FirstAt),
        ];
    }

    private async Task<List<OpenedView>> Systems(IQueryable<JournalEntry> looks, CancellationToken cancellation)
    {
        var found = await looks.GroupBy(e => e.ClientId).Select(g => new { g.Key, First = g.Min(e => e.At), Times = g.Count() }).ToListAsync(cancellation);
        if (found.Count == 0)
            return [];
        var ids = found.Select(f => f.Key).ToList();
        var systems = await (
            from client in database.Clients
            join agency in database.Agencies on client.AgencyId equals agency.Id
            where ids.Contains(client.ClientId)
            select new { client.ClientId, client.Name, Agency = agency.Name }).ToDictionaryAsync(c => c.ClientId, cancellation);
        return [.. found.Select(f => new OpenedView(null, null, systems[f.Key!].Name, systems[f.Key!].Agency, f.First, f.Times))];
    }

    private async Task<List<OpenedView>> FromOutside(IQueryable<JournalEntry> looks, CancellationToken cancellation)
    {
        var found = await looks.GroupBy(e => e.PersonId!.Value).Select(g => new { Person = g.Key, First = g.Min(e => e.At), Times = g.Count() }).ToListAsync(cancellation);
        var ids = found.Select(f => f.Person).ToList();
        var outsiders = await (
            from person in database.Persons
            join agency in database.Agencies on person.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            where ids.Contains(person.Id)
            select new { person.Id, person.Name, Agency = agency == null ? null : agency.Name }).ToDictionaryAsync(p => p.Id, cancellation);
        return [.. found.Select(f => new OpenedView(null, outsiders[f.Person].Name, null, outsiders[f.Person].Agency, f.First, f.Times))];
    }

    /// <summary>Whether whoever comes in by an emergency can read it.</summary>
    private async Task<bool> OpensInEmergency(Guid contribution, CancellationToken cancellation)
    {
        var viewer = Viewer.InEmergency(Guid.Empty, call.Viewer.PlanId, Guid.Empty, agencyId: null);
        return await database.Contributions.ContributionsVisibleTo(viewer).AnyAsync(c => c.Id == contribution, cancellation)
            || await database.Contributions.ContributionsSummarisedFor(viewer).AnyAsync(c => c.Id == contribution, cancellation);
    }

    private async Task<List<Guid?>> AgenciesThatCouldRead(Guid contribution, Team team, CancellationToken cancellation)
    {
        var agencies = new List<Guid?>();
        foreach (var agency in team.Members.Select(m => m.Participant.AgencyId).OfType<Guid>().Distinct())
        {
            var then = Viewer.Integrator(call.Viewer.PlanId, agency, clientId: Guid.Empty, Hidden.Nothing);
            if (await database.Contributions.ContributionsVisibleTo(then).AnyAsync(c => c.Id == contribution, cancellation)
                || await database.Contributions.ContributionsSummarisedFor(then).AnyAsync(c => c.Id == contribution, cancellation))
                agencies.Add(agency);
        }

        return agencies;
    }

    /// <summary>From when on it could be seen at all.</summary>
    private async Task<DateTimeOffset> Since(Restriction restriction, Team team, CancellationToken cancellation)
    {
        if (restriction.SubjectId is { } subject)
            return team.Member(subject).Participant.From;
        if (restriction.ContributionId is not { } contribution)
            return DateTimeOffset.MinValue;
        return await database.Contributions.ContributionsVisibleTo(call.Viewer).Where(c => c.Id == contribution)
            .Select(c => (DateTimeOffset?)c.FirstSignedAt).FirstOrDefaultAsync(cancellation) ?? DateTimeOffset.MinValue;
    }

    private async Task<List<Guid>> CouldRead(Guid contribution, CancellationToken cancellation)
    {
        var people = new List<Guid>();
        var plan = call.Viewer.PlanId;
        foreach (var viewer in await Viewers.Load(database, database.Participants.Where(p => p.PlanId == plan), cancellation))
        {
            // As it was before anything was hidden.
            var then = viewer with { Hidden = Hidden.Nothing };
            if (await database.Contributions.ContributionsVisibleTo(then).AnyAsync(c => c.Id == contribution, cancellation)
                || await database.Contributions.ContributionsSummarisedFor(then).AnyAsync(c => c.Id == contribution, cancellation))
                people.Add(viewer.PersonId);
        }

        return people;
    }
}
