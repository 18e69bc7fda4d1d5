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
