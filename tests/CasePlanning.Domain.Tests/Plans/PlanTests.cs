using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class PlanTests
{
    private static readonly Guid Tresk = Guid.NewGuid();

    public static TheoryData<Role> RolesThatCannotLead =>
        [Role.Child, Role.Parent, Role.Carer, Role.Advocate, Role.Mentor, Role.Strategist, (Role)99];

    public static TheoryData<Role> RolesThatCanLead => [.. Enum.GetValues<Role>().Except([.. RolesThatCannotLead.Select(r => r.Data)])];

    [Theory]
    [MemberData(nameof(RolesThatCanLead))]
    public void A_professional_who_reads_the_plan_can_open_and_lead_it(Role role)
    {
        var (plan, lead) = Open(role);
        Assert.Equal(lead.Id, plan.LeadParticipantId);
        Assert.Equal((plan.Id, Tresk, role), (lead.PlanId, lead.PersonId, lead.Role));
        Assert.True(lead.IsCurrent(KeziasPlan.Begin));
        Assert.Null(lead.Until);
    }

    [Theory]
    [MemberData(nameof(RolesThatCannotLead))]
    public void Nobody_else_opens_one(Role role) => Rules.AssertBroken(PlanRules.LeadMustBeProfessional, () => Open(role));

    [Theory]
    [MemberData(nameof(RolesThatCannotLead))]
    public void The_lead_is_handed_to_no_one_else_and_stays_where_it_was(Role role)
    {
        var (plan, lead) = Open(Role.VirtualSchoolCaseworker);
        Rules.AssertBroken(PlanRules.LeadMustBeProfessional, () => plan.HandLeadTo(KeziasPlan.Gather(role)));
        Assert.Equal(lead.Id, plan.LeadParticipantId);
    }

    [Fact]
    public void The_lead_is_handed_over()
    {
        var (plan, _) = Open(Role.VirtualSchoolCaseworker);
        var manager = KeziasPlan.Gather(Role.TeamManager);
        plan.HandLeadTo(manager);
        Assert.Equal(manager.Id, plan.LeadParticipantId);
    }

    [Fact]
    public void Nobody_leads_whose_own_end_is_set()
    {
        var (plan, lead) = Open(Role.VirtualSchoolCaseworker);
        var leaving = KeziasPlan.Gather(Role.TeamManager);
        leaving.End(KeziasPlan.MeetingAt, cover: null);
        Rules.AssertBroken(PlanRules.LeadMustStay, () => plan.HandLeadTo(leaving));
        Assert.Equal(lead.Id, plan.LeadParticipantId);
    }

    [Fact]
    public void The_child_is_called_by_the_name_they_choose_and_by_the_given_one_until_then()
    {
        var (plan, _) = Open(Role.VirtualSchoolCaseworker);
        Assert.Equal("Kezia", plan.Child.ChosenName);
        plan.CallChild("Kez");
        Assert.Equal("Kez", plan.Child.ChosenName);
        plan.CallChild(null);
        Assert.Equal("Kezia", plan.Child.ChosenName);
    }

    [Fact]
    public void It_moves_to_where_its_new_lead_works_and_nowhere_else()
    {
        var (plan, lead) = Open(Role.VirtualSchoolCaseworker);
        var from = plan.Authority;
        var there = KeziasPlan.Gather(Role.SocialWorker);
        Rules.AssertBroken(PlanRules.MoveNeedsLeadFromThere, () => plan.MoveTo(null, there, lead.Id, KeziasPlan.Begin));
        Rules.AssertBroken(PlanRules.MoveNeedsLeadFromThere, () => plan.MoveTo(from, there, lead.Id, KeziasPlan.Begin));
        Rules.AssertBroken(PlanRules.LeadMustBeProfessional, () => plan.MoveTo("wexmoor", KeziasPlan.Gather(Role.Parent), lead.Id, KeziasPlan.Begin));
        Assert.Equal((from, lead.Id), (plan.Authority, plan.LeadParticipantId));
        var move = plan.MoveTo("wexmoor", there, lead.Id, KeziasPlan.Begin);
        Assert.Equal((from, "wexmoor", lead.Id), (move.From, move.To, move.ById));
        Assert.Equal(("wexmoor", there.Id), (plan.Authority, plan.LeadParticipantId));
    }

    [Fact]
    public void A_parent_s_part_ends_at_the_first_instant_of_the_eighteenth_birthday_where_the_child_is()
    {
        var plan = Plan.Open(PlanKind.Pep, new Child("Kezia", "Amari-Holt", null, new DateOnly(2013, 7, 14), []), Framework.Default,
            "thornmere", new DateOnly(2026, 8, 17), Tresk, Role.SocialWorker, null, KeziasPlan.Begin).Plan;
        var clock = new PlanningClock(new ClockRules(), Thornmere.Calendar, Thornmere.Zone);
        // It is summer there: midnight is an hour earlier in UTC.
        var birthday = new DateTimeOffset(2031, 7, 13, 23, 0, 0, TimeSpan.Zero);
        Assert.Equal(birthday, plan.EndOfParentsPart(clock, KeziasPlan.Begin));
        Assert.Equal(birthday, plan.EndOfParentsPart(clock, birthday.AddTicks(-1)));
        Assert.Null(plan.EndOfParentsPart(clock, birthday));
    }

    [Fact]
    public void An_adoption_closes_it_once_and_leaves_no_number_by_which_the_child_is_found()
    {
        var plan = Plan.Open(PlanKind.Pep, new Child("Kezia", "Amari-Holt", null, new DateOnly(2013, 3, 14), [new("upn", "Z1")]), Framework.Default,
            "thornmere", new DateOnly(2026, 8, 17), Tresk, Role.SocialWorker, null, KeziasPlan.Begin).Plan;
        plan.CloseForAdoption(KeziasPlan.MeetingAt);
        Assert.Equal(KeziasPlan.MeetingAt, plan.AdoptedAt);
        Assert.Empty(plan.Child.Identifiers);
        Rules.AssertBroken(PlanRules.IsClosed, () => plan.CloseForAdoption(KeziasPlan.MeetingAt));
    }

    private static (Plan Plan, Participant Lead) Open(Role role) => Plan.Open(
        PlanKind.Pep, new Child("Kezia", "Amari-Holt", null, new DateOnly(2013, 3, 14), []), Framework.Default, "thornmere",
        new DateOnly(2026, 8, 17), Tresk, role, leadAgencyId: null, KeziasPlan.Begin);
}
