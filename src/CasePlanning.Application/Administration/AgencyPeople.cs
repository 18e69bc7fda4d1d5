using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Administration;

/// <summary>The people who work for an agency, by name. No child is among them, and nothing of what they take part in.</summary>
public sealed record ListAgencyPeople(Guid AgencyId, PageOf Page) : IQuery<Page<AgencyPersonView>>, IAppointed
{
    public Office Needs => Office.AgencyAdministrator | Office.AuthorityAdministrator;
}

/// <summary>One of the people of an agency.</summary>
public sealed record ReadAgencyPerson(Guid AgencyId, Guid PersonId) : IQuery<AgencyPersonView>, IAppointed
{
    public Office Needs => Office.AgencyAdministrator | Office.AuthorityAdministrator;
}

/// <summary>Makes somebody known who works for an agency. They take part in no plan until a plan's own people gather them in.</summary>
public sealed record AddAgencyPerson(Guid AgencyId, NewAgencyPerson Body) : ICreates, IAppointed, IWithBody<NewAgencyPerson>
{
    public Office Needs => Office.AgencyAdministrator | Office.AuthorityAdministrator;
}

/// <summary>Somebody who works for the agency.</summary>
/// <param name="UsualRole">The role they usually take in a plan; absent for whoever takes part in none.</param>
public sealed record NewAgencyPerson(string Name, string Email, Role? UsualRole = null);

/// <summary>How somebody stands with signing in.</summary>
public enum SignInState
{
    /// <summary>They have not signed in here yet.</summary>
    NotYet,
    Active,

    /// <summary>Nothing signs in as them.</summary>
    Disabled,
}

/// <summary>Somebody of an agency, for whoever looks after its people.</summary>
/// <param name="SecondFactor">They sign in here with a second factor.</param>
/// <param name="Offices">The offices that they hold now.</param>
public sealed record AgencyPersonView(
    Guid Id, Guid AgencyId, string Name, string? Email, Role? UsualRole, SignInState SignIn, bool SecondFactor, IReadOnlyList<Office> Offices);

public sealed class NewAgencyPersonValidator : AbstractValidator<NewAgencyPerson>
{
    public NewAgencyPersonValidator()
    {
        RuleFor(p => p.Name).Line(Person.NameLength);
        RuleFor(p => p.Email).Email(Person.EmailLength);
        RuleFor(p => p.UsualRole).Must(role => role is not { } known || !RolePowers.IsFamily(known))
            .WithErrorCode("of-the-family").WithMessage("A child, a parent or a carer works for no agency. A plan's own people gather them in.");
    }
}

public sealed class AgencyPeopleHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<ListAgencyPeople, Page<AgencyPersonView>>, IRequestHandler<ReadAgencyPerson, AgencyPersonView>, IRequestHandler<AddAgencyPerson, Written>
{
    public async Task<Page<AgencyPersonView>> Handle(ListAgencyPeople request, CancellationToken cancellationToken)
    {
        var people = Employed.By(database, (await call.AgencyOf(database, request.AgencyId, cancellationToken)).Id);
        if (request.Page.After is { } after && Guid.TryParse(after, out var last))
        {
            var name = await people.Where(p => p.Id == last).Select(p => p.Name).SingleOrDefaultAsync(cancellationToken) ?? "";
            people = people.Where(p => p.Name.CompareTo(name) > 0 || (p.Name == name && p.Id.CompareTo(last) > 0));
        }

        var found = await Views(people.OrderBy(p => p.Name).ThenBy(p => p.Id).Take(request.Page.Limit + 1), cancellationToken);
        return found.Count <= request.Page.Limit
            ? new Page<AgencyPersonView>(found, null)
            : new Page<AgencyPersonView>(found[..request.Page.Limit], found[request.Page.Limit - 1].Id.ToString());
    }

    public async Task<AgencyPersonView> Handle(ReadAgencyPerson request, CancellationToken cancellationToken)
    {
        var agency = await call.AgencyOf(database, request.AgencyId, cancellationToken);
        return (await Views(Employed.By(database, agency.Id).Where(p => p.Id == request.PersonId), cancellationToken)).SingleOrDefault() ?? throw new NotVisible();
    }

    public async Task<Written> Handle(AddAgencyPerson request, CancellationToken cancellationToken)
    {
        var agency = await call.AgencyOf(database, request.AgencyId, cancellationToken);
        var (name, email, role) = request.Body;
        var person = new Person(name, email, agency.Id, role, time.GetUtcNow());
        if (await database.Persons.AnyAsync(p => p.Email == person.Email, cancellationToken))
            throw AdministrationRules.AddressIsTaken.Broken();
        database.Persons.Add(person);
        return new Written(person.Id);
    }

    private async Task<List<AgencyPersonView>> Views(IQueryable<Person> people, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var rows = await (
            from person in people
            join account in database.Accounts on person.Id equals account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            select new
            {
                Person = person,
                HasAccount = account != null,
                IsDisabled = account != null && account.DisabledAt != null,
                HasSecondFactor = account != null && account.TwoFactorEnabled,
                IsKnownElsewhere = database.ProviderSubjects.Any(s => s.PersonId == person.Id),
            }).ToListAsync(cancellation);
        var ids = rows.Select(r => r.Person.Id).ToList();
        var offices = (await database.Appointments.AsNoTracking()
            .Where(a => ids.Contains(a.PersonId) && a.From <= now && (a.Until == null || now < a.Until)).ToListAsync(cancellation)).ToLookup(a => a.PersonId, a => a.Office);
        return
        [
            .. rows.OrderBy(r => r.Person.Name, StringComparer.Ordinal).ThenBy(r => r.Person.Id).Select(r => new AgencyPersonView(
                r.Person.Id, r.Person.AgencyId!.Value, r.Person.Name, r.Person.Email, r.Person.UsualRole,
                r.IsDisabled ? SignInState.Disabled : r.HasAccount || r.IsKnownElsewhere ? SignInState.Active : SignInState.NotYet,
                r.HasSecondFactor, [.. offices[r.Person.Id].Distinct().Order()])),
        ];
    }
}

/// <summary>The people of an agency, as its administrator knows them.</summary>
internal static class Employed
{
    /// <summary>Without those who are somebody's family, whatever agency was once named beside them.</summary>
    public static IQueryable<Person> By(IPlanningDatabase database, Guid agencyId) => database.Persons.AsNoTracking().Where(p =>
        p.AgencyId == agencyId && p.UsualRole != Role.Child && p.UsualRole != Role.Parent && p.UsualRole != Role.Carer
        && !database.Participants.Any(part => part.PersonId == p.Id && part.Role == Role.Child));
}
