using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>Takes a stance on somebody's view, which stays as it is.</summary>
public sealed record RespondToContribution(Guid ContributionId, NewResponse Body) : ICreates, IPlanRequest, IWithBody<NewResponse>
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>A stance on a view.</summary>
/// <param name="Reason">Why; needed for <c>partly</c> and <c>disagree</c>.</param>
public sealed record NewResponse(Stance Stance, string? Reason = null);

public sealed class NewResponseValidator : AbstractValidator<NewResponse>
{
    public NewResponseValidator()
    {
        RuleFor(r => r.Reason).OptionalWords(Response.ReasonLength);
        RuleFor(r => r.Reason).Words(Response.ReasonLength).When(r => r.Stance.IsDissent());
    }
}

public sealed class RespondToContributionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<RespondToContribution, Written>
{
    public async Task<Written> Handle(RespondToContribution request, CancellationToken cancellationToken)
    {
        var (contribution, inFull) = await ReadableContribution.Load(database, call.Viewer, request.ContributionId, cancellationToken);
        (await database.Reviews.SingleAsync(r => r.Id == contribution.ReviewId, cancellationToken)).MustNotBeSigned();
        database.Responses.Add(new Response(
            contribution, toSummary: !inFull, call.Viewer.ParticipantId, request.Body.Stance, request.Body.Reason, time.GetUtcNow()));
        return new Written(contribution.Id);
    }
}
