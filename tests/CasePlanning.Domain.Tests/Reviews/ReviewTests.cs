using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Reviews;

public sealed class ReviewTests
{
    private static readonly Guid Tresk = Guid.NewGuid();
    private static readonly BrokenRuleDetail Bryn = new(Guid.NewGuid(), "Not heard yet.");
    private static readonly BrokenRuleDetail KeziasRequest = new(Guid.NewGuid(), "No reply yet.");
    private static readonly OpenDifference OnSafety = new(Safe, "Stay safe");
    private static readonly TimeSpan Tick = new(1);

    [Theory]
    [InlineData(-1, ReviewState.Planned)]
    [InlineData(0, ReviewState.Open)]
    [InlineData(21, ReviewState.Open)] // the last day of the window belongs to it
    [InlineData(22, ReviewState.Closing)]
    [InlineData(400, ReviewState.Closing)] // nothing closes by itself
    public void Until_somebody_closes_it_the_state_follows_from_the_dates(int daysAfterOpening, ReviewState state) =>
        Assert.Equal(state, OpenReview().StateOn(WindowOpens.AddDays(daysAfterOpening)));

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(400)]
    public void Closed_and_signed_are_acts_of_people_and_not_of_dates(int daysAfterOpening)
    {
        var review = OpenReview();
        review.CloseInOrder();
        Assert.Equal(ReviewState.Closed, review.StateOn(WindowOpens.AddDays(daysAfterOpening)));
        review.SignOff([], Tresk, MeetingAt);
        Assert.Equal(ReviewState.Signed, review.StateOn(WindowOpens.AddDays(daysAfterOpening)));
    }

    [Fact]
    public void A_voice_that_nobody_did_anything_about_keeps_the_review_from_closing_and_is_named()
    {
        var review = OpenReview();
        var broken = Rules.AssertBroken(ReviewRules.VoiceNotAddressed, () => review.Close([Bryn], [], [], null, Tresk, MeetingAt));
        Assert.Equal([Bryn], broken.Details);
        Assert.Null(review.ClosedAt);
    }

    [Fact]
    public void A_child_who_waits_for_a_reply_keeps_the_review_from_closing()
    {
        var review = OpenReview();
        var broken = Rules.AssertBroken(ReviewRules.ChildWaitsForReply, () => review.Close([], [KeziasRequest], [], null, Tresk, MeetingAt));
        Assert.Equal([KeziasRequest], broken.Details);
        Assert.Null(review.ClosedAt);
    }

    [Fact]
    public void Voices_come_before_replies_when_both_are_wanting() =>
        Rules.AssertBroken(ReviewRules.VoiceNotAddressed, () => OpenReview().Close([Bryn], [KeziasRequest], [], null, Tresk, MeetingAt));

    [Fact]
    public void A_difference_on_which_nothing_was_decided_is_not_left_open_without_a_reason()
    {
        var review = OpenReview();
        var broken = Rules.AssertBroken(ReviewRules.DifferenceLeftOpen, () => review.Close([], [], [OnSafety], null, Tresk, MeetingAt));
        Assert.Equal(["Views differ on Stay safe, and nothing was decided on it."], broken.Details.Select(d => d.Message));
        Assert.Null(review.ClosedAt);

        review.Close([], [], [OnSafety], "Both wait for the first month", Tresk, MeetingAt);
        Assert.Equal("Both wait for the first month", review.LeftOpen);
        Assert.Equal([Safe], review.OutcomesLeftOpen);
    }

    [Fact]
    public void Nothing_is_left_open_where_views_do_not_differ()
    {
        var review = OpenReview();
        review.Close([], [], [], "In case they do", Tresk, MeetingAt);
        Assert.Null(review.LeftOpen);
        Assert.Empty(review.OutcomesLeftOpen);
    }

    [Fact]
    public void Replies_come_before_differences_when_both_are_wanting() =>
        Rules.AssertBroken(ReviewRules.ChildWaitsForReply, () => OpenReview().Close([], [KeziasRequest], [OnSafety], null, Tresk, MeetingAt));

    [Fact]
    public void A_review_without_any_meeting_is_opened_closed_and_signed()
    {
        var review = OpenReview();
        review.Close([], [], [], null, Tresk, MeetingAt);
        Assert.Equal((MeetingAt, Tresk), (review.ClosedAt, review.ClosedById));
        review.SignOff([], Tresk, MeetingAt.AddDays(5));
        Assert.Equal((MeetingAt.AddDays(5), Tresk), (review.SignedAt, review.SignedById));
    }

    [Fact]
    public void It_is_signed_only_when_it_is_closed() =>
        Rules.AssertBroken(ReviewRules.NotClosed, () => OpenReview().SignOff([], Tresk, MeetingAt));

    [Fact]
    public void A_decision_that_a_late_view_puts_in_question_keeps_it_from_being_signed()
    {
        var review = OpenReview();
        review.CloseInOrder();
        var decision = new BrokenRuleDetail(Guid.NewGuid(), "A view arrived after this decision.");
        var broken = Rules.AssertBroken(DecisionRules.NeedsRecheck, () => review.SignOff([decision], Tresk, MeetingAt));
        Assert.Equal([decision], broken.Details);
        Assert.Null(review.SignedAt);
    }

    [Fact]
    public void A_closed_review_is_not_closed_again_nor_moved()
    {
        var review = OpenReview(MeetingAt);
        review.CloseInOrder();
        Rules.AssertBroken(ReviewRules.IsClosed, () => review.Close([], [], [], null, Tresk, MeetingAt));
        Rules.AssertBroken(ReviewRules.IsClosed, () => review.Schedule(WindowOpens, WindowCloses.AddDays(7)));
        Rules.AssertBroken(ReviewRules.IsClosed, () => review.Meet([]));
        Assert.Equal(WindowCloses, review.ClosesOn);
        Assert.Single(review.Meetings);
    }

    [Fact]
    public void What_is_still_possible_between_close_and_sign_off()
    {
        var review = OpenReview();
        review.CloseInOrder();
        review.Rename("Autumn review");
        Say(Gather(Role.Nurse), review, at: MeetingAt.AddDays(6));
        Assert.NotEmpty(DecisionIn(review).Wordings);
        Assert.Equal("Autumn review", review.Title);
    }

    [Fact]
    public void After_sign_off_everything_is_refused()
    {
        var review = OpenReview();
        var nurse = Gather(Role.Nurse);
        var view = Say(nurse, review);
        review.CloseAndSignOff();

        Rules.AssertBroken(ReviewRules.IsSigned, () => review.Rename("Another"));
        Rules.AssertBroken(ReviewRules.IsSigned, () => review.Schedule(WindowOpens, WindowCloses));
        Rules.AssertBroken(ReviewRules.IsSigned, () => review.Meet([]));
        Rules.AssertBroken(ReviewRules.IsSigned, () => review.Close([], [], [], null, Tresk, MeetingAt));
        Rules.AssertBroken(ReviewRules.IsSigned, () => review.SignOff([], Tresk, MeetingAt));
        Rules.AssertBroken(ReviewRules.IsSigned, () => DecisionIn(review));
        Rules.AssertBroken(ReviewRules.IsSigned, () => Say(nurse, review));
        Rules.AssertBroken(ReviewRules.IsSigned, () => view.Revise(review, nurse.Id, Words("More."), null, MeetingAt));
        Rules.AssertBroken(ReviewRules.IsSigned, () => view.Withdraw(review, nurse.Id, MeetingAt));
    }

    [Fact]
    public void A_review_cannot_close_before_it_opens_and_can_on_the_same_day()
    {
        Rules.AssertBroken(ReviewRules.ClosesBeforeItOpens, () => ReviewFrom(0, -1));
        var review = ReviewFrom(0, 0);
        Rules.AssertBroken(ReviewRules.ClosesBeforeItOpens, () => review.Schedule(WindowOpens, WindowOpens.AddDays(-1)));
        Assert.Equal((WindowOpens, WindowOpens), (review.OpensOn, review.ClosesOn));
    }

    [Theory]
    [InlineData(-30, -1, false)] // the day before
    [InlineData(-30, 0, true)] // the first day is shared
    [InlineData(5, 10, true)] // within
    [InlineData(-30, 30, true)] // around
    [InlineData(21, 30, true)] // the last day is shared
    [InlineData(22, 30, false)] // the day after
    public void Two_windows_overlap_when_they_share_a_day(int opens, int closes, bool overlap)
    {
        var (review, other) = (OpenReview(), ReviewFrom(opens, closes));
        Assert.Equal(overlap, review.Overlaps(other));
        Assert.Equal(overlap, other.Overlaps(review));
    }

    [Fact]
    public void Without_a_meeting_nothing_is_ever_after_it()
    {
        Assert.False(OpenReview().IsAfterMeetings(Begin));
        Assert.False(OpenReview().IsAfterMeetings(MeetingAt.AddYears(1)));
    }

    [Fact]
    public void With_one_meeting_it_is_after_from_the_time_of_the_meeting_on()
    {
        var review = OpenReview(MeetingAt);
        Assert.False(review.IsAfterMeetings(MeetingAt - Tick));
        Assert.True(review.IsAfterMeetings(MeetingAt));
    }

    [Fact]
    public void With_several_meetings_it_is_before_while_one_is_still_to_come()
    {
        var review = OpenReview(MeetingAt.AddDays(2), MeetingAt);
        Assert.False(review.IsAfterMeetings(MeetingAt.AddDays(1)));
        Assert.True(review.IsAfterMeetings(MeetingAt.AddDays(2)));
        Assert.Equal([MeetingAt, MeetingAt.AddDays(2)], review.Meetings.Select(m => m.At));
    }

    [Fact]
    public void Meetings_can_be_moved_and_called_off_and_are_kept_in_order_of_time()
    {
        var review = OpenReview(MeetingAt);
        review.Meet([new Meeting(MeetingAt.AddDays(2), null), new Meeting(MeetingAt.AddDays(1), null)]);
        Assert.Equal([MeetingAt.AddDays(1), MeetingAt.AddDays(2)], review.Meetings.Select(m => m.At));
        review.Meet([]);
        Assert.Empty(review.Meetings);
    }

    private static Review ReviewFrom(int opens, int closes) =>
        new(Id, "Another", WindowOpens.AddDays(opens), WindowOpens.AddDays(closes), [], invitesEveryone: false, Tresk, Begin);

    private static Decision DecisionIn(Review review) =>
        new(review, [Enjoy], new FourFields("Stay in set 1", null, "She asked", null), because: [], Tresk, MeetingAt);
}
