using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Records what was settled, for which outcomes, why, and because of which contributions.</summary>
public sealed record RecordDecision(Guid ReviewId, NewDecision Body) : ICreates, IPlanRequest, IWithBody<NewDecision>
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Decide;
}

/// <summary>A decision to record.</summary>
/// <param name="Because">The contributions it rests on, among those the caller can see.</param>
public sealed record NewDecision(
    IReadOnlyList<string> Outcomes, string What, string Why, string? How = null, string? WhereNext = null, IReadOnlyList<Guid>? Because = null);

public sealed class NewDecisionValidator : AbstractValidator<NewDecision>
{
    public NewDecisionValidator()
    {
        RuleFor(d => d.Outcomes).AtLeastOne().AtMost(Decision.MostOutcomes);
        RuleForEach(d => d.Outcomes).Line(Framework.CodeLength);
        RuleFor(d => d.What).Words(FourFields.FieldLength);
        RuleFor(d => d.Why).Words(FourFields.FieldLength);
        RuleFor(d => d.How).OptionalWords(FourFields.FieldLength);
        RuleFor(d => d.WhereNext).OptionalWords(FourFields.FieldLength);
        RuleFor(d => d.Because).AtMost(Decision.MostBecause);
    }
}

public sealed class RecordDecisionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<RecordDecision, Written>
{
    public async Task<Written> Handle(RecordDecision request, CancellationToken cancellationToken)
    {
        var body = request.Body;
        var review = await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken);
        var codes = await PlanChecks.OutcomeCodes(database, review.PlanId, cancellationToken);
        var unknownOutcomes = body.Outcomes.Select((code, place) => (code, place)).Where(o => !codes.Contains(o.code))
            .Select(o => new InvalidMember($"/outcomes/{o.place}", "unknown", "The plan's framework has no outcome with this code.")).ToList();
        if (unknownOutcomes.Count > 0)
            throw new InvalidRequest(unknownOutcomes);

        var because = body.Because ?? [];
        await VisibleViews.MustBeSeen(database, call.Viewer, because, "/because", cancellationToken);
        var decision = new Decision(
            review, body.Outcomes, new FourFields(body.What, body.How, body.Why, body.WhereNext), because, call.Viewer.ParticipantId, time.GetUtcNow());
        database.Decisions.Add(decision);
        return new Written(decision.Id, decision);
    }
}
