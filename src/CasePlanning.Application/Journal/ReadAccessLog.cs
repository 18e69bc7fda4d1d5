using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Journal;

/// <summary>
/// Who looked at the plan and who wrote in it, as far as the caller may know: by the names they may see, and without what would
/// tell of views that they do not see.
/// </summary>
public sealed record ReadAccessLog(Guid PlanId, PageOf Page) : IQuery<Page<AccessLogEntry>>, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>One look or act.</summary>
/// <param name="Who">Who it was, or for whom a system did it; absent for somebody who does not take part, and for what a system read.</param>
/// <param name="Client">The system that did it, when one did.</param>
/// <param name="Agency">For a system, and for somebody who does not take part: their agency, where one is known.</param>
/// <param name="What">What they did, in words.</param>
/// <param name="Emergency">They got in by emergency access.</param>
/// <param name="Refused">They were turned away.</param>
public sealed record AccessLogEntry(
    Guid Id, DateTimeOffset At, Who? Who, string? Client, string? Agency, string What, bool Wrote, bool Emergency, bool Refused);

public sealed class ReadAccessLogHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ReadAccessLog, Page<AccessLogEntry>>
{
    private const int Stretch = 200;

    public async Task<Page<AccessLogEntry>> Handle(ReadAccessLog request, CancellationToken cancellationToken)
    {
        var viewer = call.Viewer;
        var team = await Team.Load(database, viewer, cancellationToken);
        var memberOf = team.Members.ToLookup(m => m.Participant.PersonId);
        // Of a view that they read only the summary of, when it was said and said again is hidden too.
        var seen = await database.Contributions.ContributionsVisibleTo(viewer).Select(c => c.Id).ToHashSetAsync(cancellationToken);
        var known = Acts.Names.ToList();
        var people = memberOf.Select(m => (Guid?)m.Key).ToList();

        // Who was refused, and who came in from outside, is for professionals: to a family it can tell where a child is being looked for.
        // A system of an agency whose people they know is not from outside.
        var isTold = viewer.IsToldWhatIsWithheld;
        var agencies = team.Members.Where(m => m.IsKnown).Select(m => m.Participant.AgencyId).Where(a => a is not null).Distinct().ToList();
        var entries = database.Journal.AsNoTracking().Where(e => e.PlanId == viewer.PlanId && known.Contains(e.Act)
            && (isTold || (e.Verdict == Verdict.Allowed
                && (people.Contains(e.PersonId) || (e.PersonId == null && agencies.Contains(e.AgencyId))))));

        // Read in stretches, because what is left out must leave no gap that could be counted.
        var items = new List<JournalEntry>();
        var after = Place.Parse(request.Page.After);
        while (items.Count <= request.Page.Limit)
        {
            var stretch = await Place.NewestAfter(entries, after).Take(Stretch).ToListAsync(cancellationToken);
            if (stretch.Count == 0)
                break;
            after = Place.Of(stretch[^1]);
            items.AddRange(stretch.Where(e => Acts.ContributionOf(e) is not { } contribution || seen.Contains(contribution)));
        }

        var page = items.Take(request.Page.Limit).ToList();
        var origins = await OriginsOf([.. page.Select(e => e.Id)], cancellationToken);
        // Whoever is not named must not be known by their agency either.
        var unnamed = team.Members.Where(m => !m.IsKnown).Select(m => m.Participant.AgencyId).Except(agencies).ToHashSet();
        return new Page<AccessLogEntry>(
            [.. page.Select(e => View(e, MemberOf(e), origins.GetValueOrDefault(e.Id)))],
            items.Count > page.Count ? Place.Of(page[^1]).ToString() : null);

        Member? MemberOf(JournalEntry entry) => (entry.PersonId ?? entry.OnBehalfOfId) is { } person ? memberOf[person].FirstOrDefault() : null;

        AccessLogEntry View(JournalEntry entry, Member? who, Origin? origin)
        {
            var isTraced = origin is not null && (who is null ? !unnamed.Contains(origin.AgencyId) : who.IsKnown && origin.Client is not null);
            return new AccessLogEntry(
                entry.Id, entry.At, who?.Who, isTraced ? origin!.Client : null, isTraced ? origin!.Agency : null,
                Acts.WordsOf(entry.Act), entry.Writes, entry.Verdict is Verdict.Emergency, entry.Verdict is Verdict.Denied);
        }
    }

    /// <summary>For each entry the agency of the person or system, and the system when one called.</summary>
    private async Task<Dictionary<Guid, Origin>> OriginsOf(List<Guid> entries, CancellationToken cancellation) =>
        entries.Count == 0 ? [] : await (
            from entry in database.Journal
            join person in database.Persons on entry.PersonId equals (Guid?)person.Id into persons
            from person in persons.DefaultIfEmpty()
            join agency in database.Agencies on entry.AgencyId ?? person.AgencyId equals (Guid?)agency.Id
            where entries.Contains(entry.Id)
            select new
            {
                entry.Id,
                Origin = new Origin(agency.Id, agency.Name, entry.PersonId != null ? null
                    : database.Clients.Where(c => c.ClientId == entry.ClientId).Select(c => c.Name).FirstOrDefault()),
            }).ToDictionaryAsync(o => o.Id, o => o.Origin, cancellation);

    private sealed record Origin(Guid? AgencyId, string Agency, string? Client);
}
