using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class DraftTests
{
    private static readonly Participant Wexley = Gather(Role.Teacher, Larkmoor);
    private static readonly Participant Sandover = Gather(Role.DesignatedTeacher, Larkmoor);

    private readonly Draft draft = new(Id, Guid.NewGuid(), Enjoy, Wexley.Id, Begin);

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
        draft.Write(Words("First."), Audience.Everyone, onBehalfOf: null, saidInMeeting: true, Begin);
        draft.Write(
            Words("Second.", "Short."), Named([Sandover.Id, Sandover.Id], [Larkmoor, Larkmoor]), onBehalfOf: child, saidInMeeting: false, MeetingAt);
        Assert.Equal(("Second.", "Short.", AudienceKind.Named), (draft.Words, draft.Summary, draft.Audience));
        Assert.Equal([Sandover.Id], draft.ReaderIds);
        Assert.Equal([Larkmoor], draft.ReaderAgencyIds);
        Assert.Equal((child, false, MeetingAt), (draft.OnBehalfOfId, draft.SaidInMeeting, draft.ChangedAt));
    }

    private void Refused(Participant author, Participant supervisor)
    {
        var before = draft.ShownToId;
        Rules.AssertBroken(ContributionRules.SupervisorOfSameAgency, () => draft.ShowTo(author, supervisor, MeetingAt));
        Assert.Equal(before, draft.ShownToId);
    }
}
