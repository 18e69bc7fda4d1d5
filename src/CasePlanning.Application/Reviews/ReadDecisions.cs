using System.Linq.Expressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;

namespace CasePlanning.Application.Reviews;

/// <summary>The decisions of a review, in the order in which they were taken.</summary>
public sealed record ListDecisions(Guid ReviewId, PageOf Page) : IQuery<Page<DecisionView>>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Read;
}

/// <summary>One decision.</summary>
public sealed record ReadDecision(Guid DecisionId) : IQuery<DecisionView>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Decision(DecisionId);

    public Permission Needs => Permission.Read;
}

/// <summary>The disagreements that stand on the plan's decisions, of all reviews, oldest first.</summary>
public sealed record ListDissents(Guid PlanId, PageOf Page) : IQuery<Page<DissentView>>, IPlanRequest, IForClientsThatRead
{
    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

public sealed class ReadDecisionsHandler(IPlanningDatabase database, CurrentCall call)
    : IRequestHandler<ListDecisions, Page<DecisionView>>, IRequestHandler<ReadDecision, DecisionView>, IRequestHandler<ListDissents, Page<DissentView>>
{
    public async Task<Page<DecisionView>> Handle(ListDecisions request, CancellationToken cancellationToken) =>
        (await Load(d => d.ReviewId == request.ReviewId, cancellationToken)).Cut(d => d.Id, request.Page);

    public async Task<DecisionView> Handle(ReadDecision request, CancellationToken cancellationToken) =>
        (await Load(d => d.Id == request.DecisionId, cancellationToken)).Single();

    public async Task<Page<DissentView>> Handle(ListDissents request, CancellationToken cancellationToken) =>
        (await Load(d => d.PlanId == request.PlanId, cancellationToken)).SelectMany(d => d.Dissents)
            .OrderBy(d => d.At).ThenBy(d => d.Id).Cut(d => d.Id, request.Page);

    private async Task<List<DecisionView>> Load(Expression<Func<Decision, bool>> which, CancellationToken cancellation)
    {
        var team = await Team.Load(database, call.Viewer, cancellation);
        var seen = await SeenContributions.Load(database, call.Viewer, c => true, cancellation);
        return await DecisionViews.Load(database, call.Viewer, team, seen, which, cancellation);
    }
}
