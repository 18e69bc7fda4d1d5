using CasePlanning.Domain.Reviews;
using Xunit;

namespace CasePlanning.Domain.Tests.Reviews;

public sealed class VoiceTests
{
    private static readonly Guid Tresk = Guid.NewGuid();
    private static readonly Attempt Call = new(new DateOnly(2026, 10, 12), AttemptHow.Phone, null, Tresk);

    private readonly Voice voice = new(KeziasPlan.OpenReview(), Guid.NewGuid(), KeziasPlan.Begin);

    [Fact]
    public void A_voice_that_was_only_invited_is_not_heard_yet_and_nothing_is_settled()
    {
        Assert.Equal(VoiceStatus.NotYet, voice.StatusWhen(hasSpoken: false, spokenFor: false));
        Assert.False(voice.IsSettledWhen(VoiceStatus.NotYet));
    }

    [Theory]
    //          spoken spokenFor declined couldNot
    [InlineData(false, false, false, false, VoiceStatus.NotYet)]
    [InlineData(false, false, false, true, VoiceStatus.CouldNotReach)]
    [InlineData(false, false, true, false, VoiceStatus.Declined)]
    [InlineData(false, false, true, true, VoiceStatus.Declined)]
    [InlineData(false, true, false, false, VoiceStatus.Partly)]
    [InlineData(false, true, false, true, VoiceStatus.Partly)]
    [InlineData(false, true, true, false, VoiceStatus.Declined)]
    [InlineData(false, true, true, true, VoiceStatus.Declined)]
    [InlineData(true, false, false, false, VoiceStatus.Heard)]
    [InlineData(true, false, false, true, VoiceStatus.Heard)]
    [InlineData(true, false, true, false, VoiceStatus.Heard)]
    [InlineData(true, false, true, true, VoiceStatus.Heard)]
    [InlineData(true, true, false, false, VoiceStatus.Heard)]
    [InlineData(true, true, false, true, VoiceStatus.Heard)]
    [InlineData(true, true, true, false, VoiceStatus.Heard)]
    [InlineData(true, true, true, true, VoiceStatus.Heard)]
    public void Own_words_come_before_everything_then_declining_then_words_of_a_proxy(
        bool hasSpoken, bool spokenFor, bool declined, bool couldNotReach, VoiceStatus status)
    {
        voice.Attempted(Call);
        voice.CouldNotReach(couldNotReach);
        voice.Decline(declined);
        Assert.Equal(status, voice.StatusWhen(hasSpoken, spokenFor));
    }

    [Theory]
    [InlineData(VoiceStatus.Heard, true)]
    [InlineData(VoiceStatus.Declined, true)]
    [InlineData(VoiceStatus.Partly, false)]
    [InlineData(VoiceStatus.NotYet, false)]
    [InlineData(VoiceStatus.CouldNotReach, false)]
    public void A_voice_is_settled_when_it_is_heard_or_declined_or_when_somebody_said_what_was_done(VoiceStatus status, bool settled)
    {
        Assert.Equal(settled, voice.IsSettledWhen(status));
        voice.Address("Spoke through Maud, confirmed", Tresk);
        Assert.True(voice.IsSettledWhen(status));
        voice.Address(null, Tresk);
        Assert.Equal(settled, voice.IsSettledWhen(status));
        Assert.Null(voice.AddressedById);
    }

    [Fact]
    public void An_absence_settles_nothing()
    {
        voice.BeAbsent(new Absence(AbsenceReason.Court, new DateOnly(2026, 10, 16), "Other child"));
        Assert.Equal(VoiceStatus.NotYet, voice.StatusWhen(hasSpoken: false, spokenFor: false));
        Assert.False(voice.IsSettledWhen(VoiceStatus.NotYet));
        voice.BeAbsent(null);
        Assert.Null(voice.Absence);
    }

