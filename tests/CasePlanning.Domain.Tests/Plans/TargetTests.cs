using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class TargetTests
{
    private const string Professional = "Kezia maintains attainment in mathematics";
    private const string Kezias = "I stay in top set and get help when it is hard";

    private readonly Target target = new(
        KeziasPlan.Id, KeziasPlan.Enjoy, new FourFields(Professional, "Tutoring", "She likes it", null), "Grade 5 by February",
        due: null, by: Guid.NewGuid(), KeziasPlan.Begin);

    [Theory]
    [InlineData(Role.Child)]
    [InlineData(Role.Parent)]
    [InlineData(Role.Carer)]
    public void The_family_rewords_a_target_and_the_plan_carries_their_words_at_once(Role role)
    {
        var by = KeziasPlan.Gather(role);
        var rewording = target.Reword(Kezias, by, KeziasPlan.MeetingAt);
        Assert.Equal(Kezias, target.What);
        Assert.Equal(("Tutoring", "She likes it"), (target.How, target.Why));
        Assert.Equal((Professional, Kezias, by.Id), (rewording.Before, rewording.Words, rewording.ById));
        Assert.Null(rewording.Reply);
        Assert.Equal(KeziasPlan.MeetingAt, target.ChangedAt);
    }

    [Fact]
    public void Everybody_else_changes_it_with_the_team() =>
        Assert.All(Enum.GetValues<Role>().Except([Role.Child, Role.Parent, Role.Carer]), role =>
        {
            Rules.AssertBroken(TargetRules.FamilyRewords, () => target.Reword(Kezias, KeziasPlan.Gather(role), KeziasPlan.MeetingAt));
            Assert.Equal(Professional, target.What);
            Assert.Empty(target.Rewordings);
        });

    [Fact]
    public void Each_rewording_keeps_what_it_said_before()
    {
        target.Reword("First", KeziasPlan.Gather(Role.Child), KeziasPlan.MeetingAt);
        target.Reword("Second", KeziasPlan.Gather(Role.Child), KeziasPlan.MeetingAt);
        Assert.Equal([Professional, "First"], target.Rewordings.Select(r => r.Before));
    }

    [Fact]
    public void A_rewording_is_replied_to_once()
    {
        var rewording = target.Reword(Kezias, KeziasPlan.Gather(Role.Child), KeziasPlan.Begin);
        rewording.Answer("We will.", by: Guid.NewGuid(), KeziasPlan.MeetingAt);
        Rules.AssertBroken(TargetRules.AlreadyReplied, () => rewording.Answer("We will not.", by: Guid.NewGuid(), KeziasPlan.MeetingAt));
        Assert.Equal(("We will.", KeziasPlan.MeetingAt), (rewording.Reply, rewording.RepliedAt));
    }

    [Fact]
    public void A_change_replaces_what_it_aims_at_and_progress_is_added_to()
    {
        target.Change(
            new FourFields("Grade 6", null, null, null), "Test in May", new DateOnly(2027, 5, 14), TargetState.Met, KeziasPlan.MeetingAt);
        target.Note("Better", new DateOnly(2026, 10, 20), by: Guid.NewGuid(), KeziasPlan.MeetingAt);
        target.Note("Better still", new DateOnly(2026, 11, 3), by: Guid.NewGuid(), KeziasPlan.MeetingAt);
        Assert.Equal(("Grade 6", "Test in May", TargetState.Met), (target.What, target.Measure, target.State));
        Assert.Equal(["Better", "Better still"], target.Progress.Select(p => p.Words));
    }
}
