using CasePlanning.Domain.Kernel;
using CsCheck;
using Xunit;

namespace CasePlanning.Domain.Tests.Kernel;

public sealed class DayCalendarTests
{
    private static readonly DateOnly TakenIntoCare = new(2026, 8, 17);

    [Theory]
    [InlineData(10, DayCounting.WorkingDays, "2026-09-01")] // 31 August is a bank holiday
    [InlineData(20, DayCounting.WorkingDays, "2026-09-15")]
    [InlineData(20, DayCounting.SchoolDays, "2026-09-30")]
    public void The_worked_example_of_a_child_looked_after_since_17_August_2026(int days, DayCounting counting, string due) =>
        Assert.Equal(Day(due), Thornmere.Calendar.After(TakenIntoCare, days, counting));

    [Fact]
    public void Half_term_counts_as_working_days_but_not_as_school_days()
    {
        var lastDayBefore = Day("2026-10-23");
        Assert.Equal(Day("2026-10-30"), Thornmere.Calendar.After(lastDayBefore, 5, DayCounting.WorkingDays));
        Assert.Equal(Day("2026-11-06"), Thornmere.Calendar.After(lastDayBefore, 5, DayCounting.SchoolDays));
    }

    [Theory]
    [InlineData("2026-08-28", true)] // Friday in the summer holidays
    [InlineData("2026-08-29", false)] // Saturday
    [InlineData("2026-08-30", false)] // Sunday
    [InlineData("2026-08-31", false)] // bank holiday
    [InlineData("2026-10-26", true)] // half-term
    public void Weekends_and_bank_holidays_are_no_working_days_and_school_holidays_are(string day, bool works) =>
        Assert.Equal(works, Thornmere.Calendar.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2026-09-02", false)] // the day before term
    [InlineData("2026-09-03", true)]
    [InlineData("2026-10-23", true)]
    [InlineData("2026-10-26", false)]
    [InlineData("2026-10-30", false)]
    [InlineData("2026-11-02", true)]
    [InlineData("2026-12-18", true)]
    [InlineData("2026-12-21", false)] // between the terms
    [InlineData("2027-01-04", true)]
    public void A_school_day_is_a_working_day_in_term_and_both_ends_of_a_span_belong_to_it(string day, bool isSchoolDay) =>
        Assert.Equal(isSchoolDay, Thornmere.Calendar.IsSchoolDay(Day(day)));

    [Fact]
    public void After_the_last_term_that_is_known_every_working_day_counts_so_that_a_due_day_always_comes()
    {
        var lastKnown = Day("2027-03-25");
        Assert.True(Thornmere.Calendar.IsSchoolDay(lastKnown));
        Assert.False(Thornmere.Calendar.IsSchoolDay(Day("2027-03-27"))); // Saturday
        Assert.True(Thornmere.Calendar.IsSchoolDay(Day("2027-03-30")));
        Assert.Equal(Day("2027-04-22"), Thornmere.Calendar.After(lastKnown, 20, DayCounting.SchoolDays));
    }

    [Fact]
    public void Where_no_term_is_known_school_days_are_working_days()
    {
        var unknown = new DayCalendar([], [], []);
        Assert.Equal(Day("2026-09-14"), unknown.After(TakenIntoCare, 20, DayCounting.SchoolDays));
    }

    [Fact]
    public void Nothing_to_count_is_due_on_the_day_itself() =>
        Assert.Equal(Day("2026-08-30"), Thornmere.Calendar.After(Day("2026-08-30"), 0, DayCounting.WorkingDays));

    [Theory]
    [InlineData("2026-11-20", 0)]
    [InlineData("2026-11-23", 0)] // the due day itself
    [InlineData("2026-11-24", 1)]
    [InlineData("2026-11-26", 3)]
    [InlineData("2026-11-29", 4)] // a Sunday adds nothing
    [InlineData("2026-11-30", 5)]
    public void Days_over_are_the_working_days_after_the_due_day(string today, int over) =>
        Assert.Equal(over, Thornmere.Calendar.WorkingDaysOver(Day("2026-11-23"), Day(today)));

    [Fact]
    public void A_due_day_is_a_counted_day_and_exactly_so_many_days_over_its_start() =>
        Gen.Select(Gen.Int[0, 500], Gen.Int[1, 60]).Sample((offset, days) =>
        {
            var start = TakenIntoCare.AddDays(offset);
            var due = Thornmere.Calendar.After(start, days, DayCounting.WorkingDays);
            Assert.True(Thornmere.Calendar.IsWorkingDay(due));
            Assert.Equal(days, Thornmere.Calendar.WorkingDaysOver(start, due));
            Assert.True(due <= Thornmere.Calendar.After(start, days, DayCounting.SchoolDays));
        }, iter: 500);

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
