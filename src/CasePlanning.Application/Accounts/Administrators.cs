using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Accounts;

/// <summary>Somebody to be appointed to an office.</summary>
/// <param name="AgencyId">For an agency's administrator: the agency.</param>
/// <param name="Authority">For every other office: the authority.</param>
public sealed record NewAdministrator(string Name, string Email, Office Office, Guid? AgencyId, string? Authority);

/// <summary>Who was appointed, and how they get in.</summary>
/// <param name="Token">What the link of their invitation carries; null for somebody who signs in already.</param>
/// <param name="Code">What they are told by another way.</param>
public sealed record Appointed(Appointment Appointment, string? Token, string? Code);

public sealed class NewAdministratorValidator : AbstractValidator<NewAdministrator>
{
    public NewAdministratorValidator()
    {
        RuleFor(a => a.Name).Line(Person.NameLength);
        RuleFor(a => a.Email).Email(Person.EmailLength);
        RuleFor(a => a.AgencyId).NotNull().When(a => a.Office is Office.AgencyAdministrator)
            .WithErrorCode("required").WithMessage("Say of which agency.");
        RuleFor(a => a.AgencyId).Null().When(a => a.Office is not Office.AgencyAdministrator)
            .WithErrorCode("not-of-an-agency").WithMessage("This office is of an authority, not of an agency.");
        RuleFor(a => a.Authority).Line(Agency.AuthorityLength).When(a => a.Office is not Office.AgencyAdministrator);
        RuleFor(a => a.Authority).Null().When(a => a.Office is Office.AgencyAdministrator)
            .WithErrorCode("not-of-an-authority").WithMessage("This office is of an agency, not of an authority.");
    }
}

/// <summary>
/// Appoints somebody and invites them, for whoever runs the server: the first administrator has nobody who could. Nothing of it
/// opens a plan. Works inside a transaction of the write lane; whoever calls it saves.
/// </summary>
public sealed class Administrators(IPlanningDatabase database, ISealing sealing, TimeProvider time)
{
    /// <param name="life">How long the invitation can be used.</param>
    /// <exception cref="InvalidRequest">They hold the office already, or work for another agency.</exception>
    public async Task<Appointed> Appoint(NewAdministrator administrator, TimeSpan life, CancellationToken cancellation)
    {
        var (now, address) = (time.GetUtcNow(), Person.NormaliseEmail(administrator.Email));
        var person = await database.Persons.SingleOrDefaultAsync(p => p.Email == address, cancellation);
        if (person is null)
            database.Persons.Add(person = new Person(administrator.Name, address, administrator.AgencyId, usualRole: null, now));
        var appointment = await AppointmentOf(person, administrator, now, cancellation);
        database.Appointments.Add(appointment);
        if (await database.Accounts.AnyAsync(a => a.Id == person.Id, cancellation))
            return new Appointed(appointment, null, null);

        // An earlier link that was lost must not be found.
        var open = await database.Invitations.Where(i => i.PersonId == person.Id && i.ParticipantId == null && i.AcceptedAt == null && i.RevokedAt == null)
            .ToListAsync(cancellation);
        open.ForEach(i => i.Revoke(now));
        var (token, code) = (Invitation.NewToken(), Invitation.NewCode());
        database.Invitations.Add(new Invitation(person.Id, participantId: null, invitedById: null, token, sealing.Seal(code), life, now));
        return new Appointed(appointment, token, code);
    }

    private async Task<Appointment> AppointmentOf(Person person, NewAdministrator administrator, DateTimeOffset now, CancellationToken cancellation)
    {
        var (office, agencyId, authority) = (administrator.Office, administrator.AgencyId, administrator.Authority);
        if (await database.Appointments.AnyAsync(a => a.PersonId == person.Id && a.Office == office && a.AgencyId == agencyId
            && (agencyId != null || a.Authority == authority) && a.From <= now && (a.Until == null || now < a.Until), cancellation))
            throw InvalidRequest.At("/email", "holds-it", "Whoever has this address holds this office already.");
        if (agencyId is null)
            return Appointment.ToAuthority(person.Id, office, authority!, now);
        if (person.AgencyId != agencyId)
            throw InvalidRequest.At("/email", "of-another-agency", "Whoever has this address does not work for this agency.");
        return Appointment.ToAgency(person.Id, await database.Agencies.SingleAsync(a => a.Id == agencyId, cancellation), now);
    }
}
