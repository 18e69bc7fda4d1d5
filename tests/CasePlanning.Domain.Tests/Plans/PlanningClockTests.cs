using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using Xunit;

namespace CasePlanning.Domain.Tests.Plans;

public sealed class PlanningClockTests
{
    private static readonly DateOnly TakenIntoCare = new(2026, 8, 17);
    private static readonly PlanningClock Clock = new(new ClockRules(), Thornmere.Calendar, Thornmere.Zone);

    [Fact]
    public void By_the_usual_rules_the_plan_is_begun_in_10_and_complete_in_20_working_days()
    {
        Assert.Equal(new DateOnly(2026, 9, 1), Clock.Due(TakenIntoCare, Clock.Rules.Initiate));
        Assert.Equal(new DateOnly(2026, 9, 15), Clock.Due(TakenIntoCare, Clock.Rules.FirstPlan));
    }

    [Fact]
    public void An_authority_that_counts_20_school_days_has_its_first_plan_by_30_September()
    {
        var clock = new PlanningClock(new ClockRules { FirstPlan = new(20, DayCounting.SchoolDays) }, Thornmere.Calendar, Thornmere.Zone);
        Assert.Equal(new DateOnly(2026, 9, 30), clock.Due(TakenIntoCare, clock.Rules.FirstPlan));
        Assert.Equal(new DateOnly(2026, 9, 1), clock.Due(TakenIntoCare, clock.Rules.Initiate));
    }

    [Fact]
    public void Sign_off_is_due_five_working_days_after_the_window_closed_half_term_or_not() =>
        Assert.Equal(new DateOnly(2026, 10, 28), Clock.Due(KeziasPlan.WindowCloses, Clock.Rules.SignOff));

    [Fact]
    public void Ten_working_days_after_the_meeting_is_the_same_day() =>
        Assert.Equal(new DateOnly(2026, 10, 28), Clock.Due(KeziasPlan.MeetingAt, new ClockRule(10)));

    [Theory]
    [InlineData("2026-10-14T22:59:59Z", "2026-10-14")]
    [InlineData("2026-10-14T23:00:00Z", "2026-10-15")] // summer time: midnight has come in Thornmere
    [InlineData("2026-11-23T23:59:59Z", "2026-11-23")]
    [InlineData("2026-11-24T00:00:00Z", "2026-11-24")]
    public void A_day_is_the_day_where_the_authority_is(string instant, string day) =>
        Assert.Equal(DateOnly.Parse(day, null), Clock.DayOf(DateTimeOffset.Parse(instant, null)));

    [Fact]
    public void A_window_is_fifteen_working_days_from_today() =>
        Assert.Equal((KeziasPlan.WindowOpens, KeziasPlan.WindowCloses), Clock.WindowAfter([], KeziasPlan.WindowOpens));

    [Theory]
    [InlineData("2026-09-29", "2026-09-30")] // it ended yesterday
    [InlineData("2026-09-30", "2026-10-01")] // it shares today
    [InlineData("2026-10-02", "2026-10-05")] // it ends on a Friday
    [InlineData("2026-12-24", "2026-12-29")] // and before the holidays
    public void A_window_begins_after_those_that_it_must_not_touch(string last, string opens) =>
        Assert.Equal(DateOnly.Parse(opens, null), Clock.WindowAfter([new(2026, 9, 1), DateOnly.Parse(last, null)], KeziasPlan.WindowOpens).Opens);

    [Fact]
    public void A_duty_that_starts_late_in_the_evening_counts_from_the_local_day() =>
        Assert.Equal(new DateOnly(2026, 10, 16), Clock.Due(new DateTimeOffset(2026, 10, 14, 23, 30, 0, TimeSpan.Zero), new ClockRule(1)));
}
