using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Mail;

/// <summary>
/// Who is sent mail, by what they chose. Besides invitations and emergency accesses, only those hear of anything who have come in
/// before: an address at which nobody has ever answered may be mistyped.
/// </summary>
public sealed class Correspondents(IPlanningDatabase database)
{
    /// <summary>Those of some people who have come in before, have a safe address, and want it.</summary>
    public async Task<IReadOnlyList<Guid>> Of(IEnumerable<Guid> people, Func<MailChoice, bool> want, CancellationToken cancellation)
    {
        var ids = people.Distinct().ToList();
        if (ids.Count == 0)
            return [];
        var found = await Known().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, IsProfessional = p.AgencyId != null }).ToListAsync(cancellation);
        var choices = await database.MailChoices.AsNoTracking().Where(c => ids.Contains(c.PersonId)).ToDictionaryAsync(c => c.PersonId, cancellation);
        return [.. found.Where(p => want(choices.GetValueOrDefault(p.Id) ?? new MailChoice(p.Id, p.IsProfessional))).Select(p => p.Id)];
    }

    /// <summary>Those of some people who have a safe address.</summary>
    public async Task<IReadOnlyList<Guid>> WithAddress(IEnumerable<Guid> people, CancellationToken cancellation)
    {
        var ids = people.Distinct().ToList();
        return await database.Persons.Where(p => ids.Contains(p.Id)).WithSafeAddress(database).Select(p => p.Id).ToListAsync(cancellation);
    }

    /// <summary>Everybody who has come in before and can be written to.</summary>
    public IQueryable<Person> Known() => database.Persons.WithSafeAddress(database).Where(p =>
        database.Accounts.Any(a => a.Id == p.Id && a.DisabledAt == null)
        || (database.ProviderSubjects.Any(s => s.PersonId == p.Id) && !database.Accounts.Any(a => a.Id == p.Id)));

    /// <summary>What somebody chose, or what holds for whoever has not.</summary>
    public async Task<MailChoice> ChoiceOf(Guid personId, CancellationToken cancellation)
    {
        var choice = await database.MailChoices.AsNoTracking().SingleOrDefaultAsync(c => c.PersonId == personId, cancellation);
        return choice ?? new MailChoice(personId, await database.Persons.AnyAsync(p => p.Id == personId && p.AgencyId != null, cancellation));
    }
}
