using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class ViewerTests
{
    private static readonly Guid Somebody = Guid.NewGuid();

    [Fact]
    public void A_parent_sees_who_a_carer_is_only_when_it_is_released()
    {
        var mother = KeziasPlan.Gather(Role.Parent).Reads();
        Assert.False(mother.SeesIdentityOf(Somebody, Role.Carer, releasedToParents: false));
        Assert.True(mother.SeesIdentityOf(Somebody, Role.Carer, releasedToParents: true));
    }

    [Fact]
    public void A_parent_sees_who_everybody_else_is() =>
        Assert.All(Enum.GetValues<Role>().Except([Role.Carer]), role =>
            Assert.True(KeziasPlan.Gather(Role.Parent).Reads().SeesIdentityOf(Somebody, role, releasedToParents: false)));

    [Fact]
    public void Everybody_but_a_parent_sees_who_a_carer_is() =>
        Assert.All(Enum.GetValues<Role>().Except([Role.Parent]), role =>
            Assert.True(KeziasPlan.Gather(role).Reads().SeesIdentityOf(Somebody, Role.Carer, releasedToParents: false)));

    [Fact]
    public void Whoever_is_hidden_from_somebody_stays_hidden_even_when_released() =>
        Assert.All(Enum.GetValues<Role>(), role =>
        {
            var viewer = KeziasPlan.Gather(role).Reads() with { Hidden = new Hidden([Somebody], [], Home: false) };
            Assert.False(viewer.SeesIdentityOf(Somebody, Role.Carer, releasedToParents: true));
        });

    [Fact]
    public void Professionals_are_told_that_something_is_withheld_and_nobody_else_is() =>
        Assert.All(Enum.GetValues<Role>(), role =>
            Assert.Equal(
                role is not (Role.Child or Role.Parent or Role.Carer or Role.Advocate or Role.Mentor),
                KeziasPlan.Gather(role).Reads().IsToldWhatIsWithheld));

    [Fact]
    public void A_lead_of_the_family_is_still_not_told_and_reads_no_more()
    {
        var father = KeziasPlan.Gather(Role.Parent).Reads(isLead: true);
        Assert.False(father.IsToldWhatIsWithheld);
        Assert.False(father.ReadsProfessionals);
    }
}
