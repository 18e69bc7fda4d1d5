using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Xunit;

namespace CasePlanning.Domain.Tests.Sharing;

/// <summary>Who reads what of sharing, over every role.</summary>
public sealed class SharingVisibilityTests
{
    private static readonly DateTimeOffset Now = KeziasPlan.Begin;

    private readonly Participant worker = KeziasPlan.Gather(Role.SocialWorker);
    private readonly Participant mother = KeziasPlan.Gather(Role.Parent);

    public static TheoryData<Role> Roles() => [.. Enum.GetValues<Role>()];

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_decision_not_to_share_is_known_in_the_circle_and_nowhere_else(Role role)
    {
        var reader = KeziasPlan.Gather(role);
        Assert.Equal(RolePowers.ReadsProfessionals(role), Knows(reader.Reads(), Withheld()));
        Assert.False(Knows(reader.Reads(), Withheld(reader.Id)));
    }

    [Fact]
    public void Whoever_leads_is_of_the_circle_and_whoever_comes_in_by_an_emergency_is_not()
    {
        Assert.True(Knows(KeziasPlan.Gather(Role.Teacher).Reads(isLead: true), Withheld()));
        Assert.False(Knows(Viewer.InEmergency(Guid.NewGuid(), KeziasPlan.Id, Guid.NewGuid(), null), Withheld()));
        Assert.False(Knows(Viewer.Integrator(KeziasPlan.Id, KeziasPlan.Larkmoor, Guid.NewGuid(), Hidden.Nothing), Withheld()));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_disclosure_is_read_in_the_circle_by_whose_consent_it_rests_on_and_by_all_when_it_is_open(Role role)
    {
        var reader = KeziasPlan.Gather(role).Reads();
        var circle = RolePowers.ReadsProfessionals(role);
        Assert.Equal(circle, Reads(reader, Disclosed(openToFamily: false)));
        Assert.True(Reads(reader, Disclosed(openToFamily: true)));
        Assert.True(Reads(mother.Reads(), Disclosed(openToFamily: false)));
        Assert.True(Reads(worker.Reads(), Disclosed(openToFamily: false)));
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_consent_is_its_giver_s_and_the_circle_s(Role role)
    {
        Consent[] consents = [Consent()];
        Viewer[] viewers = [KeziasPlan.Gather(role).Reads(), mother.Reads(), worker.Reads(), worker.Reads() with { PlanId = Guid.NewGuid() }];
        bool[] reads = [RolePowers.ReadsProfessionals(role), true, true, false];
        Assert.Equal(reads, viewers.Select(v => consents.AsQueryable().ConsentsVisibleTo(v).Any()));
    }

    [Fact]
    public void Nothing_of_another_plan_is_read()
    {
        var elsewhere = worker.Reads() with { PlanId = Guid.NewGuid() };
        Assert.False(Knows(elsewhere, Withheld()));
        Assert.False(Reads(elsewhere, Disclosed(openToFamily: true)));
        Assert.False(new[] { Consent() }.AsQueryable().ConsentsVisibleTo(elsewhere).Any());
    }

    private WithheldDecision Withheld(params Guid[] from) => new(KeziasPlan.Id, worker.Id, "Somebody", from, "What", "Why", Now);

    private static bool Knows(Viewer viewer, WithheldDecision decision) => new[] { decision }.AsQueryable().WithheldDecisionsVisibleTo(viewer).Any();

    private Disclosure Disclosed(bool openToFamily) => Disclosure.Record(
        KeziasPlan.Id, worker.Id, new Shared("The club", "What", "Purpose", Now), new Grounds(LawfulBasis.Consent, null, null), Consent(), openToFamily, Now);

    private static bool Reads(Viewer viewer, Disclosure disclosure) => new[] { disclosure }.AsQueryable().DisclosuresVisibleTo(viewer).Any();

    private Consent Consent() => Domain.Sharing.Consent.Give(PlanKind.Pep, mother, ConsentScope.ShareOutside, "The club", Now, worker.Id, Now);
}
