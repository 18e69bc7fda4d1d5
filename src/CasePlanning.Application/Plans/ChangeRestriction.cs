using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>Says that a restriction was looked at and is still needed, until another day.</summary>
public sealed record KeepRestriction(Guid PlanId, Guid RestrictionId, int ReadAt, RestrictionKept Body)
    : IFromVersion, IPlanRequest, IWhenFrozen, IWithBody<RestrictionKept>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>The day by which somebody looks at it again.</summary>
public sealed record RestrictionKept(DateOnly ReviewOn);

/// <summary>Lifts a restriction: from now on the participant sees what anybody in their place would.</summary>
public sealed record LiftRestriction(Guid PlanId, Guid RestrictionId, int ReadAt) : IFromVersion, IPlanRequest
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

public sealed class RestrictionKeptValidator : AbstractValidator<RestrictionKept>
{
    public RestrictionKeptValidator() => RuleFor(r => r.ReviewOn).Day();
}

public sealed class ChangeRestrictionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<KeepRestriction, Written>, IRequestHandler<LiftRestriction, Written>
{
    public async Task<Written> Handle(KeepRestriction request, CancellationToken cancellationToken)
    {
        var restriction = (await Find(request.RestrictionId, cancellationToken)).AsReadAt(request.ReadAt);
        restriction.Keep(request.Body.ReviewOn);
        return new Written(restriction.Id, restriction);
    }

    public async Task<Written> Handle(LiftRestriction request, CancellationToken cancellationToken)
    {
        var restriction = (await Find(request.RestrictionId, cancellationToken)).AsReadAt(request.ReadAt);
        restriction.Lift(call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(restriction.Id, restriction);
    }

    private async Task<Restriction> Find(Guid id, CancellationToken cancellation) =>
        await database.Restrictions.KnownTo(call.Viewer).SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw new NotVisible();
}
