using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>Changes the shared header: the name the child chooses. The child may, and whoever coordinates the plan.</summary>
public sealed record ChangePlan(Guid PlanId, int ReadAt, PlanChange Body) : IFromVersion, IPlanRequest, IWithBody<PlanChange>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>What to change of a plan; absent members stay as they are.</summary>
/// <param name="KnownAs">The name the child chooses; null for their given name.</param>
public sealed record PlanChange(Change<string?> KnownAs = default);

public sealed class PlanChangeValidator : AbstractValidator<PlanChange>
{
    public PlanChangeValidator() => RuleFor(c => c.KnownAs.Value).OptionalLine(Child.NameLength).OverridePropertyName(nameof(PlanChange.KnownAs));
}

public sealed class ChangePlanHandler(IPlanningDatabase database, CurrentCall call) : IRequestHandler<ChangePlan, Written>
{
    public async Task<Written> Handle(ChangePlan request, CancellationToken cancellationToken)
    {
        if (call.Viewer.Role is not Role.Child && !call.Viewer.May(Permission.Coordinate))
            throw new NotAllowed("Only the child, or somebody who coordinates the plan, can change this.");
        var plan = (await database.Plans.SingleAsync(p => p.Id == request.PlanId, cancellationToken)).AsReadAt(request.ReadAt);
        if (request.Body.KnownAs.IsGiven)
            plan.CallChild(request.Body.KnownAs.Value);
        return new Written(plan.Id, plan);
    }
}