    [Fact]
    public void Nobody_could_not_be_reached_without_an_attempt()
    {
        Rules.AssertBroken(ReviewRules.CouldNotReachNeedsAttempt, () => voice.CouldNotReach(true));
        Assert.False(voice.CouldNotBeReached);
        voice.CouldNotReach(false);
        voice.Attempted(Call);
        voice.CouldNotReach(true);
        Assert.True(voice.CouldNotBeReached);
    }

    [Fact]
    public void Attempts_are_added_to_those_before()
    {
        var visit = Call with { How = AttemptHow.Visit };
        voice.Attempted(Call);
        voice.Attempted(visit);
        Assert.Equal([Call, visit], voice.Attempts);
    }

    [Fact]
    public void A_voice_is_nudged_once_a_day_at_most()
    {
        var today = new DateOnly(2026, 10, 12);
        Assert.Null(voice.NextNudge);
        voice.Nudge(VoiceStatus.NotYet, Tresk, today);
        Assert.Equal([new Attempt(today, AttemptHow.Email, null, Tresk, IsNudge: true)], voice.Attempts);
        Assert.Equal(today.AddDays(1), voice.NextNudge);

        var broken = Rules.AssertBroken(ReviewRules.NudgedToday, () => voice.Nudge(VoiceStatus.NotYet, Guid.NewGuid(), today));
        Assert.Equal(["They can be asked again on 13 October 2026."], broken.Details.Select(d => d.Message));
        Assert.Single(voice.Attempts);
        voice.Nudge(VoiceStatus.Partly, Tresk, today.AddDays(1));
        Assert.Equal(today.AddDays(2), voice.NextNudge);
    }

    [Fact]
    public void What_somebody_did_themselves_on_the_same_day_is_no_nudge()
    {
        voice.Attempted(Call);
        voice.Attempted(Call with { How = AttemptHow.Email });
        Assert.Null(voice.NextNudge);
        voice.Nudge(VoiceStatus.CouldNotReach, Tresk, Call.On);
        Assert.Equal(3, voice.Attempts.Count);
    }

    [Theory]
    [InlineData(VoiceStatus.Heard)]
    [InlineData(VoiceStatus.Declined)]
    public void Whoever_has_answered_is_not_nudged(VoiceStatus status)
    {
        Rules.AssertBroken(ReviewRules.NothingToAsk, () => voice.Nudge(status, Tresk, Call.On));
        Assert.Empty(voice.Attempts);
    }

    [Fact]
    public void A_voice_that_was_asked_as_often_as_can_be_kept_is_not_nudged()
    {
        for (var tries = 0; tries < Voice.MostAttempts; tries++)
            voice.Attempted(Call);
        Rules.AssertBroken(ReviewRules.AskedEnough, () => voice.Nudge(VoiceStatus.NotYet, Tresk, Call.On.AddDays(1)));
        Assert.Equal(Voice.MostAttempts, voice.Attempts.Count);
    }

    [Fact]
    public void A_voice_is_delegated_and_taken_back()
    {
        var wexley = Guid.NewGuid();
        voice.DelegateTo(wexley, KeziasPlan.MeetingAt);
        Assert.Equal(wexley, voice.DelegateId);
        Assert.False(voice.IsSettledWhen(VoiceStatus.NotYet));
        voice.DelegateTo(null, KeziasPlan.MeetingAt);
        Assert.Null(voice.DelegateId);
    }

    [Fact]
    public void What_a_delegate_said_before_was_said_as_themselves()
    {
        var wexley = Guid.NewGuid();
        voice.DelegateTo(wexley, KeziasPlan.MeetingAt);
        Assert.False(voice.IsSpokenBy(wexley, KeziasPlan.MeetingAt.AddTicks(-1)));
        Assert.True(voice.IsSpokenBy(wexley, KeziasPlan.MeetingAt));
        Assert.True(voice.IsSpokenBy(voice.ParticipantId, KeziasPlan.MeetingAt.AddDays(-1)));
        Assert.False(voice.IsSpokenBy(Guid.NewGuid(), KeziasPlan.MeetingAt));
    }
}
