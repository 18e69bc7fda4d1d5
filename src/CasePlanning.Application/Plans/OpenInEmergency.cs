using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// Opens a plan that the caller takes no part in, to read, for an hour. A professional may who has just shown two factors; the
/// lead professional and the privacy officers learn of it at once, and one of them reviews it.
/// </summary>
public sealed record OpenInEmergency(Guid PlanId, NewEmergencyAccess Body) : ICreates, IProfessional, IStepUp, IWithBody<NewEmergencyAccess>;

/// <summary>What for, and why it could not wait.</summary>
/// <param name="CaseReference">The caller's own number for it.</param>
public sealed record NewEmergencyAccess(EmergencyPurpose Purpose, string Justification, string? CaseReference = null);

/// <summary>Gives emergency access back before its time.</summary>
public sealed record EndEmergencyAccess(Guid AccessId) : ICommand, IProfessional;

/// <summary>Who may look for a plan that is not theirs: those who look after children, and nobody for holding an office.</summary>
internal static class InAnEmergency
{
    public static async Task<Guid> AgencyOf(IPlanningDatabase database, Guid person, CancellationToken cancellation)
    {
        var found = await database.Persons.AsNoTracking().Where(p => p.Id == person).Select(p => new { p.AgencyId, p.UsualRole }).SingleAsync(cancellation);
        return found is { AgencyId: { } agency, UsualRole: { } role } && RolePowers.ReadsProfessionals(role)
            ? agency
            : throw new NotAllowed("Only those who work with children as professionals can open a plan in an emergency.");
    }
}

public sealed class NewEmergencyAccessValidator : AbstractValidator<NewEmergencyAccess>
{
    public NewEmergencyAccessValidator()
    {
        RuleFor(e => e.Justification).Words(EmergencyAccess.JustificationLength);
        RuleFor(e => e.Justification).MinimumLength(EmergencyAccess.ShortestJustification).When(e => !string.IsNullOrWhiteSpace(e.Justification));
        RuleFor(e => e.CaseReference).OptionalLine(EmergencyAccess.CaseReferenceLength);
    }
}

public sealed class OpenInEmergencyHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<OpenInEmergency, Written>, IRequestHandler<EndEmergencyAccess, Written>
{
    /// <summary>Working days in which somebody must have looked at it.</summary>
    private static readonly ClockRule Review = new(2);

    public async Task<Written> Handle(OpenInEmergency request, CancellationToken cancellationToken)
    {
        var (person, now, (purpose, justification, reference)) = (call.PersonId, time.GetUtcNow(), request.Body);
        var agency = await InAnEmergency.AgencyOf(database, person, cancellationToken);
        var plan = await database.Plans.AsNoTracking().SingleOrDefaultAsync(p => p.Id == request.PlanId && p.AdoptedAt == null, cancellationToken)
            ?? throw new NotVisible();
        if (await database.Participants.AnyAsync(
            p => p.PlanId == plan.Id && p.PersonId == person && p.From <= now && (p.Until == null || now < p.Until), cancellationToken))
            throw EmergencyAccessRules.TakesPart.Broken();
        var access = new EmergencyAccess(plan.Id, person, agency, purpose, justification, reference, clocks.Of(plan.Authority).Due(now, Review), now);
        database.EmergencyAccesses.Add(access);
        database.Disclosures.Add(Disclosure.InEmergency(access, await NameOf(person, agency, cancellationToken), now));
        return new Written(access.Id, access);
    }

    private Task<string> NameOf(Guid person, Guid agency, CancellationToken cancellation) => (
        from p in database.Persons
        from a in database.Agencies
        where p.Id == person && a.Id == agency
        select p.Name + ", " + a.Name).SingleAsync(cancellation);

    public async Task<Written> Handle(EndEmergencyAccess request, CancellationToken cancellationToken)
    {
        var person = call.PersonId;
        var access = await database.EmergencyAccesses.SingleOrDefaultAsync(e => e.Id == request.AccessId && e.PersonId == person, cancellationToken)
            ?? throw new NotVisible();
        access.End(time.GetUtcNow());
        return new Written(access.Id, access);
    }
}
