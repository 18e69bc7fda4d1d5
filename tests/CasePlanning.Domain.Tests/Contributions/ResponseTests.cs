using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Contributions;

public sealed class ResponseTests
{
    private static readonly Guid Sandover = Guid.NewGuid();

    private readonly Contribution view = Say(Gather(Role.Child), OpenReview());

    [Theory]
    [InlineData(Stance.Partly, null)]
    [InlineData(Stance.Partly, "")]
    [InlineData(Stance.Disagree, null)]
    [InlineData(Stance.Disagree, " ")]
    public void To_disagree_with_a_view_even_in_part_needs_a_reason(Stance stance, string? reason) =>
        Rules.AssertBroken(DecisionRules.ReasonNeeded, () => new Response(view, toSummary: false, Sandover, stance, reason, MeetingAt));

    [Theory]
    [InlineData(Stance.Agree, null)]
    [InlineData(Stance.NewToMe, null)]
    [InlineData(Stance.Partly, "Not at lunch")]
    [InlineData(Stance.Disagree, "Two grades under target")]
    public void A_stance_leaves_the_view_untouched(Stance stance, string? reason)
    {
        var response = new Response(view, toSummary: true, Sandover, stance, reason, MeetingAt);
        Assert.Equal(
            (view.Id, Sandover, stance, reason, true),
            (response.ContributionId, response.ById, response.Stance, response.Reason, response.ToSummary));
        Assert.Equal(Begin, Assert.Single(view.Versions).SignedAt);
    }
}
