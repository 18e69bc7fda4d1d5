using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.KnowWho;

/// <summary>Finds who can do what is needed, with their limits and how to reach them. Names no child.</summary>
/// <param name="Need">Plain words; every one must begin a word of what somebody says they can do, or of their area.</param>
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

    /// <summary>From the words to the entries, and never the other way round: a planner that began at the entries would read them all.</summary>
    private static readonly Compiled<Func<DbContext, string, string, int?, Guid, IAsyncEnumerable<Row>>> Found = new(() =>
        EF.CompileAsyncQuery((DbContext context, string word, string next, int? age, Guid after) => (
            from entry in context.Set<ExpertiseEntry>()
            join person in context.Set<Person>() on entry.PersonId equals person.Id
            join agency in context.Set<Agency>() on person.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            where context.Set<ExpertiseWord>().Where(w => w.Word.CompareTo(word) >= 0 && w.Word.CompareTo(next) < 0).Select(w => w.PersonId).Contains(entry.PersonId)
                && (age == null || (entry.AgeFrom <= age && age <= entry.AgeTo)) && entry.PersonId.CompareTo(after) > 0
            orderby entry.PersonId
            select new Row(entry, person.Name, agency == null ? null : agency.Name)).AsNoTracking()));

    public async Task<Page<ExpertiseView>> Handle(SearchDirectory request, CancellationToken cancellationToken)
    {
        var words = ExpertiseWord.AllIn($"{request.Need} {request.Area}").Distinct().Take(MostWords).ToList();
        var last = Guid.TryParse(request.Page.After, out var after) ? after : Guid.Empty;
        var found = new List<ExpertiseView>();
        await foreach (var row in Entries(words, request.Age, last).WithCancellation(cancellationToken))
        {
            // One word was looked for already.
            if (words.Count <= 1 || row.Entry.Fits(words))
                found.Add(View(row));
            if (found.Count > request.Page.Limit)
                break;
        }

        return found.Count <= request.Page.Limit
            ? new Page<ExpertiseView>(found, null)
            : new Page<ExpertiseView>(found[..request.Page.Limit], found[request.Page.Limit - 1].PersonId.ToString());
    }

    public async Task<ExpertiseView> Handle(ReadMyExpertise request, CancellationToken cancellationToken)
    {
        var person = call.PersonId;
        return View(await Rows(database.Expertise.Where(e => e.PersonId == person)).SingleOrDefaultAsync(cancellationToken) ?? throw new NotVisible());
    }

    public async Task<Written> Handle(StateExpertise request, CancellationToken cancellationToken)
    {
        var person = call.PersonId;
        var entry = await database.Expertise.SingleOrDefaultAsync(e => e.PersonId == person, cancellationToken);
        if (entry is null)
            database.Expertise.Add(entry = new ExpertiseEntry(person));
        var (canDo, cannotDo, from, to, area, howToReach) = request.Body;
        entry.Confirm(canDo, cannotDo, from, to, area, howToReach, Today);
        var (words, known) = (ExpertiseWord.Of(entry).ToList(), await database.ExpertiseWords.Where(w => w.PersonId == person).ToListAsync(cancellationToken));
        database.ExpertiseWords.RemoveRange(known.ExceptBy(words.Select(w => w.Word), w => w.Word));
        database.ExpertiseWords.AddRange(words.ExceptBy(known.Select(w => w.Word), w => w.Word));
        return new Written(person);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Those in which the longest word is found, which is found least often; all when there is none.</summary>
    private IAsyncEnumerable<Row> Entries(List<string> words, int? age, Guid after)
    {
        if (words.MaxBy(w => w.Length) is { } longest)
            return Found.For(database, out var context)(context, longest, ExpertiseWord.After(longest), age, after);
        return Rows(database.Expertise.Where(e => (age == null || (e.AgeFrom <= age && age <= e.AgeTo)) && e.PersonId.CompareTo(after) > 0)).AsAsyncEnumerable();
    }

    private IQueryable<Row> Rows(IQueryable<ExpertiseEntry> entries) => (
        from entry in entries
        join person in database.Persons on entry.PersonId equals person.Id
        join agency in database.Agencies on person.AgencyId equals (Guid?)agency.Id into agencies
        from agency in agencies.DefaultIfEmpty()
        orderby entry.PersonId
        select new Row(entry, person.Name, agency == null ? null : agency.Name)).AsNoTracking();

    private ExpertiseView View(Row row)
    {
        var entry = row.Entry;
        return new ExpertiseView(
            entry.PersonId, row.Name, row.Agency, entry.CanDo, entry.CannotDo, entry.AgeFrom, entry.AgeTo, entry.Area, entry.HowToReach,
            entry.ConfirmedOn, entry.IsStale(Today));
    }

    private sealed record Row(ExpertiseEntry Entry, string Name, string? Agency);
}
