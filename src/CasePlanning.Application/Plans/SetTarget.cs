using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;

namespace CasePlanning.Application.Plans;

/// <summary>Sets a target: a SMART aim for an outcome, with how everybody will know that it is met.</summary>
public sealed record SetTarget(Guid PlanId, NewTarget Body) : ICreates, IPlanRequest, IWithBody<NewTarget>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Act;
}

/// <summary>A target to set.</summary>
/// <param name="Measure">How everybody will know that it is met.</param>
public sealed record NewTarget(
    string Outcome, string What, string Measure, string? How = null, string? Why = null, string? WhereNext = null, DateOnly? Due = null);

public sealed class NewTargetValidator : AbstractValidator<NewTarget>
{
    public NewTargetValidator()
    {
        RuleFor(t => t.Outcome).Line(Framework.CodeLength);
        RuleFor(t => t.What).Words(FourFields.FieldLength);
        RuleFor(t => t.Measure).Words(Target.MeasureLength);
        RuleFor(t => t.How).OptionalWords(FourFields.FieldLength);
        RuleFor(t => t.Why).OptionalWords(FourFields.FieldLength);
        RuleFor(t => t.WhereNext).OptionalWords(FourFields.FieldLength);
        RuleFor(t => t.Due).Day();
    }
}

public sealed class SetTargetHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<SetTarget, Written>
{
    public async Task<Written> Handle(SetTarget request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        await PlanChecks.OutcomeExists(database, request.PlanId, body.Outcome, "/outcome", cancellationToken);
        var target = new Target(
            request.PlanId, body.Outcome, new FourFields(body.What, body.How, body.Why, body.WhereNext), body.Measure, body.Due,
            call.Viewer.ParticipantId, time.GetUtcNow());
        database.Targets.Add(target);
        return new Written(target.Id, target);
    }
}
