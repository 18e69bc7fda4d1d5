using CasePlanning.Domain.Reviews;
using Xunit;
using static CasePlanning.Domain.Tests.KeziasPlan;

namespace CasePlanning.Domain.Tests.Reviews;

public sealed class RecheckingTests
{
    private static readonly Guid Raikes = new("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Delphines = new("01990000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Decided = MeetingAt;
    private static readonly DateTimeOffset Late = MeetingAt.AddDays(5);
    private static readonly TimeSpan Tick = new(1);

    [Fact]
    public void A_view_that_was_there_puts_nothing_in_question() =>
        Assert.Empty(Unchecked([View(Raikes, Decided - Tick)]));

    [Fact]
    public void A_view_of_the_very_instant_of_the_decision_was_there() =>
        Assert.Empty(Unchecked([View(Raikes, Decided)]));

    [Fact]
    public void A_late_view_on_one_of_its_outcomes_puts_a_decision_in_question()
    {
        Assert.Equal([Raikes], Unchecked([View(Raikes, Decided + Tick)]));
        Assert.Equal([Delphines], Unchecked([View(Delphines, Late, Enjoy)]));
    }

    [Fact]
    public void A_late_view_on_another_outcome_does_not() =>
        Assert.Empty(Unchecked([View(Raikes, Late, Safe)]));

    [Fact]
    public void A_recheck_that_considered_the_view_settles_it() =>
        Assert.Empty(Unchecked([View(Raikes, Late)], (Late + Tick, [Raikes])));

    [Fact]
    public void A_recheck_of_the_same_instant_that_names_the_view_settles_it() =>
        Assert.Empty(Unchecked([View(Raikes, Late)], (Late, [Raikes])));

    [Fact]
    public void A_recheck_settles_only_the_views_it_names() =>
        Assert.Equal([Delphines], Unchecked([View(Raikes, Late), View(Delphines, Late)], (Late + Tick, [Raikes])));

    [Fact]
    public void New_words_after_a_recheck_want_another_one()
    {
        var newest = View(Raikes, Late.AddHours(2));
        Assert.Equal([Raikes], Unchecked([newest], (Late.AddHours(1), [Raikes])));
        Assert.Empty(Unchecked([newest], (Late.AddHours(1), [Raikes]), (Late.AddHours(3), [Raikes])));
    }

    [Fact]
    public void Several_rechecks_settle_together_what_each_of_them_considered() =>
        Assert.Empty(Unchecked([View(Raikes, Late), View(Delphines, Late)], (Late + Tick, [Raikes]), (Late + Tick, [Delphines])));

    private static ArrivedView View(Guid id, DateTimeOffset signedAt, string outcome = Healthy) => new(id, outcome, signedAt);

    private static IReadOnlyList<Guid> Unchecked(
        IEnumerable<ArrivedView> visible, params IReadOnlyCollection<(DateTimeOffset At, IReadOnlyCollection<Guid> Considered)> rechecks) =>
        Rechecking.Unchecked([Enjoy, Healthy], Decided, visible, rechecks);
}
