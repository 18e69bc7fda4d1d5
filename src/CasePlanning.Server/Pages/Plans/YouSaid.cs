using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// What came of something that the child said: what was answered, what was decided because of it, and what was done or not done
/// then. Nothing is made up here; each line is somebody's answer, decision or action.
/// </summary>
public sealed record YouSaid(PlanSheet Sheet, ContributionView View)
{
    public IReadOnlyList<WhatCame> What { get; } = [.. Answers(Sheet, View), .. Decisions(Sheet, View), .. Responses(Sheet, View)];

    /// <summary>What was asked and is not answered: who answers, and by when.</summary>
    public IReadOnlyList<(string Asked, string Answering)> Waiting { get; } =
        [.. View.Questions.Where(q => Sheet.IsMe(q.By.ParticipantId) && !q.Answered).Select(q => (q.Words, Sheet.Answering(q)))];

    private static IEnumerable<WhatCame> Answers(PlanSheet sheet, ContributionView view) =>
        from question in view.Questions
        where sheet.IsMe(question.By.ParticipantId)
        from answer in question.Answers
        let heading = answer.Kind switch
        {
            AnswerKind.WeDid => "We did",
            AnswerKind.WeCouldNot => "We couldn’t, because",
            _ => "We answered",
        }
        select new WhatCame(heading, answer.Words, $"You asked: “{question.Words}” {sheet.Name(answer.By)}, {sheet.Day(answer.At)}", ToMore: null);

    private static IEnumerable<WhatCame> Decisions(PlanSheet sheet, ContributionView view)
    {
        var decisions = sheet.Reading.Outcomes.SelectMany(o => o.Decisions).Where(d => d.Because.Contains(view.Id)).DistinctBy(d => d.Id);
        foreach (var decision in decisions)
        {
            var actions = sheet.Plan.Actions.Where(a => a.DecisionId == decision.Id).ToList();
            yield return new WhatCame("We decided", Because(decision.What, decision.Why), $"{sheet.Name(decision.DecidedBy)}, {sheet.Day(decision.DecidedAt)}", sheet.To(decision));
            foreach (var action in actions)
                yield return Of(sheet, action);
        }
    }

    private static WhatCame Of(PlanSheet sheet, ActionView action)
    {
        var who = PlanWords.Listed(action.Holders.Select(sheet.Name));
        return action.State switch
        {
            ActionState.Done => new WhatCame("We did", Because(action.What, action.Result), who, ToMore: null),
            ActionState.NotDone => new WhatCame("We couldn’t, because", action.Result ?? "", $"{action.What}. {who}", ToMore: null),
            _ => new WhatCame("We will do", action.What, action.Due is { } due ? $"{who}, by {sheet.Day(due)}" : who, ToMore: null),
        };
    }

    private static IEnumerable<WhatCame> Responses(PlanSheet sheet, ContributionView view) =>
        from response in view.Responses
        where !sheet.IsMe(response.By.ParticipantId)
        select new WhatCame($"{response.By.Name} {PlanWords.Does(response.Stance)}", response.Reason ?? "", sheet.Day(response.At), ToMore: null);

    private static string Because(string what, string? more) => more is null ? what : $"{what.TrimEnd('.')}. {more}";
}

/// <param name="Words">Somebody's own.</param>
/// <param name="From">Who, and when; in our words round theirs.</param>
public sealed record WhatCame(string Heading, string Words, string From, string? ToMore);
