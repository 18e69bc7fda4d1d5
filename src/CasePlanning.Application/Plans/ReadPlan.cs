using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The shared header of a plan: the child, the framework, who leads, the clocks.</summary>
public sealed record ReadPlan(Guid PlanId) : IQuery<PlanView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>The one shared plan of a child.</summary>
/// <param name="Framework">The code of the framework it is structured by.</param>
/// <param name="Me">The caller's own participation; absent for whoever looks without taking part.</param>
/// <param name="Moves">From which authority it came, and when; newest first.</param>
/// <param name="AdoptedAt">The child was adopted, and the plan is closed.</param>
/// <param name="Frozen">Consent to it was withdrawn: only the child, and those with another lawful basis, add to it.</param>
/// <param name="Clocks">The dated duties under the authority's clocks.</param>
public sealed record PlanView(
    Guid Id, PlanKind Kind, ChildView Child, string Framework, IReadOnlyList<OutcomeView> Outcomes, string Authority, DateOnly StartedOn,
    DateTimeOffset OpenedAt, IReadOnlyList<MoveView> Moves, DateTimeOffset? AdoptedAt, Who LeadProfessional, Who? Me, bool Frozen,
    IReadOnlyList<ClockView> Clocks, IReadOnlyList<ReviewSummary> Reviews, int Version)
    : IVersionedView;

/// <summary>That the plan went from one authority to another.</summary>
public sealed record MoveView(string From, string To, DateTimeOffset At);

public sealed class ReadPlanHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadPlan, PlanView>
{
    public async Task<PlanView> Handle(ReadPlan request, CancellationToken cancellationToken)
    {
        var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == request.PlanId, cancellationToken);
        var framework = await database.Frameworks.AsNoTracking().SingleAsync(f => f.Code == plan.Framework, cancellationToken);
        var reviews = await database.Reviews.AsNoTracking().Where(r => r.PlanId == plan.Id).ToListAsync(cancellationToken);
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        var clock = clocks.Of(plan.Authority);
        var today = clock.DayOf(time.GetUtcNow());
        var child = plan.Child;
        return new PlanView(
            plan.Id, plan.Kind,
            new ChildView(child.ChosenName, child.GivenName, child.FamilyName, child.KnownAs, child.DateOfBirth,
                // Numbers other systems use are for professionals: a family has no need of them here.
                call.Viewer.IsToldWhatIsWithheld ? [.. child.Identifiers.Select(i => new ChildIdentifierView(i.System, i.Value))] : []),
            plan.Framework, [.. framework.Outcomes.Select(o => new OutcomeView(o.Code, o.Name, o.ChildName, o.Aims))],
            plan.Authority, plan.StartedOn, plan.OpenedAt, await Moves(plan.Id, cancellationToken), plan.AdoptedAt, team[plan.LeadParticipantId], team.Has(call.Viewer.ParticipantId) ? team[call.Viewer.ParticipantId] : null,
            await PlanChecks.IsFrozen(database, plan.Id, cancellationToken), Reading.Clocks.Of(plan, clock),
            [.. reviews.OrderByDescending(r => r.OpensOn).ThenByDescending(r => r.Id).Select(r => ReviewSummary.Of(r, today))],
            plan.Version);
    }

    private Task<List<MoveView>> Moves(Guid planId, CancellationToken cancellation) => database.PlanMoves.Where(m => m.PlanId == planId)
        .OrderByDescending(m => m.At).Select(m => new MoveView(m.From, m.To, m.At)).ToListAsync(cancellation);
}
