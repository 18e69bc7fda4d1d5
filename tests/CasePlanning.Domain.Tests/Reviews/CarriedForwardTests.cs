using CasePlanning.Domain.Reviews;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Reviews;

public sealed class CarriedForwardTests
{
    private static readonly Guid Sandover = Guid.NewGuid();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_carried_forward_asks_whether_it_is_still_true_and_takes_the_answer(bool stillTrue)
    {
        var next = OpenReview();
        var carried = new CarriedForward(next, CarriedKind.Dissent, Guid.NewGuid(), Begin);
        Assert.Equal((next.Id, next.PlanId, null), (carried.ReviewId, carried.PlanId, carried.StillTrue));
        carried.Answer(stillTrue, "In the new set too", Sandover, MeetingAt);
        Assert.Equal(
            (stillTrue, "In the new set too", Sandover, MeetingAt),
            (carried.StillTrue, carried.Note, carried.AnsweredById, carried.AnsweredAt));
    }

    [Fact]
    public void What_comes_after_sign_off_is_dated_and_signed_beside_the_record()
    {
        var review = OpenReview();
        review.CloseAndSignOff();
        var addendum = new Addendum(review, "The clinic has written since.", Sandover, MeetingAt.AddDays(20));
        Assert.Equal((review.Id, Sandover, MeetingAt.AddDays(20)), (addendum.ReviewId, addendum.ById, addendum.At));
    }

    [Fact]
    public void Before_sign_off_there_is_no_addendum()
    {
        var review = OpenReview();
        Rules.AssertBroken(ReviewRules.NotSigned, () => new Addendum(review, "Too early.", Sandover, MeetingAt));
        review.CloseInOrder();
        Rules.AssertBroken(ReviewRules.NotSigned, () => new Addendum(review, "Too early.", Sandover, MeetingAt));
    }
}
