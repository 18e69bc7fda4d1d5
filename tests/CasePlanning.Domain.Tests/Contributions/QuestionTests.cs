using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class QuestionTests
{
    private static readonly Guid Sandover = Guid.NewGuid();
    private static readonly Guid Raike = Guid.NewGuid();

    private readonly Question question = new(
        Say(Gather(Role.Child), OpenReview()), toSummary: false, QuestionKind.Request, "Can I stay in top set?", by: Guid.NewGuid(),
        answerBy: Sandover, new DateOnly(2026, 10, 8), Begin);

    [Fact]
    public void Whoever_covers_for_the_one_who_was_asked_owes_the_answer()
    {
        question.CoverFor(Raike);
        Assert.Equal(Raike, question.AnswerById);
        Assert.Null(question.AnsweredAt);
    }

    [Fact]
    public void It_is_answered_as_often_as_need_be_and_the_first_answer_ends_the_wait()
    {
        var first = question.Reply(AnswerKind.Answer, "We will talk.", onlyForAsker: false, Sandover, MeetingAt);
        var second = question.Reply(AnswerKind.WeDid, "You stay.", onlyForAsker: true, Sandover, MeetingAt.AddDays(1));
        Assert.Equal(MeetingAt, question.AnsweredAt);
        Assert.Equal(("We will talk.", "You stay."), (first.Words, second.Words));
        Assert.Equal((question.Id, true), (second.QuestionId, second.OnlyForAsker));
    }
}
