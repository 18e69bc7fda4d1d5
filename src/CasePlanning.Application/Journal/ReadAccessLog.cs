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
/// <param name="Who">Who it was; absent for somebody who does not take part.</param>
/// <param name="Agency">For somebody who does not take part: their agency, where one is known.</param>
/// <param name="What">What they did, in words.</param>
/// <param name="Emergency">They got in by emergency access.</param>
/// <param name="Refused">They were turned away.</param>
public sealed record AccessLogEntry(
    Guid Id, DateTimeOffset At, Who? Who, string? Agency, string What, bool Wrote, bool Emergency, bool Refused);

public sealed class ReadAccessLogHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ReadAccessLog, Page<AccessLogEntry>>
{
    private const int Stretch = 200;

    public async Task<Page<AccessLogEntry>> Handle(ReadAccessLog request, CancellationToken cancellationToken)
    {
        var viewer = call.Viewer;
        var team = await Team.Load(database, viewer, cancellationToken);
        var memberOf = team.Members.ToLookup(m => m.Participant.PersonId, m => m.Who);
        var seen = (await database.Contributions.ContributionsVisibleTo(viewer).Select(c => c.Id).ToListAsync(cancellationToken))
            .Concat(await database.Contributions.ContributionsSummarisedFor(viewer).Select(c => c.Id).ToListAsync(cancellationToken))
            .ToHashSet();
        var known = Acts.Names.ToList();
        var people = memberOf.Select(m => (Guid?)m.Key).ToList();

        // Who was refused, and who came in from outside, is for professionals: to a family it can tell where a child is being looked for.
        var isTold = viewer.IsToldWhatIsWithheld;
        var entries = database.Journal.AsNoTracking().Where(e => e.PlanId == viewer.PlanId && known.Contains(e.Act)
            && (isTold || (e.Verdict == Verdict.Allowed && people.Contains(e.PersonId))));

        // Read in stretches, because what is left out must leave no gap that could be counted.
        var items = new List<(Place Place, AccessLogEntry View)>();
        var after = Place.Parse(request.Page.After);
        while (items.Count <= request.Page.Limit)
        {
            var stretch = await Place.NewestAfter(entries, after).Take(Stretch).ToListAsync(cancellationToken);
            if (stretch.Count == 0)
                break;
            after = Place.Of(stretch[^1]);
            items.AddRange(stretch.Where(e => Acts.ContributionOf(e) is not { } contribution || seen.Contains(contribution))
                .Select(e => (Place.Of(e), View(e, memberOf))));
        }

        var page = items.Take(request.Page.Limit).ToList();
        var agencies = await AgenciesOf([.. page.Select(p => p.View).Where(e => e.Who is null).Select(e => e.Id)], cancellationToken);
        return new Page<AccessLogEntry>(
            [.. page.Select(p => p.View with { Agency = agencies.GetValueOrDefault(p.View.Id) })],
            items.Count > page.Count ? page[^1].Place.ToString() : null);
    }

    private static AccessLogEntry View(JournalEntry entry, ILookup<Guid, Who> memberOf) => new(
        entry.Id, entry.At, entry.PersonId is { } person ? memberOf[person].FirstOrDefault() : null, Agency: null,
        Acts.WordsOf(entry.Act), entry.Writes, entry.Verdict is Verdict.Emergency, entry.Verdict is Verdict.Denied);

    /// <summary>For each entry of somebody from outside, the agency they work for or call for.</summary>
    private async Task<Dictionary<Guid, string>> AgenciesOf(List<Guid> entries, CancellationToken cancellation) =>
        entries.Count == 0 ? [] : await (
            from entry in database.Journal
            join person in database.Persons on entry.PersonId equals (Guid?)person.Id into persons
            from person in persons.DefaultIfEmpty()
            join agency in database.Agencies on entry.AgencyId ?? person.AgencyId equals (Guid?)agency.Id
            where entries.Contains(entry.Id)
            select new { entry.Id, agency.Name }).ToDictionaryAsync(a => a.Id, a => a.Name, cancellation);
}
