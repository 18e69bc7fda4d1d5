using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>Agrees an action: what, how, why and where to next, for an outcome, with whoever holds it.</summary>
public sealed record AgreeAction(Guid PlanId, NewAction Body) : ICreates, IPlanRequest, IWithBody<NewAction>
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Act;
}

/// <summary>An action to agree.</summary>
/// <param name="Holders">The participants who hold it, of one or more agencies; the caller when absent.</param>
/// <param name="DecisionId">The decision it carries out.</param>
public sealed record NewAction(
    string Outcome, string What, string? How = null, string? Why = null, string? WhereNext = null, IReadOnlyList<Guid>? Holders = null,
    DateOnly? Due = null, Guid? DecisionId = null);

public sealed class NewActionValidator : AbstractValidator<NewAction>
{
    public NewActionValidator()
    {
        RuleFor(a => a.Outcome).Line(Framework.CodeLength);
        RuleFor(a => a.What).Words(FourFields.FieldLength);
        RuleFor(a => a.How).OptionalWords(FourFields.FieldLength);
        RuleFor(a => a.Why).OptionalWords(FourFields.FieldLength);
        RuleFor(a => a.WhereNext).OptionalWords(FourFields.FieldLength);
        RuleFor(a => a.Holders).AtMost(PlanAction.MostHolders);
        RuleFor(a => a.Holders).AtLeastOne().When(a => a.Holders is not null);
        RuleFor(a => a.Due).Day();
    }
}

public sealed class AgreeActionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<AgreeAction, Written>
{
    public async Task<Written> Handle(AgreeAction request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        var now = time.GetUtcNow();
        await PlanChecks.OutcomeExists(database, request.PlanId, body.Outcome, "/outcome", cancellationToken);
        var holders = body.Holders ?? [call.Viewer.ParticipantId];
        await PlanChecks.TakePart(database, request.PlanId, holders, "/holders", now, cancellationToken);
        if (body.DecisionId is { } decision && !await database.Decisions.AnyAsync(d => d.Id == decision && d.PlanId == request.PlanId, cancellationToken))
            throw InvalidRequest.At("/decisionId", "unknown", "The plan has no decision with this id.");

        var action = new PlanAction(
            request.PlanId, body.Outcome, new FourFields(body.What, body.How, body.Why, body.WhereNext), body.Due, holders, body.DecisionId,
            call.Viewer.ParticipantId, now);
        database.Actions.Add(action);
        return new Written(action.Id, action);
    }
}
