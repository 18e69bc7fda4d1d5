using CasePlanning.Domain.KnowWho;
using Xunit;

namespace CasePlanning.Domain.Tests.KnowWho;

public sealed class AppointmentTests
{
    private static readonly DateTimeOffset Now = KeziasPlan.Begin;

    private readonly Agency school = new("Larkmoor Academy", AgencyKind.School, "thornmere", Now);
    private readonly Agency trust = new("Thornmere Community Health", AgencyKind.Health, "thornmere", Now);
    private readonly Agency elsewhere = new("Wexmoor County Council", AgencyKind.LocalAuthority, "wexmoor", Now);

    [Fact]
    public void An_agency_s_people_are_the_affair_of_its_administrator_and_of_its_authority_s()
    {
        var ofSchool = Appointment.ToAgency(Guid.NewGuid(), school, Now);
        Assert.Equal([true, false, false], Administered(ofSchool));
        Assert.Equal([true, true, false], Administered(Appointment.ToAuthority(Guid.NewGuid(), Office.AuthorityAdministrator, "thornmere", Now)));
        Assert.Equal([false, false, false], Administered(Appointment.ToAuthority(Guid.NewGuid(), Office.PrivacyOfficer, "thornmere", Now)));
    }

    [Fact]
    public void It_ends_at_once_and_once()
    {
        var appointment = Appointment.ToAgency(Guid.NewGuid(), school, Now);
        Assert.True(appointment.IsCurrent(Now));
        appointment.End(Now.AddDays(1));
        Assert.True(appointment.IsCurrent(Now.AddDays(1).AddTicks(-1)));
        Assert.False(appointment.IsCurrent(Now.AddDays(1)));
        Rules.AssertBroken(AdministrationRules.HasEnded, () => appointment.End(Now.AddDays(2)));
        Assert.Equal(Now.AddDays(1), appointment.Until);
    }

    [Fact]
    public void Nobody_is_an_agency_s_administrator_for_a_whole_authority() =>
        Assert.Throws<ArgumentException>(() => Appointment.ToAuthority(Guid.NewGuid(), Office.AgencyAdministrator, "thornmere", Now));

    private bool[] Administered(Appointment appointment) => [appointment.Administers(school), appointment.Administers(trust), appointment.Administers(elsewhere)];
}
