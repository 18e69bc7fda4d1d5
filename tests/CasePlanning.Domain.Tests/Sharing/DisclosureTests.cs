using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Xunit;

namespace CasePlanning.Domain.Tests.Sharing;

public sealed class DisclosureTests
{
    private static readonly DateTimeOffset Given = new(2026, 10, 6, 14, 0, 0, TimeSpan.Zero);

    private readonly Participant mother = KeziasPlan.Gather(Role.Parent);

    [Fact]
    public void Consent_is_named_when_it_is_the_basis_and_at_no_other_time()
    {
        Rules.AssertBroken(DisclosureRules.ConsentNeeded, () => Record(LawfulBasis.Consent, consent: null, Given));
        Rules.AssertBroken(DisclosureRules.ConsentNeeded, () => Record(LawfulBasis.PublicTask, Consent(), Given));
        Assert.Equal(mother.Id, Record(LawfulBasis.Consent, Consent(), Given).ConsentGiverId);
        Assert.Null(Record(LawfulBasis.PublicTask, consent: null, Given).ConsentGiverId);
    }

    [Fact]
    public void Nothing_rests_on_a_consent_before_it_is_given_or_from_the_moment_it_is_withdrawn()
    {
        var consent = Consent();
        Rules.AssertBroken(DisclosureRules.ConsentDidNotStand, () => Record(LawfulBasis.Consent, consent, Given.AddTicks(-1)));
        consent.Withdraw(mother.Id, null, Given.AddDays(1));
        Record(LawfulBasis.Consent, consent, Given.AddDays(1).AddTicks(-1));
        Rules.AssertBroken(DisclosureRules.ConsentDidNotStand, () => Record(LawfulBasis.Consent, consent, Given.AddDays(1)));
        Record(LawfulBasis.LegalObligation, consent: null, Given.AddDays(1));
    }

    [Fact]
    public void To_agree_to_work_together_is_not_to_agree_that_others_are_told()
    {
        var consent = Domain.Sharing.Consent.Give(PlanKind.EarlyHelp, mother, ConsentScope.WorkTogether, "The team", Given, mother.Id, Given);
        Rules.AssertBroken(DisclosureRules.ConsentCoversTheTeam, () => Record(LawfulBasis.Consent, consent, Given));
    }

    [Theory]
    [InlineData(EmergencyPurpose.Treatment, LawfulBasis.VitalInterests)]
    [InlineData(EmergencyPurpose.OutOfHours, LawfulBasis.PublicTask)]
    public void An_emergency_access_is_a_disclosure_too(EmergencyPurpose purpose, LawfulBasis basis)
    {
        var access = new EmergencyAccess(KeziasPlan.Id, Guid.NewGuid(), null, purpose, "She cannot say what she takes.", null, new DateOnly(2026, 10, 8), Given);
        var disclosure = Disclosure.InEmergency(access, "Oona Ravelston, Thornmere Community Health", Given);
        Assert.Equal((DisclosureOrigin.EmergencyAccess, basis, access.Id, null, false),
            (disclosure.Origin, disclosure.Basis, disclosure.EmergencyAccessId, disclosure.ById, disclosure.OpenToFamily));
    }

    [Fact]
    public void Nobody_withholds_something_from_themselves()
    {
        var worker = Guid.NewGuid();
        Rules.AssertBroken(WithheldDecisionRules.NotFromOneself, () => new WithheldDecision(KeziasPlan.Id, worker, "Us", [worker], "What", "Why", Given));
    }

    private Consent Consent() => Domain.Sharing.Consent.Give(
        PlanKind.Pep, mother, ConsentScope.ShareOutside, "The holiday club", Given, mother.Id, Given);

    private static Disclosure Record(LawfulBasis basis, Consent? consent, DateTimeOffset at) => Disclosure.Record(
        KeziasPlan.Id, Guid.NewGuid(), new Shared("The holiday club", "Who collects her", "So that nobody else does", at),
        new Grounds(basis, null, null), consent, openToFamily: false, at.AddDays(2));
}
