using CasePlanning.Application.Mail;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// The child was adopted. The plan is closed: everybody's part in it ends but those of the lead, the caller and the professionals who
/// are named; the child's numbers in other systems are forgotten, so that no search finds it; and no emergency opens it. A new plan
/// is opened under the new name, and nothing leads from one to the other.
/// </summary>
public sealed record RecordAdoption(Guid PlanId, int ReadAt, Adoption Body) : IFromVersion, IPlanRequest, IWhenFrozen, IWithBody<Adoption>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <param name="Keeping">The professionals who keep the plan, to answer for what was done under it.</param>
public sealed record Adoption(IReadOnlyList<Guid>? Keeping = null)
{
    public const int MostKeeping = 20;
}

public sealed class AdoptionValidator : AbstractValidator<Adoption>
{
    public AdoptionValidator() => RuleFor(a => a.Keeping).AtMost(Adoption.MostKeeping);
}

public sealed class RecordAdoptionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<RecordAdoption, Written>
{
    public async Task<Written> Handle(RecordAdoption request, CancellationToken cancellationToken)
    {
        if (!call.Viewer.MayRestrict)
            throw new NotAllowed("The lead professional and the social worker can record this.");
        var (now, keeping) = (time.GetUtcNow(), request.Body.Keeping ?? []);
        var plan = (await database.Plans.SingleAsync(p => p.Id == request.PlanId, cancellationToken)).AsReadAt(request.ReadAt);
        await PlanChecks.TakePart(database, plan.Id, keeping, "/keeping", now, cancellationToken);
        plan.CloseForAdoption(now);

        var everybody = await database.Participants.Where(p => p.PlanId == plan.Id && (p.Until == null || now < p.Until)).ToListAsync(cancellationToken);
        if (everybody.Any(p => keeping.Contains(p.Id) && !RolePowers.ReadsProfessionals(p.Role)))
            throw PlanRules.OnlyProfessionalsKeepIt.Broken();
        foreach (var leaving in everybody.Where(p => p.Id != plan.LeadParticipantId && p.Id != call.Viewer.ParticipantId && !keeping.Contains(p.Id)))
        {
            leaving.End(leaving.From > now ? leaving.From : now, cover: null);
            await InvitationLetters.TakeBackOpen(database, i => i.ParticipantId == leaving.Id, now, cancellationToken);
        }

        database.IdentifierDigests.RemoveRange(await database.IdentifierDigests.Where(d => d.PlanId == plan.Id).ToListAsync(cancellationToken));
        var opened = await database.EmergencyAccesses.Where(e => e.PlanId == plan.Id && e.EndedAt == null && now < e.ExpiresAt).ToListAsync(cancellationToken);
        opened.ForEach(e => e.End(now));
        return new Written(plan.Id, plan);
    }
}
