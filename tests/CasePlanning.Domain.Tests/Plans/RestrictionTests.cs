using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class RestrictionTests
{
    private static readonly DateOnly ReviewOn = new(2026, 12, 1);
    private static readonly Guid Setter = Guid.NewGuid();

    private readonly Participant mother = KeziasPlan.Gather(Role.Parent);
    private readonly Participant carer = KeziasPlan.Gather(Role.Carer);

    [Fact]
    public void Nobody_is_hidden_from_themselves() =>
        Rules.AssertBroken(RestrictionRules.NotFromThemselves, () => Restriction.OfIdentity(mother, mother, "Why", ReviewOn, Setter, KeziasPlan.Begin));

    [Fact]
    public void Nobody_s_words_are_hidden_from_whoever_said_or_wrote_them() =>
        Rules.AssertBroken(RestrictionRules.NotFromThemselves,
            () => Restriction.OfView(Guid.NewGuid(), [carer.Id, mother.Id], mother, "Why", ReviewOn, Setter, KeziasPlan.Begin));

    [Theory]
    [InlineData(Role.Child)]
    [InlineData(Role.Carer)]
    public void The_home_is_not_hidden_from_those_who_live_in_it(Role role) =>
        Rules.AssertBroken(RestrictionRules.NotTheirOwnHome,
            () => Restriction.OfHome(KeziasPlan.Gather(role), "Why", ReviewOn, Setter, KeziasPlan.Begin));

    [Fact]
    public void It_stays_in_force_past_its_review_until_it_is_lifted()
    {
        var restriction = Restriction.OfIdentity(carer, mother, "The address is confidential.", ReviewOn, Setter, KeziasPlan.Begin);
        restriction.Keep(ReviewOn.AddMonths(6));
        Assert.Equal((true, ReviewOn.AddMonths(6)), (restriction.IsInForce, restriction.ReviewOn));

        restriction.Lift(Setter, KeziasPlan.Begin.AddYears(2));
        Assert.False(restriction.IsInForce);
    }

    [Fact]
    public void Once_lifted_it_is_neither_kept_nor_lifted_again()
    {
        var restriction = Restriction.OfHome(mother, "The address is confidential.", ReviewOn, Setter, KeziasPlan.Begin);
        restriction.Lift(Setter, KeziasPlan.Begin);
        Rules.AssertBroken(RestrictionRules.IsLifted, () => restriction.Keep(ReviewOn));
        Rules.AssertBroken(RestrictionRules.IsLifted, () => restriction.Lift(Setter, KeziasPlan.Begin));
    }
}
