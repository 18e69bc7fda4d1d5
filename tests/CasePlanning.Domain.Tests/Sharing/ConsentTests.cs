using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Xunit;

namespace CasePlanning.Domain.Tests.Sharing;

public sealed class ConsentTests
{
    private static readonly DateTimeOffset Given = new(2026, 10, 6, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Withdrawn = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = new(1);

    private readonly Participant father = KeziasPlan.Gather(Role.Parent);
    private readonly Participant grandmother = KeziasPlan.Gather(Role.Carer);

    [Fact]
    public void It_stands_from_when_it_was_given_until_the_moment_it_is_withdrawn()
    {
        var consent = Give(father, ConsentScope.ShareOutside);
        consent.Withdraw(father.Id, "I changed my mind", Withdrawn);
        Assert.False(consent.StoodAt(Given - Tick));
        Assert.True(consent.StoodAt(Given));
        Assert.True(consent.StoodAt(Withdrawn - Tick));
        Assert.False(consent.StoodAt(Withdrawn));
        Assert.Equal((Given, Withdrawn, "I changed my mind"), (consent.GivenAt, consent.WithdrawnAt, consent.WithdrawnWhy));
    }

    [Fact]
    public void It_is_withdrawn_once_and_without_a_reason_when_none_is_given()
    {
        var consent = Give(father);
        consent.Withdraw(father.Id, why: null, Withdrawn);
        Rules.AssertBroken(ConsentRules.IsWithdrawn, () => consent.Withdraw(grandmother.Id, "Again", Withdrawn.AddDays(1)));
        Assert.Equal((Withdrawn, father.Id, null), (consent.WithdrawnAt, consent.WithdrawnById, consent.WithdrawnWhy));
    }

    [Theory]
    [InlineData(Role.SocialWorker)]
    [InlineData(Role.Advocate)]
    [InlineData(Role.Mentor)]
    public void Nobody_gives_it_in_the_family_s_place(Role role) =>
        Rules.AssertBroken(ConsentRules.NotTheirsToGive, () => Give(KeziasPlan.Gather(role)));

    [Theory]
    [InlineData(PlanKind.Pep)]
    [InlineData(PlanKind.Pathway)]
    [InlineData(PlanKind.Transition)]
    public void A_plan_that_is_a_duty_asks_nobody_whether_it_may_be(PlanKind kind)
    {
        Rules.AssertBroken(ConsentRules.PlanNeedsNone, () => Consent.Give(kind, father, ConsentScope.WorkTogether, "All of it", Given, father.Id, Given));
        Consent.Give(kind, father, ConsentScope.ShareOutside, "The holiday club", Given, father.Id, Given);
    }

    [Fact]
    public void One_who_takes_their_word_back_is_enough_and_one_who_never_gave_it_is_not()
    {
        Assert.False(Consent.IsTakenBack([]));
        var (his, hers) = (Give(father), Give(grandmother));
        Assert.False(Consent.IsTakenBack([his, hers]));
        his.Withdraw(father.Id, null, Withdrawn);
        Assert.True(Consent.IsTakenBack([his, hers]));
        Assert.True(Consent.IsTakenBack([hers, his]));
    }

    [Fact]
    public void Whoever_agrees_again_has_agreed()
    {
        var (first, second) = (Give(father), Give(father, at: Withdrawn.AddDays(3)));
        first.Withdraw(father.Id, null, Withdrawn);
        Assert.False(Consent.IsTakenBack([second, first]));
        second.Withdraw(father.Id, null, Withdrawn.AddDays(9));
        Assert.True(Consent.IsTakenBack([second, first]));
    }

    [Fact]
    public void To_take_back_a_sharing_outside_leaves_the_plan_as_it_is()
    {
        var consent = Give(father, ConsentScope.ShareOutside);
        consent.Withdraw(father.Id, null, Withdrawn);
        Assert.False(Consent.IsTakenBack([consent]));
    }

    private static Consent Give(Participant giver, ConsentScope scope = ConsentScope.WorkTogether, DateTimeOffset? at = null) =>
        Consent.Give(PlanKind.EarlyHelp, giver, scope, "What was put to him", at ?? Given, giver.Id, at ?? Given);
}
