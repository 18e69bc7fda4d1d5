using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.KnowWho;

/// <summary>Finds who can do what is needed, with their limits and how to reach them. Names no child.</summary>
/// <param name="Need">Plain words; every one must be found in what somebody says they can do, or in their area.</param>
public sealed record SearchDirectory(string? Need, int? Age, string? Area, PageOf Page) : IQuery<Page<ExpertiseView>>, IProfessional;

/// <summary>The caller's own entry.</summary>
public sealed record ReadMyExpertise : IQuery<ExpertiseView>, IProfessional;

/// <summary>Writes or confirms the caller's own entry.</summary>
public sealed record StateExpertise(NewExpertise Body) : ICommand, IProfessional, IWithBody<NewExpertise>;

/// <summary>What somebody can do, cannot do, for which ages, where, and how to reach them.</summary>
/// <param name="CannotDo">The limits: knowing who cannot help saves a child a wasted month.</param>
public sealed record NewExpertise(string CanDo, string CannotDo, int AgeFrom, int AgeTo, string Area, string HowToReach);

/// <summary>A directory entry.</summary>
/// <param name="Stale">Not confirmed for more than 180 days.</param>
public sealed record ExpertiseView(
    Guid PersonId, string Name, string? Agency, string CanDo, string CannotDo, int AgeFrom, int AgeTo, string Area, string HowToReach,
    DateOnly ConfirmedOn, bool Stale);

public sealed class NewExpertiseValidator : AbstractValidator<NewExpertise>
{
    public NewExpertiseValidator()
    {
        RuleFor(e => e.CanDo).Words(ExpertiseEntry.TextLength);
        RuleFor(e => e.CannotDo).Words(ExpertiseEntry.TextLength);
        RuleFor(e => e.HowToReach).Words(ExpertiseEntry.TextLength);
        RuleFor(e => e.Area).Line(ExpertiseEntry.AreaLength);
        RuleFor(e => e.AgeFrom).InclusiveBetween(0, ExpertiseEntry.OldestAge);
        RuleFor(e => e.AgeTo).InclusiveBetween(0, ExpertiseEntry.OldestAge);
        RuleFor(e => e.AgeTo).Must((e, to) => e.AgeFrom <= to).WithErrorCode("before-from").WithMessage("The oldest age must not be below the youngest.");
    }
}

public sealed class SearchDirectoryHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<SearchDirectory, Page<ExpertiseView>>, IRequestHandler<ReadMyExpertise, ExpertiseView>, IRequestHandler<StateExpertise, Written>
{
    private const int MostWords = 10;

    public async Task<Page<ExpertiseView>> Handle(SearchDirectory request, CancellationToken cancellationToken)
    {
        var entries = database.Expertise.AsNoTracking();
        foreach (var word in WordsOf(request.Need).Concat(WordsOf(request.Area)).Take(MostWords))
            entries = entries.Where(e => e.Searchable.Contains(word));
        if (request.Age is { } age)
            entries = entries.Where(e => e.AgeFrom <= age && age <= e.AgeTo);
        if (request.Page.After is { } after && Guid.TryParse(after, out var last))
            entries = entries.Where(e => e.PersonId.CompareTo(last) > 0);

        var found = await Views(entries.OrderBy(e => e.PersonId).Take(request.Page.Limit + 1), cancellationToken);
        return found.Count <= request.Page.Limit
            ? new Page<ExpertiseView>(found, null)
            : new Page<ExpertiseView>(found[..request.Page.Limit], found[request.Page.Limit - 1].PersonId.ToString());
    }

    public async Task<ExpertiseView> Handle(ReadMyExpertise request, CancellationToken cancellationToken)
    {
        var person = call.PersonId;
        return (await Views(database.Expertise.AsNoTracking().Where(e => e.PersonId == person), cancellationToken)).FirstOrDefault() ?? throw new NotVisible();
    }

    public async Task<Written> Handle(StateExpertise request, CancellationToken cancellationToken)
    {
        var person = call.PersonId;
        var entry = await database.Expertise.SingleOrDefaultAsync(e => e.PersonId == person, cancellationToken);
        if (entry is null)
            database.Expertise.Add(entry = new ExpertiseEntry(person));
        var (canDo, cannotDo, from, to, area, howToReach) = request.Body;
        entry.Confirm(canDo, cannotDo, from, to, area, howToReach, Today);
        return new Written(person);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static IEnumerable<string> WordsOf(string? text) =>
        (text ?? "").ToLowerInvariant().Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct();

    private async Task<List<ExpertiseView>> Views(IQueryable<ExpertiseEntry> entries, CancellationToken cancellation)
    {
        var rows = await (
            from entry in entries
            join person in database.Persons on entry.PersonId equals person.Id
            join agency in database.Agencies on person.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            orderby entry.PersonId
            select new { Entry = entry, person.Name, Agency = agency == null ? null : agency.Name }).ToListAsync(cancellation);
        return
        [
            .. rows.Select(r => new ExpertiseView(
                r.Entry.PersonId, r.Name, r.Agency, r.Entry.CanDo, r.Entry.CannotDo, r.Entry.AgeFrom, r.Entry.AgeTo, r.Entry.Area,
                r.Entry.HowToReach, r.Entry.ConfirmedOn, r.Entry.IsStale(Today))),
        ];
    }
}
