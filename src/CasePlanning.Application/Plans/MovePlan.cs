using CasePlanning.Application.Mail;
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
/// to the new lead, and the part of those who work for the old authority ends at this moment. What they said stays theirs, and the
/// old lead and those who are named keep a copy of what they could read.
/// </summary>
public sealed record MovePlan(Guid PlanId, int ReadAt, PlanMoved Body) : IFromVersion, IPlanRequest, IWithBody<PlanMoved>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Coordinate;
}

/// <summary>Who takes over, who stays, and who keeps a copy.</summary>
/// <param name="Lead">A participant who works for an agency of the authority to which the child moves.</param>
/// <param name="Staying">Those of the old authority's agencies who go on working with the child.</param>
/// <param name="Keeping">Of those who leave, the professionals who keep a copy besides the old lead.</param>
public sealed record PlanMoved(Guid Lead, IReadOnlyList<Guid>? Staying = null, IReadOnlyList<Guid>? Keeping = null)
{
    public const int MostStaying = 50;

    public const int MostKeeping = 10;
}

public sealed class PlanMovedValidator : AbstractValidator<PlanMoved>
{
    public PlanMovedValidator()
    {
        RuleFor(m => m.Staying).AtMost(PlanMoved.MostStaying);
        RuleFor(m => m.Keeping).AtMost(PlanMoved.MostKeeping);
    }
}

public sealed class MovePlanHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time) : IRequestHandler<MovePlan, Written>
{
    public async Task<Written> Handle(MovePlan request, CancellationToken cancellationToken)
    {
        var (now, staying, keeping) = (time.GetUtcNow(), request.Body.Staying ?? [], request.Body.Keeping ?? []);
        var plan = (await database.Plans.SingleAsync(p => p.Id == request.PlanId, cancellationToken)).AsReadAt(request.ReadAt);
        await PlanChecks.TakePart(database, plan.Id, staying, "/staying", now, cancellationToken);
        await PlanChecks.TakePart(database, plan.Id, keeping, "/keeping", now, cancellationToken);
        var lead = await database.Participants.SingleOrDefaultAsync(p => p.Id == request.Body.Lead && p.PlanId == plan.Id, cancellationToken);
        if (lead?.IsCurrent(now) is not true)
            throw InvalidRequest.At("/lead", "unknown", "Nobody with this id takes part in the plan now.");
        var there = await database.Agencies.AsNoTracking().SingleOrDefaultAsync(a => a.Id == lead.AgencyId, cancellationToken);
        var oldLead = plan.LeadParticipantId;
        var move = plan.MoveTo(there?.Authority, lead, call.Viewer.ParticipantId, now);
        database.PlanMoves.Add(move);
        database.Disclosures.Add(Disclosure.OfMove(move, there!.Name, now));

        var leaving = await Leaving(move, staying, now, cancellationToken);
        var keepers = leaving.Where(p => p.Id == oldLead || keeping.Contains(p.Id)).ToList();
        if (keepers.Any(p => p.Id != oldLead && !RolePowers.ReadsProfessionals(p.Role)))
            throw PlanRules.OnlyProfessionalsKeepIt.Broken();
        await KeepCopies(move, plan.Child.ChosenName, [.. keepers.Select(p => p.Id)], now, cancellationToken);
        foreach (var participant in leaving)
        {
            // One who was to begin later never does.
            participant.End(participant.From > now ? participant.From : now, lead);
            await InvitationLetters.TakeBackOpen(database, i => i.ParticipantId == participant.Id, now, cancellationToken);
            (await OwedWork.Of(database, call.Viewer, plan, participant.Id, cancellationToken)).MoveTo(lead, now);
        }

        return new Written(plan.Id, plan);
    }

    /// <summary>The family moves with the child; of the others, those who work for the old authority, or for nobody that is known.</summary>
    private async Task<List<Participant>> Leaving(PlanMove move, IReadOnlyList<Guid> staying, DateTimeOffset now, CancellationToken cancellation)
    {
        var there = await database.Participants.Where(p => p.PlanId == move.PlanId && (p.Until == null || now < p.Until) && !staying.Contains(p.Id)
            && (p.AgencyId == null || database.Agencies.Any(a => a.Id == p.AgencyId && a.Authority == move.From))).ToListAsync(cancellation);
        return [.. there.Where(p => !RolePowers.IsFamily(p.Role))];
    }

    /// <summary>To each what they could read, and no more: what is stored still says who leads, and that nobody has left.</summary>
    private async Task KeepCopies(PlanMove move, string child, IReadOnlyList<Guid> keepers, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var viewer in await Viewers.Load(database, database.Participants.Where(p => keepers.Contains(p.Id)), cancellation))
            database.PlanCopies.Add(new PlanCopy(move, viewer.PersonId, child, await PlanCopies.Make(database, viewer, clocks, now, cancellation), now));
    }
}
