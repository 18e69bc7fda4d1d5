using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;

namespace CasePlanning.Application.Plans;

/// <summary>Changes an action's words or due day, or says what came of it.</summary>
public sealed record ChangeAction(Guid ActionId, int ReadAt, ActionChange Body) : IFromVersion, IPlanRequest, IWithBody<ActionChange>
{
    public PlanPart About => PlanPart.Action(ActionId);

    public Permission Needs => Permission.Act;
}

/// <summary>What to change; absent members stay as they are.</summary>
/// <param name="Result">What came of it; needed when it was not done.</param>
public sealed record ActionChange(
    Change<string> What = default, Change<string?> How = default, Change<string?> Why = default, Change<string?> WhereNext = default,
    Change<DateOnly?> Due = default, Change<ActionState> State = default, Change<string?> Result = default);

public sealed class ActionChangeValidator : AbstractValidator<ActionChange>
{
    public ActionChangeValidator()
    {
        RuleFor(a => a.What.Value).Words(FourFields.FieldLength).When(a => a.What.IsGiven);
        RuleFor(a => a.How.Value).OptionalWords(FourFields.FieldLength);
        RuleFor(a => a.Why.Value).OptionalWords(FourFields.FieldLength);
        RuleFor(a => a.WhereNext.Value).OptionalWords(FourFields.FieldLength);
        RuleFor(a => a.Due.Value).Day();
        RuleFor(a => a.Result.Value).OptionalWords(PlanAction.ReasonLength);
    }
}

public sealed class ChangeActionHandler(IPlanningDatabase database, TimeProvider time) : IRequestHandler<ChangeAction, Written>
{
    public async Task<Written> Handle(ChangeAction request, CancellationToken cancellationToken)
    {
        var change = request.Body;
        var now = time.GetUtcNow();
        var action = (await ActionAggregates.Load(database, request.ActionId, cancellationToken)).AsReadAt(request.ReadAt);
        action.Change(
            new FourFields(change.What.Or(action.What), change.How.Or(action.How), change.Why.Or(action.Why), change.WhereNext.Or(action.WhereNext)),
            change.Due.Or(action.Due), now);
        if (change.State.IsGiven || change.Result.IsGiven)
            action.Finish(change.State.Or(action.State), change.Result.Or(action.Result), now);
        return new Written(action.Id, action);
    }
}
