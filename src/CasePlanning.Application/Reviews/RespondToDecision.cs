using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Takes a stance on a decision, or on one of its four fields. A later stance on the same field stands in its place.</summary>
public sealed record RespondToDecision(Guid DecisionId, NewDecisionResponse Body) : ICreates, IPlanRequest, IWithBody<NewDecisionResponse>
{
    public PlanPart About => PlanPart.Decision(DecisionId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>A stance on a decision.</summary>
/// <param name="Reason">Why; needed for <c>partly</c> and <c>disagree</c>.</param>
/// <param name="About">The field it is about; the decision as a whole when absent.</param>
public sealed record NewDecisionResponse(Stance Stance, string? Reason = null, DecisionField? About = null);

public sealed class NewDecisionResponseValidator : AbstractValidator<NewDecisionResponse>
{
    public NewDecisionResponseValidator()
    {
        RuleFor(r => r.Reason).OptionalWords(DecisionResponse.ReasonLength);
        RuleFor(r => r.Reason).Words(DecisionResponse.ReasonLength).When(r => r.Stance.IsDissent());
    }
}

public sealed class RespondToDecisionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<RespondToDecision, Written>
{
    public async Task<Written> Handle(RespondToDecision request, CancellationToken cancellationToken)
    {
        var (stance, reason, about) = request.Body;
        var decision = await database.Decisions.SingleAsync(d => d.Id == request.DecisionId, cancellationToken);
        (await database.Reviews.SingleAsync(r => r.Id == decision.ReviewId, cancellationToken)).MustNotBeSigned();
        database.DecisionResponses.Add(new DecisionResponse(decision, call.Viewer.ParticipantId, stance, reason, about, time.GetUtcNow()));
        return new Written(decision.Id, decision);
    }
}
