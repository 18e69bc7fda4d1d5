using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Records that a decision was checked against the views that arrived after it.</summary>
public sealed record RecheckDecision(Guid DecisionId, NewRecheck Body) : ICreates, IPlanRequest, IWithBody<NewRecheck>
{
    public PlanPart About => PlanPart.Decision(DecisionId);

    public Permission Needs => Permission.Decide;
}

/// <summary>A recheck.</summary>
/// <param name="Changed">Whether the decision was changed because of it.</param>
/// <param name="Considered">The late views it was checked against; every one the caller can see when absent. Name them when you want a view that arrives this very moment to count as not yet considered.</param>
public sealed record NewRecheck(string Finding, bool Changed, IReadOnlyList<Guid>? Considered = null);

public sealed class NewRecheckValidator : AbstractValidator<NewRecheck>
{
    public NewRecheckValidator()
    {
        RuleFor(r => r.Finding).Words(Recheck.FindingLength);
        RuleFor(r => r.Considered).AtMost(Decision.MostBecause);
    }
}

public sealed class RecheckDecisionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<RecheckDecision, Written>
{
    public async Task<Written> Handle(RecheckDecision request, CancellationToken cancellationToken)
    {
        var (finding, changed, considered) = request.Body;
        var decision = await database.Decisions.SingleAsync(d => d.Id == request.DecisionId, cancellationToken);
        (await database.Reviews.SingleAsync(r => r.Id == decision.ReviewId, cancellationToken)).MustNotBeSigned();
        if (considered is not null)
            await VisibleViews.MustBeSeen(database, call.Viewer, considered, "/considered", cancellationToken);
        else
        {
            considered = [.. (await SeenContributions.Load(database, call.Viewer, c => c.ReviewId == decision.ReviewId, cancellationToken))
                .Where(c => c.Stands && decision.Outcomes.Contains(c.Outcome)).Select(c => c.Id)];
        }

        database.Rechecks.Add(new Recheck(decision, finding, changed, considered, call.Viewer.ParticipantId, time.GetUtcNow()));
        return new Written(decision.Id, decision);
    }
}
