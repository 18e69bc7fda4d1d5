using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Changes a decision's words; the earlier ones stay readable.</summary>
public sealed record RewordDecision(Guid DecisionId, int ReadAt, DecisionChange Body) : IFromVersion, IPlanRequest, IWithBody<DecisionChange>
{
    public PlanPart About => PlanPart.Decision(DecisionId);

    public Permission Needs => Permission.Decide;
}

/// <summary>What to change; absent members stay as they are.</summary>
public sealed record DecisionChange(
    Change<string> What = default, Change<string?> How = default, Change<string> Why = default, Change<string?> WhereNext = default);

public sealed class DecisionChangeValidator : AbstractValidator<DecisionChange>
{
    public DecisionChangeValidator()
    {
        RuleFor(d => d.What.Value).Words(FourFields.FieldLength).When(d => d.What.IsGiven);
        RuleFor(d => d.How.Value).OptionalWords(FourFields.FieldLength);
        RuleFor(d => d.Why.Value).Words(FourFields.FieldLength).When(d => d.Why.IsGiven);
        RuleFor(d => d.WhereNext.Value).OptionalWords(FourFields.FieldLength);
    }
}

public sealed class RewordDecisionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<RewordDecision, Written>
{
    public async Task<Written> Handle(RewordDecision request, CancellationToken cancellationToken)
    {
        var change = request.Body;
        var decision = (await database.Decisions.SingleAsync(d => d.Id == request.DecisionId, cancellationToken)).AsReadAt(request.ReadAt);
        (await database.Reviews.SingleAsync(r => r.Id == decision.ReviewId, cancellationToken)).MustNotBeSigned();
        await database.DecisionWordings.Where(w => w.DecisionId == decision.Id).LoadAsync(cancellationToken);
        decision.Reword(
            new FourFields(change.What.Or(decision.What), change.How.Or(decision.How), change.Why.Or(decision.Why ?? ""), change.WhereNext.Or(decision.WhereNext)),
            call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(decision.Id, decision);
    }
}
