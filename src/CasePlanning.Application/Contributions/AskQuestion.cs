using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>Asks under a view; whoever asks learns who will answer and by when.</summary>
public sealed record AskQuestion(Guid ContributionId, NewQuestion Body) : ICreates, IPlanRequest, IWithBody<NewQuestion>
{
    public PlanPart About => PlanPart.Contribution(ContributionId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>A question, or a request for something to happen.</summary>
/// <param name="To">The participant who is to answer; the view's author when absent, or the lead professional when the author asks.</param>
/// <param name="Kind">A child's request must have a reply before the review closes.</param>
public sealed record NewQuestion(string Words, Guid? To = null, QuestionKind Kind = QuestionKind.Question);

public sealed class NewQuestionValidator : AbstractValidator<NewQuestion>
{
    public NewQuestionValidator() => RuleFor(q => q.Words).Words(Question.WordsLength);
}

public sealed class AskQuestionHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<AskQuestion, Written>
{
    public async Task<Written> Handle(AskQuestion request, CancellationToken cancellationToken)
    {
        var (viewer, body, now) = (call.Viewer, request.Body, time.GetUtcNow());
        var (contribution, inFull) = await ReadableContribution.Load(database, viewer, request.ContributionId, cancellationToken);
        (await database.Reviews.SingleAsync(r => r.Id == contribution.ReviewId, cancellationToken)).MustNotBeSigned();

        var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == viewer.PlanId, cancellationToken);
        var answerBy = body.To ?? (contribution.VoiceId == viewer.ParticipantId ? plan.LeadParticipantId : contribution.VoiceId);
        var answerer = await database.Participants.AsNoTracking().SingleOrDefaultAsync(p => p.Id == answerBy && p.PlanId == viewer.PlanId, cancellationToken);
        if (answerer?.IsCurrent(now) is not true || answerer.Id == viewer.ParticipantId)
            throw InvalidRequest.At("/to", "unknown", "Nobody else with this id takes part in the plan now.");
        await MustReach(answerer, contribution.Id, cancellationToken);

        var clock = clocks.Of(plan.Authority);
        var question = new Question(
            contribution, toSummary: !inFull, body.Kind, body.Words, viewer.ParticipantId, answerer.Id, clock.Due(now, clock.Rules.Answer), now);
        database.Questions.Add(question);
        return new Written(question.Id);
    }

    /// <summary>A question about words the answerer may not read would either hang or tell of them.</summary>
    private async Task MustReach(Participant answerer, Guid contributionId, CancellationToken cancellation)
    {
        var answering = (await Viewers.Load(database, database.Participants.Where(p => p.Id == answerer.Id), cancellation)).Single();
        if (!await database.Contributions.ContributionsVisibleTo(answering).AnyAsync(c => c.Id == contributionId, cancellation)
            && !await database.Contributions.ContributionsSummarisedFor(answering).AnyAsync(c => c.Id == contributionId, cancellation))
            throw ContributionRules.CannotReach.Broken();
    }
}
