using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// The child moves to another authority, and the plan with them: somebody from there leads it from now on, all that is owed goes
/// to the new lead, and the part of those who work for the old authority ends at this moment. What they said stays theirs.
/// </summary>
public sealed record MovePlan(Guid PlanId, int ReadAt, PlanMoved Body) : ICommand, IPlanRequest, IWithBody<PlanMoved>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Who takes over, and who stays.</summary>
/// <param name="Lead">A participant who works for an agency of the authority to which the child moves.</param>
/// <param name="Staying">Those of the old authority's agencies who go on working with the child.</param>
public sealed record PlanMoved(Guid Lead, IReadOnlyList<Guid>? Staying = null)
{
    public const int MostStaying = 50;
}

public sealed class PlanMovedValidator : AbstractValidator<PlanMoved>
{
    public PlanMovedValidator() => RuleFor(m => m.Staying).AtMost(PlanMoved.MostStaying);
}

public sealed class MovePlanHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<MovePlan, Written>
{
    public async Task<Written> Handle(MovePlan request, CancellationToken cancellationToken)
    {
        var (now, staying) = (time.GetUtcNow(), request.Body.Staying ?? []);
        var plan = (await database.Plans.SingleAsync(p => p.Id == request.PlanId, cancellationToken)).AsReadAt(request.ReadAt);
        await PlanChecks.TakePart(database, plan.Id, staying, "/staying", now, cancellationToken);
        var lead = await database.Participants.SingleOrDefaultAsync(p => p.Id == request.Body.Lead && p.PlanId == plan.Id, cancellationToken);
        if (lead?.IsCurrent(now) is not true)
            throw InvalidRequest.At("/lead", "unknown", "Nobody with this id takes part in the plan now.");
        var from = await database.Agencies.AsNoTracking().SingleOrDefaultAsync(a => a.Id == lead.AgencyId, cancellationToken);
        var move = plan.MoveTo(from?.Authority, lead, call.Viewer.ParticipantId, now);
        database.PlanMoves.Add(move);
        database.Disclosures.Add(Disclosure.OfMove(move, from!.Name, now));
        foreach (var leaving in await Leaving(move, staying, now, cancellationToken))
        {
            // One who was to begin later never does.
            leaving.End(leaving.From > now ? leaving.From : now, lead);
            (await OwedWork.Of(database, call.Viewer, plan, leaving.Id, cancellationToken)).MoveTo(lead, now);
        }

        return new Written(plan.Id);
    }

    /// <summary>The family moves with the child; of the others, those who work for the old authority, or for nobody that is known.</summary>
    private async Task<List<Participant>> Leaving(PlanMove move, IReadOnlyList<Guid> staying, DateTimeOffset now, CancellationToken cancellation)
    {
        var there = await database.Participants.Where(p => p.PlanId == move.PlanId && (p.Until == null || now < p.Until) && !staying.Contains(p.Id)
            && (p.AgencyId == null || database.Agencies.Any(a => a.Id == p.AgencyId && a.Authority == move.From))).ToListAsync(cancellation);
        return [.. there.Where(p => !RolePowers.IsFamily(p.Role))];
    }
}
