using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>Opens a child's plan; the caller becomes its lead professional.</summary>
public sealed record OpenPlan(NewPlan Body) : ICreates, IProfessional, IWithBody<NewPlan>;

/// <summary>A plan to open.</summary>
/// <param name="Framework">The code of the framework it is structured by; Every Child Matters when absent.</param>
/// <param name="StartedOn">The day care or early help began, from which the clocks count; today when absent.</param>
/// <param name="Role">The caller's own role in this plan; the one they usually take when absent.</param>
public sealed record NewPlan(NewChild Child, PlanKind Kind, string? Framework = null, DateOnly? StartedOn = null, Role? Role = null);

/// <summary>The child planned for.</summary>
/// <param name="KnownAs">The name they choose to be called by.</param>
public sealed record NewChild(
    string GivenName, string FamilyName, DateOnly DateOfBirth, string? KnownAs = null, IReadOnlyList<NewChildIdentifier>? Identifiers = null);

/// <summary>An identifier another system knows the child by.</summary>
public sealed record NewChildIdentifier(string System, string Value);

public sealed class NewPlanValidator : AbstractValidator<NewPlan>
{
    private const int MostIdentifiers = 20;

    public NewPlanValidator()
    {
        RuleFor(p => p.Child.GivenName).Line(Child.NameLength);
        RuleFor(p => p.Child.FamilyName).Line(Child.NameLength);
        RuleFor(p => p.Child.KnownAs).OptionalLine(Child.NameLength);
        RuleFor(p => p.Child.DateOfBirth).Day();
        RuleFor(p => p.Child.Identifiers).AtMost(MostIdentifiers);
        RuleForEach(p => p.Child.Identifiers).SetValidator(new NewChildIdentifierValidator());
        RuleFor(p => p.Framework).OptionalLine(Framework.CodeLength);
        RuleFor(p => p.StartedOn).Day();
    }
}

public sealed class NewChildIdentifierValidator : AbstractValidator<NewChildIdentifier>
{
    public NewChildIdentifierValidator()
    {
        RuleFor(i => i.System).Line(Child.IdentifierLength);
        RuleFor(i => i.Value).Line(Child.IdentifierLength);
    }
}

public sealed class OpenPlanHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<OpenPlan, Written>
{
    public async Task<Written> Handle(OpenPlan request, CancellationToken cancellationToken)
    {
        var (child, kind, framework, startedOn, role) = request.Body;
        framework ??= Framework.Default;
        var person = await database.Persons.SingleAsync(p => p.Id == call.PersonId, cancellationToken);
        var authority = await database.Agencies.Where(a => a.Id == person.AgencyId).Select(a => a.Authority).SingleAsync(cancellationToken);
        if (!await database.Frameworks.AnyAsync(f => f.Code == framework && (f.Authority == null || f.Authority == authority), cancellationToken))
            throw InvalidRequest.At("/framework", "unknown", "There is no framework with this code.");
        var now = time.GetUtcNow();
        var (plan, lead) = Plan.Open(
            kind,
            new Child(child.GivenName, child.FamilyName, child.KnownAs, child.DateOfBirth,
                (child.Identifiers ?? []).Select(i => new ChildIdentifier(i.System, i.Value))),
            framework, authority, startedOn ?? clocks.Of(authority).DayOf(now), person.Id,
            role ?? person.UsualRole ?? throw InvalidRequest.At("/role", "needed", "Say which role you take: none is known of you."), person.AgencyId, now);
        database.Plans.Add(plan);
        database.Participants.Add(lead);
        database.IdentifierDigests.AddRange(plan.Child.Identifiers.DistinctBy(i => Convert.ToHexString(IdentifierDigest.Of(i.System, i.Value)))
            .Select(i => new IdentifierDigest(plan.Id, i)));
        return new Written(plan.Id, plan);
    }
}
