using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class ViewerTests
{
    private const string Name = "Maud Ellerthwaite";

    [Fact]
    public void A_parent_sees_a_carers_name_only_when_it_is_released()
    {
        var mother = KeziasPlan.Gather(Role.Parent).Reads();
        Assert.Equal("Carer", mother.NameOf(Role.Carer, Name, releasedToParents: false));
        Assert.Equal(Name, mother.NameOf(Role.Carer, Name, releasedToParents: true));
    }

    [Fact]
    public void A_parent_sees_every_other_name() =>
        Assert.All(Enum.GetValues<Role>().Except([Role.Carer]), role =>
            Assert.Equal(Name, KeziasPlan.Gather(Role.Parent).Reads().NameOf(role, Name, releasedToParents: false)));

    [Fact]
    public void Everybody_but_a_parent_sees_a_carers_name() =>
        Assert.All(Enum.GetValues<Role>().Except([Role.Parent]), role =>
            Assert.Equal(Name, KeziasPlan.Gather(role).Reads().NameOf(Role.Carer, Name, releasedToParents: false)));

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
