using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class EmergencyAccessTests
{
    private static readonly DateTimeOffset Opened = KeziasPlan.Begin;

    private readonly EmergencyAccess access = new(
        KeziasPlan.Id, Guid.NewGuid(), KeziasPlan.HealthTrust, EmergencyPurpose.Treatment, "She cannot say what she takes.", caseReference: null,
        new DateOnly(2026, 10, 2), Opened);

    [Fact]
    public void It_lasts_an_hour_to_the_second()
    {
        Assert.True(access.IsLive(Opened));
        Assert.True(access.IsLive(Opened.AddMinutes(60).AddSeconds(-1)));
        Assert.False(access.IsLive(Opened.AddMinutes(60)));
    }

    [Fact]
    public void It_can_be_given_back_before_its_time_and_stays_given_back()
    {
        access.End(Opened.AddMinutes(5));
        access.End(Opened.AddMinutes(50));
        Assert.False(access.IsLive(Opened.AddMinutes(5)));
        Assert.Equal(Opened.AddMinutes(5), access.EndedAt);
    }

    [Fact]
    public void Given_back_after_its_time_it_ended_when_its_time_was_over()
    {
        access.End(Opened.AddHours(3));
        Assert.Equal(access.ExpiresAt, access.EndedAt);
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_make_it_last_longer_and_it_never_ends_before_it_began()
    {
        Assert.True(access.IsLive(Opened - ClockDrift.Tolerated));
        Assert.False(access.IsLive(Opened - ClockDrift.Tolerated - TimeSpan.FromTicks(1)));
        access.End(Opened.AddHours(-1));
        Assert.Equal(Opened, access.EndedAt);
    }

    [Fact]
    public void Nobody_reviews_their_own() =>
        Rules.AssertBroken(EmergencyAccessRules.NotOneself, () => access.Review(access.PersonId, justified: true, "It was needed.", Opened));

    [Fact]
    public void A_review_is_not_replaced_by_another()
    {
        var reviewer = Guid.NewGuid();
        access.Review(reviewer, justified: false, "The department was not asked.", Opened.AddHours(2));
        Rules.AssertBroken(EmergencyAccessRules.IsReviewed, () => access.Review(Guid.NewGuid(), justified: true, "It was needed.", Opened.AddHours(3)));
        Assert.Equal((reviewer, false), (access.ReviewedById, access.Justified));
    }
}
