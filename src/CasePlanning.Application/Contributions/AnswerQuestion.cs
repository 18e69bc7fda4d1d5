using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>Answers a question: whoever it was put to, or somebody who coordinates the plan.</summary>
public sealed record AnswerQuestion(Guid QuestionId, NewAnswer Body) : ICreates, IPlanRequest, IWithBody<NewAnswer>
{
    public PlanPart About => PlanPart.Question(QuestionId);

    public Permission Needs => Permission.Contribute;
}

/// <summary>An answer.</summary>
/// <param name="Kind">For a request: <c>weDid</c>, or <c>weCouldNot</c> and why.</param>
/// <param name="OnlyForAsker">Only whoever asked, and whoever the question was put to, read it.</param>
public sealed record NewAnswer(string Words, AnswerKind Kind = AnswerKind.Answer, bool OnlyForAsker = false);

/// <summary>One question with its answers.</summary>
public sealed record ReadQuestion(Guid QuestionId) : IQuery<QuestionView>, IPlanRequest
{
    public PlanPart About => PlanPart.Question(QuestionId);

    public Permission Needs => Permission.Read;
}

public sealed class NewAnswerValidator : AbstractValidator<NewAnswer>
{
    public NewAnswerValidator() => RuleFor(a => a.Words).Words(Answer.WordsLength);
}

public sealed class AnswerQuestionHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time)
    : IRequestHandler<AnswerQuestion, Written>, IRequestHandler<ReadQuestion, QuestionView>
{
    public async Task<Written> Handle(AnswerQuestion request, CancellationToken cancellationToken)
    {
        var (words, kind, onlyForAsker) = request.Body;
        var question = await database.Questions.SingleAsync(q => q.Id == request.QuestionId, cancellationToken);
        if (question.AnswerById != call.Viewer.ParticipantId && !call.Viewer.May(Permission.Coordinate))
            throw ContributionRules.NotYoursToAnswer.Broken();
        database.Answers.Add(question.Reply(kind, words, onlyForAsker, call.Viewer.ParticipantId, time.GetUtcNow()));
        return new Written(question.Id);
    }

    public async Task<QuestionView> Handle(ReadQuestion request, CancellationToken cancellationToken)
    {
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        return (await ContributionViews.Questions(database, call.Viewer, team, q => q.Id == request.QuestionId, cancellationToken)).Single().View;
    }
}
