using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CsCheck;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class ContributionTests
{
    private static readonly Guid System = Guid.NewGuid();
    private static readonly Participant Jomi = Gather(Role.Child);
    private static readonly Participant Lisle = Gather(Role.Mentor);
    private static readonly Participant Sarn = Gather(Role.DesignatedTeacher);
    private static readonly DateTimeOffset Later = MeetingAt.AddDays(2);

    private readonly Review review = OpenReview(MeetingAt);

    [Theory]
    [InlineData(-1, false, Mode.Before)]
    [InlineData(0, false, Mode.After)]
    [InlineData(1, false, Mode.After)]
    [InlineData(-1, true, Mode.InMeeting)]
    [InlineData(1, true, Mode.InMeeting)]
    public void The_mode_follows_from_the_meeting_and_from_what_the_author_says(int minutes, bool saidInMeeting, Mode mode)
    {
        var view = Contribution.Sign(
            Guid.NewGuid(), review, Enjoy, Jomi, Jomi, Words("Chess."), Audience.Everyone, saidInMeeting, MeetingAt.AddMinutes(minutes));
        Assert.Equal(mode, view.Mode);
    }

    [Fact]
    public void Without_a_meeting_every_view_comes_before() =>
        Assert.Equal(Mode.Before, Say(Jomi, OpenReview(), at: MeetingAt.AddYears(1)).Mode);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_somebody_else_wrote_down_is_by_proxy_and_unconfirmed(bool saidInMeeting)
    {
        var view = Contribution.Sign(Guid.NewGuid(), review, Safe, Jomi, Lisle, Words("Bus."), Audience.Everyone, saidInMeeting, Later);
        Assert.Equal(Mode.ByProxy, view.Mode);
        Assert.Equal((Jomi.Id, Lisle.Id), (view.VoiceId, view.ProxyId));
        Assert.True(view.IsUnconfirmed);
        Assert.Equal(Lisle.Id, Assert.Single(view.Versions).ById);
    }

    [Fact]
    public void Ones_own_words_need_no_confirmation()
    {
        var view = Say(Jomi, review);
        Assert.False(view.IsUnconfirmed);
        Assert.Null(view.ProxyId);
        Rules.AssertBroken(ContributionRules.NothingToConfirm, () => view.Confirm(Jomi.Id, Later));
    }

    [Theory]
    [InlineData(AudienceKind.Everyone, 0)]
    [InlineData(AudienceKind.Professionals, 0)]
    [InlineData(AudienceKind.Named, 1)]
    public void Only_what_is_for_named_people_says_who_they_are(AudienceKind kind, int listed)
    {
        var view = Contribution.Sign(
            Guid.NewGuid(), review, Safe, Sarn, Sarn, Words("Bus."), new Audience(kind, [Lisle.Id], [Guid.NewGuid()]), saidInMeeting: false, Later);
        Assert.Equal((listed, listed), (view.ReaderIds.Count, view.ReaderAgencyIds.Count));
    }

    [Fact]
    public void A_draft_keeps_its_id_when_it_is_signed()
    {
        var id = Guid.NewGuid();
        var view = Contribution.Sign(id, review, Enjoy, Jomi, Jomi, Words("Chess."), Audience.Everyone, saidInMeeting: false, Later);
        Assert.Equal(id, view.Id);
        Assert.Equal((review.Id, review.PlanId, Later), (view.ReviewId, view.PlanId, view.FirstSignedAt));
    }

    [Fact]
    public void Whoever_speaks_for_another_signs_no_words_of_their_own()
    {
        var advocate = Gather(Role.Advocate, speaksFor: Jomi.Id);
        Rules.AssertBroken(ContributionRules.NoVoiceOfTheirOwn, () => Say(advocate, review));
        Assert.Equal(Mode.ByProxy, Say(Jomi, review, writer: advocate).Mode);
    }

    [Fact]
    public void A_role_without_a_voice_signs_none() =>
        Rules.AssertBroken(ContributionRules.NoVoiceOfTheirOwn, () => Say(Gather(Role.TeamManager), review));

    [Fact]
    public void Only_the_author_revises()
    {
        var view = Say(Jomi, review);
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => view.Revise(review, Sarn.Id, Words("Reluctant."), null, Later));
        view.Revise(review, Jomi.Id, Words("Frightened."), "I can say it now", Later);
        Assert.Equal(["I like art.", "Frightened."], view.Versions.Select(v => v.Words));
        Assert.Equal([null, "I can say it now"], view.Versions.Select(v => v.WhatChanged));
        Assert.Equal(Begin, view.FirstSignedAt);
    }

    [Fact]
    public void A_proxy_puts_their_writing_right_until_the_voice_confirms()
    {
        var view = Say(Jomi, review, writer: Lisle);
        view.Revise(review, Lisle.Id, Words("Bus. Changing room."), null, Later);
        Assert.True(view.IsUnconfirmed);
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => view.Revise(review, Sarn.Id, Words("Both sides."), null, Later));

        view.Confirm(Jomi.Id, Later);
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => view.Revise(review, Lisle.Id, Words("Them."), null, Later));
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => view.Withdraw(review, Lisle.Id, Later));
        Assert.Equal(2, view.Versions.Count);
    }

    [Fact]
    public void When_the_voice_revises_what_a_proxy_wrote_that_confirms_it()
    {
        var view = Say(Jomi, review, writer: Lisle);
        view.Revise(review, Jomi.Id, Words("Bus. Changing room. Them."), null, Later);
        Assert.Equal(Later, view.ConfirmedAt);
        Assert.False(view.IsUnconfirmed);
    }

    [Fact]
    public void Only_the_person_spoken_for_confirms_and_the_first_time_counts()
    {
        var view = Say(Jomi, review, writer: Lisle);
        Rules.AssertBroken(ContributionRules.OnlySpeakerConfirms, () => view.Confirm(Lisle.Id, Later));
        Rules.AssertBroken(ContributionRules.OnlySpeakerConfirms, () => view.Confirm(Sarn.Id, Later));
        Assert.True(view.IsUnconfirmed);
        view.Confirm(Jomi.Id, Later);
        view.Confirm(Jomi.Id, Later.AddDays(1));
        Assert.Equal(Later, view.ConfirmedAt);
    }

    [Fact]
    public void What_a_client_brings_is_its_voices_to_confirm_and_counts_as_by_proxy()
    {
        var view = Say(Jomi, review, assertedBy: System);
        Assert.Equal((System, null, Mode.ByProxy, true), (view.AssertedById, view.ProxyId, view.Mode, view.IsUnconfirmed));
        Rules.AssertBroken(ContributionRules.OnlySpeakerConfirms, () => view.Confirm(Sarn.Id, Later));
        view.Confirm(Jomi.Id, Later);
        Assert.False(view.IsUnconfirmed);
    }

    [Fact]
    public void A_client_puts_right_what_it_brought_until_it_is_confirmed_and_nothing_else()
    {
        var (own, written, brought) = (Say(Jomi, review), Say(Jomi, review, writer: Lisle), Say(Jomi, review, assertedBy: System));
        Rules.AssertBroken(ContributionRules.NotTheClients, () => own.Revise(review, Jomi.Id, Words("Not mine."), null, Later, System));
        Rules.AssertBroken(ContributionRules.NotTheClients, () => written.Revise(review, Jomi.Id, Words("Not mine."), null, Later, System));
        Rules.AssertBroken(ContributionRules.NotTheClients, () => brought.Revise(review, Jomi.Id, Words("Not mine."), null, Later, Guid.NewGuid()));
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => brought.Revise(review, Sarn.Id, Words("Not his."), null, Later, System));

        brought.Revise(review, Jomi.Id, Words("Bus."), null, Later, System);
        Assert.True(brought.IsUnconfirmed);
        brought.Revise(review, Jomi.Id, Words("Bus. Them."), null, Later);
        Assert.False(brought.IsUnconfirmed);
        Rules.AssertBroken(ContributionRules.NotTheClients, () => brought.Revise(review, Jomi.Id, Words("Bus."), null, Later, System));
    }

    [Fact]
    public void Only_the_author_withdraws_and_the_words_are_kept()
    {
        var view = Say(Jomi, review);
        Rules.AssertBroken(ContributionRules.AuthorOnly, () => view.Withdraw(review, Sarn.Id, Later));
        view.Withdraw(review, Jomi.Id, Later);
        Assert.Equal(Later, view.WithdrawnAt);
        Assert.Equal("I like art.", Assert.Single(view.Versions).Words);
    }

    [Fact]
    public void A_proxy_withdraws_what_nobody_has_confirmed()
    {
        var view = Say(Jomi, review, writer: Lisle);
        view.Withdraw(review, Lisle.Id, Later);
        Assert.Equal(Later, view.WithdrawnAt);
    }

    [Fact]
    public void What_is_withdrawn_is_not_revised_withdrawn_or_confirmed()
    {
        var view = Say(Jomi, review, writer: Lisle);
        view.Withdraw(review, Jomi.Id, Later);
        Rules.AssertBroken(ContributionRules.IsWithdrawn, () => view.Revise(review, Jomi.Id, Words("More."), null, Later));
        Rules.AssertBroken(ContributionRules.IsWithdrawn, () => view.Withdraw(review, Jomi.Id, Later));
        Rules.AssertBroken(ContributionRules.IsWithdrawn, () => view.Confirm(Jomi.Id, Later));
        Assert.True(view.IsUnconfirmed);
    }

    [Fact]
    public void Into_a_signed_review_nothing_is_signed_revised_or_withdrawn()
    {
        var view = Say(Jomi, review);
        review.CloseAndSignOff();
        Rules.AssertBroken(ReviewRules.IsSigned, () => Say(Sarn, review));
        Rules.AssertBroken(ReviewRules.IsSigned, () => view.Revise(review, Jomi.Id, Words("More."), null, Later));
        Rules.AssertBroken(ReviewRules.IsSigned, () => view.Withdraw(review, Jomi.Id, Later));
        Assert.Single(view.Versions);
        Assert.Null(view.WithdrawnAt);
    }

    [Fact]
    public void A_view_that_comes_after_the_window_or_after_close_is_kept_too()
    {
        Assert.Single(Say(Sarn, review, at: MeetingAt.AddDays(30)).Versions);
        review.CloseInOrder();
        Assert.Single(Say(Jomi, review, at: MeetingAt.AddDays(31)).Versions);
    }

    /// <summary>
    /// Whoever does what with somebody's words in whatever order: versions are only ever added, numbered from one, no earlier one
    /// is changed, and a refused act changes nothing.
    /// </summary>
    [Fact]
    public void No_sequence_of_acts_loses_or_changes_an_earlier_version() =>
        Gen.Select(Gen.Bool, AnyAct.Array[0, 30]).Sample((byProxy, acts) =>
        {
            var open = OpenReview(MeetingAt);
            var view = Say(Jomi, open, writer: byProxy ? Lisle : Jomi);
            foreach (var (act, by, minute) in acts)
            {
                var before = Everything(view);
                var refused = Rules.Refuse(() => Do(act, view, open, by.Id, Later.AddMinutes(minute)));
                var after = Everything(view);

                Assert.Equal(Enumerable.Range(1, after.Count), after.Select(v => v.Number));
                Assert.Equal(before, after.Take(before.Count));
                Assert.Equal(before.Count + (act is Act.Revise && !refused ? 1 : 0), after.Count);
            }
        }, iter: 1_000);

    private enum Act
    {
        Revise,
        Withdraw,
        Confirm,
        SignOff,
    }

    private static readonly Gen<(Act, Participant, int)> AnyAct = Gen.Select(
        Gen.Frequency((10, Act.Revise), (2, Act.Withdraw), (3, Act.Confirm), (1, Act.SignOff)),
        Gen.OneOf(Jomi, Lisle, Sarn), Gen.Int[0, 9]);

    private static void Do(Act act, Contribution view, Review review, Guid by, DateTimeOffset now)
    {
        switch (act)
        {
            case Act.Revise:
                view.Revise(review, by, Words($"Words at {now:O}"), "More to say", now);
                break;
            case Act.Withdraw:
                view.Withdraw(review, by, now);
                break;
            case Act.Confirm:
                view.Confirm(by, now);
                break;
            case Act.SignOff:
                review.CloseAndSignOff();
                break;
        }
    }

    private static List<(int Number, string, Outlook?, string?, string?, Guid, DateTimeOffset)> Everything(Contribution view) =>
        [.. view.Versions.Select(v => (v.Number, v.Words, v.Outlook, v.Summary, v.WhatChanged, v.ById, v.SignedAt))];
}
