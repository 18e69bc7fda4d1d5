using CasePlanning.Domain.Plans;
using Xunit;
using static CasePlanning.Domain.Plans.Permission;

namespace CasePlanning.Domain.Tests.Plans;

/// <summary>The table of roles, written a second time. A role that is added to one and not to the other fails here.</summary>
public sealed class RolePowersTests
{
    private const Role Unknown = (Role)99;

    private static readonly Dictionary<Role, Permission> Powers = new()
    {
        [Role.Child] = Read | Contribute,
        [Role.Parent] = Read | Contribute,
        [Role.Carer] = Read | Contribute,
        [Role.SocialWorker] = Read | Contribute | Act | Decide | Coordinate,
        [Role.TeamManager] = Read | Coordinate | SignOff,
        [Role.IndependentReviewingOfficer] = Read | Contribute | Act,
        [Role.DesignatedTeacher] = Read | Contribute | Act | Decide,
        [Role.Teacher] = Read | Contribute | Act,
        [Role.Senco] = Read | Contribute | Act,
        [Role.EducationalPsychologist] = Read | Contribute | Act,
        [Role.EducationWelfareOfficer] = Read | Contribute | Act,
        [Role.Nurse] = Read | Contribute | Act,
        [Role.CamhsPractitioner] = Read | Contribute | Act,
        [Role.YouthJusticeWorker] = Read | Contribute | Act,
        [Role.VirtualSchoolCaseworker] = Read | Contribute | Act | Decide | Coordinate | SignOff,
        [Role.VirtualSchoolHead] = Read | Contribute | Act | Decide | Coordinate | SignOff,
        [Role.Advocate] = Read | Contribute,
        [Role.Mentor] = Read | Contribute | Act,
        [Role.Strategist] = None,
    };

    private static readonly Role[] Family = [Role.Child, Role.Parent, Role.Carer];
    private static readonly Role[] BesideTheFamily = [Role.Advocate, Role.Mentor];

    [Fact]
    public void Every_role_has_the_powers_of_its_row() => Assert.Equal(Powers, Enum.GetValues<Role>().ToDictionary(r => r, RolePowers.Of));

    [Fact]
    public void An_unknown_role_may_nothing_and_is_in_no_circle()
    {
        Assert.Equal(None, RolePowers.Of(Unknown));
        Assert.False(RolePowers.ReadsProfessionals(Unknown));
        Assert.False(RolePowers.ReadsHealth(Unknown));
        Assert.False(RolePowers.ReadsHome(Unknown));
        Assert.False(RolePowers.Supervises(Unknown));
    }

    [Fact]
    public void Child_parent_and_carer_are_the_family() => Assert.Equal(Family, Those(RolePowers.IsFamily));

    [Fact]
    public void Everybody_but_the_family_and_those_beside_it_is_a_professional() =>
        Assert.Equal(Enum.GetValues<Role>().Except(Family).Except(BesideTheFamily), Those(RolePowers.IsProfessional));

    [Fact]
    public void Supervisors_are_managers_virtual_school_heads_and_designated_teachers() =>
        Assert.Equal([Role.TeamManager, Role.DesignatedTeacher, Role.VirtualSchoolHead], Those(RolePowers.Supervises));

    [Fact]
    public void To_lead_adds_powers_of_coordination_and_never_a_voice()
    {
        Assert.Equal(Read | Act | Decide | Coordinate | SignOff, RolePowers.Lead);
        var manager = KeziasPlan.Gather(Role.TeamManager);
        Assert.True(manager.Reads(isLead: true).May(Decide));
        Assert.False(manager.Reads(isLead: true).May(Contribute));
        Assert.False(manager.HasVoice);
    }

    [Theory]
    [InlineData(Role.Child, Read, true)]
    [InlineData(Role.Child, Read | Contribute, true)]
    [InlineData(Role.Child, Contribute | Act, false)]
    [InlineData(Role.DesignatedTeacher, Decide, true)]
    [InlineData(Role.DesignatedTeacher, SignOff, false)]
    [InlineData(Role.Strategist, Read, false)]
    public void Whoever_asks_for_several_powers_must_have_them_all(Role role, Permission asked, bool may) =>
        Assert.Equal(may, KeziasPlan.Gather(role).Reads().May(asked));

    private static IEnumerable<Role> Those(Func<Role, bool> circle) => Enum.GetValues<Role>().Where(circle);
}
