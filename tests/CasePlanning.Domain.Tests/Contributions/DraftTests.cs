using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class DraftTests
{
    private static readonly Participant Wexley = Gather(Role.Teacher, Larkmoor);
    private static readonly Participant Sandover = Gather(Role.DesignatedTeacher, Larkmoor);

    private readonly Draft draft = new(Guid.NewGuid(), Id, Guid.NewGuid(), Enjoy, Wexley.Id, Begin);

    [Theory]
    [InlineData(Role.DesignatedTeacher)]
    [InlineData(Role.TeamManager)]
    [InlineData(Role.VirtualSchoolHead)]
    public void A_draft_is_shown_to_a_supervisor_of_the_same_agency_and_hidden_again(Role role)
    {
        var supervisor = Gather(role, Larkmoor);
        draft.ShowTo(Wexley, supervisor, MeetingAt);
        Assert.Equal(supervisor.Id, draft.ShownToId);
        draft.ShowTo(Wexley, supervisor: null, MeetingAt);
        Assert.Null(draft.ShownToId);
    }

    [Fact]
    public void A_colleague_who_supervises_nobody_is_not_shown_it() => Refused(Wexley, Gather(Role.Senco, Larkmoor));

    [Fact]
    public void A_supervisor_of_another_agency_is_not_shown_it() => Refused(Wexley, Gather(Role.TeamManager, HealthTrust));

    [Fact]
    public void Where_neither_is_of_an_agency_it_is_shown_to_nobody() => Refused(Gather(Role.Parent), Gather(Role.TeamManager));

    [Fact]
    public void A_supervisor_who_has_left_is_not_shown_it()
    {
        var gone = Gather(Role.DesignatedTeacher, Larkmoor);
        gone.End(MeetingAt, cover: null);
        Refused(Wexley, gone);
    }

    [Fact]
    public void Who_was_shown_it_stays_when_another_is_refused()
    {
        draft.ShowTo(Wexley, Sandover, MeetingAt);
        Refused(Wexley, Gather(Role.TeamManager, HealthTrust));
        Assert.Equal(Sandover.Id, draft.ShownToId);
    }

    [Fact]
    public void To_write_replaces_what_was_there_and_lists_each_reader_once()
    {
        var child = Guid.NewGuid();
        draft.Write(Words("First."), Audience.Everyone, onBehalfOf: null, saidInMeeting: true, new Beside(), Begin);
        draft.Write(
            Words("Second.", "Short."), Named([Sandover.Id, Sandover.Id], [Larkmoor, Larkmoor]), onBehalfOf: child, saidInMeeting: false, new Beside(), MeetingAt);
        Assert.Equal(("Second.", "Short.", AudienceKind.Named), (draft.Words, draft.Summary, draft.Audience));
        Assert.Equal([Sandover.Id], draft.ReaderIds);
        Assert.Equal([Larkmoor], draft.ReaderAgencyIds);
        Assert.Equal((child, false, MeetingAt), (draft.OnBehalfOfId, draft.SaidInMeeting, draft.ChangedAt));
    }

    [Fact]
    public void What_it_holds_already_is_known_whatever_it_is()
    {
        var review = draft.ReviewId;
        draft.Write(Words("First.", "Short."), Named([Sandover.Id], [Larkmoor]), onBehalfOf: null, saidInMeeting: true, new Beside(), Begin);
        Assert.True(Holds(review, Enjoy, Words("First.", "Short."), Named([Sandover.Id, Sandover.Id], [Larkmoor]), null, true));
        Assert.False(Holds(Guid.NewGuid(), Enjoy, Words("First.", "Short."), Named([Sandover.Id], [Larkmoor]), null, true));
        Assert.False(Holds(review, Safe, Words("First.", "Short."), Named([Sandover.Id], [Larkmoor]), null, true));
        Assert.False(Holds(review, Enjoy, Words("First!", "Short."), Named([Sandover.Id], [Larkmoor]), null, true));
        Assert.False(Holds(review, Enjoy, Words("First.", "Short!"), Named([Sandover.Id], [Larkmoor]), null, true));
        Assert.False(Holds(review, Enjoy, new Said("First.", null, "Short."), Named([Sandover.Id], [Larkmoor]), null, true));
        Assert.False(Holds(review, Enjoy, Words("First.", "Short."), Named([Wexley.Id], [Larkmoor]), null, true));
        Assert.False(Holds(review, Enjoy, Words("First.", "Short."), Named([Sandover.Id]), null, true));
        Assert.False(Holds(review, Enjoy, Words("First.", "Short."), Audience.Everyone, null, true));
        Assert.False(Holds(review, Enjoy, Words("First.", "Short."), Named([Sandover.Id], [Larkmoor]), Wexley.Id, true));
        Assert.False(Holds(review, Enjoy, Words("First.", "Short."), Named([Sandover.Id], [Larkmoor]), null, false));
        Assert.False(Holds(review, Enjoy, Words("First.", "Short."), Named([Sandover.Id], [Larkmoor]), null, true, new Beside(WhatChanged: "The nurse")));

        bool Holds(Guid review, string outcome, Said said, Audience audience, Guid? onBehalfOf, bool saidInMeeting, Beside? beside = null) =>
            draft.Holds(review, outcome, said, audience, onBehalfOf, saidInMeeting, beside ?? new Beside());
    }

    [Fact]
    public void A_made_up_id_is_the_same_draft_for_one_person_and_another_for_the_next()
    {
        var (madeUp, person, other) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal(Draft.IdFor(person, madeUp), Draft.IdFor(person, madeUp));
        Assert.Equal(4, new[] { madeUp, Draft.IdFor(person, madeUp), Draft.IdFor(other, madeUp), Draft.IdFor(person, other) }.Distinct().Count());
        Assert.Equal(8, Draft.IdFor(person, madeUp).Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Without_words_it_is_not_whole(string blank)
    {
        draft.Write(Words(blank), Audience.Everyone, onBehalfOf: null, saidInMeeting: false, new Beside(), Begin);
        Rules.AssertBroken(ContributionRules.NothingSaid, draft.MustBeWhole);
    }

    [Fact]
    public void For_named_people_it_is_whole_once_one_is_named()
    {
        Write(Named());
        Rules.AssertBroken(ContributionRules.NobodyNamed, draft.MustBeWhole);
        Write(Named([Sandover.Id]));
        draft.MustBeWhole();
        Write(Named(agencies: [Larkmoor]));
        draft.MustBeWhole();
        Write(Audience.Everyone);
        draft.MustBeWhole();

        void Write(Audience audience) => draft.Write(Words("Chess."), audience, onBehalfOf: null, saidInMeeting: false, new Beside(), Begin);
    }

    [Fact]
    public void It_moves_on_to_another_review()
    {
        var (next, again) = (Guid.NewGuid(), Guid.NewGuid());
        draft.PlaceIn(next, Safe, again);
        Assert.Equal((next, Safe, again), (draft.ReviewId, draft.Outcome, draft.AuthorId));
    }

    private void Refused(Participant author, Participant supervisor)
    {
        var before = draft.ShownToId;
        Rules.AssertBroken(ContributionRules.SupervisorOfSameAgency, () => draft.ShowTo(author, supervisor, MeetingAt));
        Assert.Equal(before, draft.ShownToId);
    }
}
