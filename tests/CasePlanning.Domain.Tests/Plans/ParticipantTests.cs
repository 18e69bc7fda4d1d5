using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class ParticipantTests
{
    private static readonly DateTimeOffset Three = new(2026, 10, 16, 15, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = new(1);

    [Fact]
    public void Whoever_ended_at_three_is_gone_at_three()
    {
        var participant = KeziasPlan.Gather(Role.SocialWorker);
        participant.End(Three, cover: null);
        Assert.True(participant.IsCurrent(Three - Tick));
        Assert.False(participant.IsCurrent(Three));
    }

    [Fact]
    public void Whoever_begins_at_a_time_is_there_at_that_time_and_not_before()
    {
        var participant = KeziasPlan.Gather(Role.SocialWorker);
        Assert.False(participant.IsCurrent(participant.From - Tick));
        Assert.True(participant.IsCurrent(participant.From));
        Assert.True(participant.IsCurrent(participant.From.AddYears(10)));
    }

    [Fact]
    public void Ending_names_the_cover_and_keeps_role_and_agency()
    {
        var leaving = KeziasPlan.Gather(Role.Teacher, KeziasPlan.Larkmoor);
        var cover = KeziasPlan.Gather(Role.DesignatedTeacher, KeziasPlan.Larkmoor);
        leaving.End(Three, cover);
        Assert.Equal(cover.Id, leaving.CoverId);
        Assert.Equal((Role.Teacher, KeziasPlan.Larkmoor), (leaving.Role, leaving.AgencyId));
    }

    [Fact]
    public void A_participation_cannot_end_before_it_begins()
    {
        var participant = KeziasPlan.Gather(Role.Nurse);
        Rules.AssertBroken(PlanRules.EndsBeforeItBegins, () => participant.End(participant.From - Tick, cover: null));
        Assert.Null(participant.Until);
    }

    [Fact]
    public void A_participation_that_would_end_before_it_begins_is_not_made() =>
        Rules.AssertBroken(PlanRules.EndsBeforeItBegins, () => new Participant(
            KeziasPlan.Id, Guid.NewGuid(), Role.Nurse, agencyId: null, speaksFor: null, from: Three, until: Three - Tick,
            nameReleasedToParents: false, now: Three));

    [Fact]
    public void It_can_end_the_moment_it_begins()
    {
        var participant = KeziasPlan.Gather(Role.Nurse);
        participant.End(participant.From, cover: null);
        Assert.False(participant.IsCurrent(participant.From));
    }

    [Fact]
    public void Nobody_covers_for_themselves()
    {
        var leaving = KeziasPlan.Gather(Role.Nurse);
        Rules.AssertBroken(PlanRules.CoverMustTakePart, () => leaving.End(Three, cover: leaving));
        Assert.Null(leaving.Until);
    }

    [Fact]
    public void Whoever_has_left_by_then_cannot_cover()
    {
        var (leaving, gone) = (KeziasPlan.Gather(Role.Nurse), KeziasPlan.Gather(Role.CamhsPractitioner));
        gone.End(Three, cover: null);
        Rules.AssertBroken(PlanRules.CoverMustTakePart, () => leaving.End(Three, cover: gone));
        leaving.End(Three - Tick, cover: gone);
        Assert.Equal(gone.Id, leaving.CoverId);
    }

    [Fact]
    public void Whoever_contributes_has_a_voice_unless_they_speak_for_somebody()
    {
        var child = KeziasPlan.Gather(Role.Child);
        Assert.True(child.HasVoice);
        Assert.False(KeziasPlan.Gather(Role.Advocate, speaksFor: child.Id).HasVoice);
        Assert.True(KeziasPlan.Gather(Role.Mentor).HasVoice);
        Assert.False(KeziasPlan.Gather(Role.TeamManager).HasVoice);
        Assert.False(KeziasPlan.Gather(Role.Strategist).HasVoice);
    }

    [Fact]
    public void A_focus_is_in_their_own_words_and_dated()
    {
        var participant = KeziasPlan.Gather(Role.EducationalPsychologist);
        participant.State("Learning and feelings together", Three);
        Assert.Equal(("Learning and feelings together", Three), (participant.Focus, participant.FocusStatedAt));
    }

    [Fact]
    public void A_name_is_not_released_until_somebody_releases_it()
    {
        var carer = KeziasPlan.Gather(Role.Carer);
        Assert.False(carer.NameReleasedToParents);
        carer.ReleaseNameToParents(true);
        Assert.True(carer.NameReleasedToParents);
    }
}
