using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Administration;

/// <summary>Who holds or held which office under the caller's authority, newest first.</summary>
public sealed record ListAppointments(PageOf Page) : IQuery<Page<AppointmentView>>, IAppointed
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>One appointment.</summary>
public sealed record ReadAppointment(Guid AppointmentId) : IQuery<AppointmentView>, IAppointed
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>Appoints somebody to look after an agency's people, or to be a privacy officer. Nobody appoints themselves.</summary>
public sealed record Appoint(NewAppointment Body) : ICreates, IAppointed, IWithBody<NewAppointment>
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>An appointment to make. Those who administer an authority are appointed on the server, and not here.</summary>
/// <param name="AgencyId">For an agency's administrator: the agency, for which the person works.</param>
/// <param name="Authority">For a privacy officer: the authority, where the caller administers several.</param>
public sealed record NewAppointment(Guid PersonId, Office Office, Guid? AgencyId = null, string? Authority = null);

/// <summary>Ends an appointment: from this moment the office is no longer theirs.</summary>
public sealed record EndAppointment(Guid AppointmentId) : ICommand, IAppointed
{
    public Office Needs => Office.AuthorityAdministrator;
}

/// <summary>A person × an office × an agency or authority × dates.</summary>
public sealed record AppointmentView(
    Guid Id, Guid PersonId, string Person, Office Office, Guid? AgencyId, string? Agency, string Authority, DateTimeOffset From, DateTimeOffset? Until,
    bool Current);

public sealed class NewAppointmentValidator : AbstractValidator<NewAppointment>
{
    public NewAppointmentValidator()
    {
        RuleFor(a => a.Office).NotEqual(Office.AuthorityAdministrator)
            .WithErrorCode("not-here").WithMessage("Those who administer an authority are appointed on the server.");
        RuleFor(a => a.AgencyId).Must((a, agency) => agency is not null == a.Office is Office.AgencyAdministrator)
            .WithErrorCode("with-agency").WithMessage("Name the agency for its administrator, and for no other office.");
        RuleFor(a => a.Authority).OptionalLine(Agency.AuthorityLength);
    }
}

public sealed class AppointmentsHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<ListAppointments, Page<AppointmentView>>, IRequestHandler<ReadAppointment, AppointmentView>,
        IRequestHandler<Appoint, Written>, IRequestHandler<EndAppointment, Written>
{
    public async Task<Page<AppointmentView>> Handle(ListAppointments request, CancellationToken cancellationToken) =>
        (await Views(OfMyAuthorities(), cancellationToken)).OrderByDescending(a => a.From).ThenByDescending(a => a.Id).Cut(a => a.Id, request.Page);

    public async Task<AppointmentView> Handle(ReadAppointment request, CancellationToken cancellationToken) =>
        (await Views(OfMyAuthorities().Where(a => a.Id == request.AppointmentId), cancellationToken)).SingleOrDefault() ?? throw new NotVisible();

    public async Task<Written> Handle(Appoint request, CancellationToken cancellationToken)
    {
        var (personId, office, agencyId, wanted) = request.Body;
        var now = time.GetUtcNow();
        if (personId == call.PersonId)
            throw AdministrationRules.NotOneself.Broken();
        var agency = agencyId is { } id ? await MyAgency(id, cancellationToken) : null;
        var authority = agency?.Authority ?? (wanted is null || call.Appointments.Any(a => a.Authority == wanted)
            ? call.AuthorityOf(wanted)
            : throw InvalidRequest.At("/authority", "unknown", "You do not administer this authority."));
        var employer = await (
            from person in database.Persons
            join a in database.Agencies on person.AgencyId equals (Guid?)a.Id
            where person.Id == personId && a.Authority == authority
            select a).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (employer is null || (agency is not null && employer.Id != agency.Id))
            throw AdministrationRules.WorksElsewhere.Broken();
        if (await database.Appointments.AnyAsync(a => a.PersonId == personId && a.Office == office && a.AgencyId == agencyId && a.Authority == authority
            && a.From <= now && (a.Until == null || now < a.Until), cancellationToken))
            throw AdministrationRules.IsHeld.Broken();
        var appointment = agency is not null ? Appointment.ToAgency(personId, agency, now) : Appointment.ToAuthority(personId, office, authority, now);
        database.Appointments.Add(appointment);
        return new Written(appointment.Id);
    }

    public async Task<Written> Handle(EndAppointment request, CancellationToken cancellationToken)
    {
        var appointment = await OfMyAuthorities().SingleOrDefaultAsync(a => a.Id == request.AppointmentId, cancellationToken) ?? throw new NotVisible();
        if (appointment.Office is Office.AuthorityAdministrator)
            throw new NotAllowed("Those who administer an authority are appointed, and their appointment ended, on the server.");
        appointment.End(time.GetUtcNow());
        return new Written(appointment.Id);
    }

    private async Task<Agency> MyAgency(Guid id, CancellationToken cancellation)
    {
        var agency = await database.Agencies.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        return agency is not null && call.Appointments.Any(a => a.Administers(agency))
            ? agency
            : throw InvalidRequest.At("/agencyId", "unknown", "You administer no agency with this id.");
    }

    private IQueryable<Appointment> OfMyAuthorities()
    {
        var authorities = call.Appointments.Select(a => a.Authority).ToList();
        return database.Appointments.Where(a => authorities.Contains(a.Authority));
    }

    private async Task<List<AppointmentView>> Views(IQueryable<Appointment> appointments, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var rows = await (
            from appointment in appointments.AsNoTracking()
            join person in database.Persons on appointment.PersonId equals person.Id
            join agency in database.Agencies on appointment.AgencyId equals (Guid?)agency.Id into agencies
            from agency in agencies.DefaultIfEmpty()
            select new { Appointment = appointment, person.Name, Agency = agency == null ? null : agency.Name }).ToListAsync(cancellation);
        return
        [
            .. rows.Select(r => new AppointmentView(
                r.Appointment.Id, r.Appointment.PersonId, r.Name, r.Appointment.Office, r.Appointment.AgencyId, r.Agency, r.Appointment.Authority,
                r.Appointment.From, r.Appointment.Until, r.Appointment.IsCurrent(now))),
        ];
    }
}
