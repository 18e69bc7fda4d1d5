using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using CsCheck;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class PlanActionTests
{
    private static readonly Guid Wexley = new("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Raike = new("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Ferraby = new("01990000-0000-7000-8000-000000000003");
    private static readonly Guid Tresk = new("01990000-0000-7000-8000-000000000004");

    private static readonly DateTimeOffset Later = KeziasPlan.MeetingAt.AddDays(5);

    [Fact]
    public void An_action_needs_a_holder() => Rules.AssertBroken(ActionRules.NeedsHolder, () => ActionOf());

    [Fact]
    public void Several_people_of_several_agencies_hold_one_and_each_of_them_once()
    {
        var action = ActionOf(Wexley, Raike, Wexley);
        Assert.Equal([Wexley, Raike], action.HeldBy);
    }

    [Fact]
    public void Whoever_hands_over_holds_the_action_until_it_is_accepted()
    {
        var action = ActionOf(Wexley);
        var handover = HandOver(action, Wexley, Raike);
        Assert.Equal([Wexley], action.HeldBy);
        Assert.True(handover.IsWaiting);
        Assert.Equal("Keep the art room open", handover.KeepDoing);

        action.Accept(handover.Id, by: Raike, Later);
        Assert.Equal([Raike], action.HeldBy);
        Assert.Equal(Later, action.Holders.Single(h => h.ParticipantId == Wexley).Until);
    }

    [Fact]
    public void What_is_handed_back_stays_with_its_sender_and_says_why()
    {
        var action = ActionOf(Wexley);
        var handover = HandOver(action, Wexley, Raike);
        action.HandBack(handover.Id, by: Raike, "Not my area", Later);
        Assert.Equal([Wexley], action.HeldBy);
        Assert.Equal(("Not my area", Later), (handover.HandedBackWhy, handover.HandedBackAt));
        Assert.False(handover.IsWaiting);
        HandOver(action, Wexley, Ferraby);
    }

    [Fact]
    public void A_co_holder_keeps_the_action_when_another_hands_theirs_over()
    {
        var action = ActionOf(Wexley, Ferraby);
        action.Accept(HandOver(action, Wexley, Raike).Id, by: Raike, Later);
        Assert.Equal([Ferraby, Raike], action.HeldBy);
    }

    [Fact]
    public void Only_a_holder_hands_over() =>
        Rules.AssertBroken(ActionRules.OnlyHolderHandsOver, () => HandOver(ActionOf(Wexley), Raike, Ferraby));

    [Fact]
    public void Nobody_hands_over_to_a_holder_nor_to_themselves()
    {
        var action = ActionOf(Wexley, Raike);
        Rules.AssertBroken(ActionRules.AlreadyHolds, () => HandOver(action, Wexley, Raike));
        Rules.AssertBroken(ActionRules.AlreadyHolds, () => HandOver(action, Wexley, Wexley));
    }

    [Fact]
    public void Whoever_waits_for_an_answer_offers_it_to_nobody_else()
    {
        var action = ActionOf(Wexley);
        HandOver(action, Wexley, Raike);
        Rules.AssertBroken(ActionRules.HandoverWaits, () => HandOver(action, Wexley, Ferraby));
    }

    [Fact]
    public void Only_whoever_it_was_offered_to_answers()
    {
        var action = ActionOf(Wexley);
        var handover = HandOver(action, Wexley, Raike);
        Rules.AssertBroken(ActionRules.OnlyReceiverAnswers, () => action.Accept(handover.Id, by: Wexley, Later));
        Rules.AssertBroken(ActionRules.OnlyReceiverAnswers, () => action.HandBack(handover.Id, by: Ferraby, null, Later));
        Rules.AssertBroken(ActionRules.OnlyReceiverAnswers, () => action.Accept(Guid.NewGuid(), by: Raike, Later));
    }

    [Fact]
    public void An_offer_is_answered_once()
    {
        var action = ActionOf(Wexley);
        var handover = HandOver(action, Wexley, Raike);
        action.Accept(handover.Id, by: Raike, Later);
        Rules.AssertBroken(ActionRules.HandoverAnswered, () => action.HandBack(handover.Id, by: Raike, null, Later));
        Rules.AssertBroken(ActionRules.HandoverAnswered, () => action.Accept(handover.Id, by: Raike, Later));
        Assert.Equal([Raike], action.HeldBy);
    }

    [Theory]
    [InlineData(ActionState.Done)]
    [InlineData(ActionState.NotDone)]
    public void What_is_finished_is_not_handed_over(ActionState finished)
    {
        var action = ActionOf(Wexley);
        action.Finish(finished, "No funding", Later);
        Rules.AssertBroken(ActionRules.IsFinished, () => HandOver(action, Wexley, Raike));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void What_was_not_done_says_why(string? result)
    {
        var action = ActionOf(Wexley);
        Rules.AssertBroken(ActionRules.SayWhyNotDone, () => action.Finish(ActionState.NotDone, result, Later));
        Assert.Equal(ActionState.Open, action.State);
        action.Finish(ActionState.Done, result, Later);
        Assert.Equal(ActionState.Done, action.State);
    }

    [Fact]
    public void Whoever_covers_holds_what_the_leaving_one_held_and_is_offered_what_they_were_offered()
    {
        var (held, offered) = (ActionOf(Wexley), ActionOf(Ferraby));
        var handover = HandOver(offered, Ferraby, Wexley);

        held.CoverFor(Wexley, Tresk, Later);
        offered.CoverFor(Wexley, Tresk, Later);

        Assert.Equal([Tresk], held.HeldBy);
        Assert.Equal([Ferraby], offered.HeldBy);
        Assert.Equal(Tresk, handover.To);
        offered.Accept(handover.Id, by: Tresk, Later);
        Assert.Equal([Tresk], offered.HeldBy);
    }

    [Fact]
    public void An_offer_that_would_come_back_to_its_sender_by_cover_is_handed_back()
    {
        var action = ActionOf(Wexley, Ferraby);
        var handover = HandOver(action, Wexley, Raike);
        action.CoverFor(Raike, Wexley, Later);
        Assert.False(handover.IsWaiting);
        Assert.Equal(Later, handover.HandedBackAt);
        Assert.Equal([Wexley, Ferraby], action.HeldBy);
        HandOver(action, Wexley, Tresk);
    }

    [Fact]
    public void What_the_leaving_one_had_offered_is_the_covers_offer_and_acceptance_takes_it_from_the_cover()
    {
        var action = ActionOf(Wexley);
        var handover = HandOver(action, Wexley, Raike);
        action.CoverFor(Wexley, Tresk, Later);
        Assert.Equal(Tresk, handover.From);
        action.Accept(handover.Id, by: Raike, Later);
        Assert.Equal([Raike], action.HeldBy);
    }

    [Fact]
    public void Whoever_was_offered_it_and_covers_for_the_sender_has_it()
    {
        var action = ActionOf(Wexley);
        var handover = HandOver(action, Wexley, Raike);
        action.CoverFor(Wexley, Raike, Later);
        Assert.False(handover.IsWaiting);
        Assert.Equal([Raike], action.HeldBy);
    }

    [Fact]
    public void When_the_time_of_all_holders_has_run_out_the_lead_holds_an_open_action()
    {
        var action = ActionOf(Wexley, Raike);
        Assert.Equal([Raike], action.HeldNowBy(p => p == Raike, lead: Tresk));
        Assert.Equal([Tresk], action.HeldNowBy(_ => false, lead: Tresk));
        action.Finish(ActionState.Done, null, Later);
        Assert.Equal([Wexley, Raike], action.HeldNowBy(_ => false, lead: Tresk));
    }

    [Fact]
    public void Nobody_covers_for_themselves()
    {
        var action = ActionOf(Wexley);
        Rules.AssertBroken(PlanRules.CoverMustTakePart, () => action.CoverFor(Wexley, Wexley, Later));
        Assert.Equal([Wexley], action.HeldBy);
    }

    [Fact]
    public void A_cover_that_holds_it_already_holds_it_once()
    {
        var action = ActionOf(Wexley, Tresk);
        action.CoverFor(Wexley, Tresk, Later);
        Assert.Equal([Tresk], action.HeldBy);
    }

    /// <summary>
    /// Whatever the people round an action do, in whatever order: somebody holds it; only acceptance and leaving take it from
    /// anybody, and only from whoever offered it or left; and whoever accepts or covers holds it.
    /// </summary>
    [Fact]
    public void No_sequence_of_acts_leaves_an_action_without_a_holder() =>
        Gen.Select(Somebody.Array[1, 3], AnyAct.Array[0, 30]).Sample((holders, acts) =>
        {
            var action = ActionOf(holders);
            foreach (var act in acts)
            {
                var before = action.HeldBy.ToList();
                var waiting = action.Handovers.Where(h => h.IsWaiting).ToList();
                Rules.Refuse(() => act.On(action));
                var after = action.HeldBy.ToList();
                var accepted = waiting.FirstOrDefault(h => h.AcceptedAt is not null);

                Assert.NotEmpty(after);
                Assert.Distinct(after);
                Assert.All(before.Except(after), lost => Assert.Equal(accepted?.From ?? (act as Cover)?.Leaving, lost));
                if (accepted is not null)
                    Assert.Contains(accepted.To, after);
                if (act is Cover cover && before.Contains(cover.Leaving))
                    Assert.Contains(cover.By, after);
            }
        }, iter: 2_000);

    private static readonly Gen<Guid> Somebody = Gen.OneOf(Wexley, Raike, Ferraby, Tresk);

    private static readonly Gen<Act> AnyAct = Gen.OneOf<Act>(
        Gen.Select(Somebody, Somebody, (from, to) => new Offer(from, to)),
        Gen.Select(Gen.Int[0, 5], Somebody, (which, by) => new Acceptance(which, by)),
        Gen.Select(Gen.Int[0, 5], Somebody, (which, by) => new HandingBack(which, by)),
        Gen.Select(Somebody, Somebody, (leaving, by) => new Cover(leaving, by)));

    private abstract record Act
    {
        public abstract void On(PlanAction action);

        protected static Guid Nth(PlanAction action, int which) => action.Handovers.ElementAtOrDefault(which)?.Id ?? Guid.Empty;
    }

    private sealed record Offer(Guid From, Guid To) : Act
    {
        public override void On(PlanAction action) => HandOver(action, From, To);
    }

    private sealed record Acceptance(int Which, Guid By) : Act
    {
        public override void On(PlanAction action) => action.Accept(Nth(action, Which), By, Later);
    }

    private sealed record HandingBack(int Which, Guid By) : Act
    {
        public override void On(PlanAction action) => action.HandBack(Nth(action, Which), By, null, Later);
    }

    private sealed record Cover(Guid Leaving, Guid By) : Act
    {
        public override void On(PlanAction action) => action.CoverFor(Leaving, By, Later);
    }

    private static Handover HandOver(PlanAction action, Guid from, Guid to) =>
        action.HandOver(from, to, "Keep the art room open", KeziasPlan.MeetingAt);

    private static PlanAction ActionOf(params IEnumerable<Guid> holders) => new(
        KeziasPlan.Id, KeziasPlan.Enjoy, new FourFields("Open the art room", null, "Lunch is the worst bit", null), due: null, holders,
        decisionId: null, by: Wexley, KeziasPlan.MeetingAt);
}
