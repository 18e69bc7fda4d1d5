using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Reviews;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Reviews;

public sealed class DecisionTests
{
    private static readonly Guid Sandover = Guid.NewGuid();
    private static readonly FourFields AtEight = new("Stay in set 1", "Tutoring at 8.00", "She asked", "Review on 9 December");
    private static readonly FourFields AtTwo = AtEight with { How = "Tutoring at 14.10" };

    private readonly Decision decision = new(OpenReview(MeetingAt), [Enjoy, Healthy, Enjoy], AtEight, because: [], Sandover, MeetingAt);

    [Fact]
    public void A_decision_is_for_each_of_its_outcomes_once_and_begins_with_its_first_words()
    {
        Assert.Equal([Enjoy, Healthy], decision.Outcomes);
        var first = Assert.Single(decision.Wordings);
        Assert.Equal((1, AtEight.How, Sandover, MeetingAt), (first.Number, first.How, first.ById, first.At));
    }

    [Fact]
    public void It_names_each_view_it_rests_on_once()
    {
        var view = Guid.NewGuid();
        Assert.Equal([view], new Decision(OpenReview(), [Enjoy], AtEight, [view, view], Sandover, MeetingAt).Because);
    }

    [Fact]
    public void New_words_keep_the_earlier_ones_and_the_time_of_the_decision()
    {
        decision.Reword(AtTwo, Sandover, MeetingAt.AddDays(6));
        Assert.Equal("Tutoring at 14.10", decision.How);
        Assert.Equal(["Tutoring at 8.00", "Tutoring at 14.10"], decision.Wordings.Select(w => w.How));
        Assert.Equal([1, 2], decision.Wordings.Select(w => w.Number));
        Assert.Equal(MeetingAt, decision.DecidedAt);
    }

    [Fact]
    public void The_same_words_again_are_no_change()
    {
        decision.Reword(AtEight with { }, Sandover, MeetingAt.AddDays(6));
        Assert.Single(decision.Wordings);
    }

    [Theory]
    [InlineData(Stance.Partly, null)]
    [InlineData(Stance.Partly, " ")]
    [InlineData(Stance.Disagree, null)]
    [InlineData(Stance.Disagree, "")]
    public void To_dissent_from_a_decision_needs_a_reason(Stance stance, string? reason) =>
        Rules.AssertBroken(DecisionRules.ReasonNeeded, () => new DecisionResponse(decision, Sandover, stance, reason, null, MeetingAt));

    [Theory]
    [InlineData(Stance.Agree, null)]
    [InlineData(Stance.NewToMe, null)]
    [InlineData(Stance.Partly, "Only until half term")]
    [InlineData(Stance.Disagree, "Two grades under target")]
    public void Any_other_stance_stands_without_one(Stance stance, string? reason)
    {
        var response = new DecisionResponse(decision, Sandover, stance, reason, DecisionField.Why, MeetingAt);
        Assert.Equal(
            (decision.Id, stance, reason, DecisionField.Why),
            (response.DecisionId, response.Stance, response.Reason, response.About));
    }

    [Theory]
    [InlineData(Stance.Agree, false)]
    [InlineData(Stance.Partly, true)]
    [InlineData(Stance.Disagree, true)]
    [InlineData(Stance.NewToMe, false)]
    public void Partly_and_disagree_are_dissents(Stance stance, bool isDissent) => Assert.Equal(isDissent, stance.IsDissent());

    [Fact]
    public void A_recheck_names_each_view_it_considered_once_and_leaves_the_decision_as_it_was()
    {
        var late = Guid.NewGuid();
        var recheck = new Recheck(decision, "Tutoring moves", changed: true, [late, late], Sandover, MeetingAt.AddDays(6));
        Assert.Equal([late], recheck.Considered);
        Assert.Equal(MeetingAt, decision.DecidedAt);
        Assert.Single(decision.Wordings);
    }
}
