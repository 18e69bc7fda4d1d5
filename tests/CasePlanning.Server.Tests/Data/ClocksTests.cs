using System.Globalization;
using CasePlanning.Application;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

public sealed class ClocksTests
{
    private static readonly Clocks Shipped = new(new ConfigurationBuilder()
        .AddJsonFile(SourceFiles.At("src/CasePlanning.Server/appsettings.json")).Build());

    /// <summary>Taken into care on Monday 17 August 2026; the last Monday of August is a bank holiday; term begins on 3 September.</summary>
    [Theory]
    [InlineData(10, DayCounting.WorkingDays, "2026-09-01")]
    [InlineData(20, DayCounting.WorkingDays, "2026-09-15")]
    [InlineData(20, DayCounting.SchoolDays, "2026-09-30")]
    public void The_worked_example_comes_out_by_the_settings_that_are_shipped(int days, DayCounting counting, string due) =>
        Assert.Equal(Day(due), Shipped.Of("thornmere").Due(new DateOnly(2026, 8, 17), new ClockRule(days, counting)));

    [Fact]
    public void The_shipped_bank_holidays_are_those_of_England()
    {
        var calendar = Shipped.Of("default").Calendar;
        var shipped = Weekdays(2025, 2028).Where(day => !calendar.IsWorkingDay(day));

        Assert.Equal(Enumerable.Range(2025, 4).SelectMany(BankHolidays).Order(), shipped);
    }

    [Fact]
    public void The_shipped_terms_begin_and_end_on_days_when_somebody_would_come()
    {
        var calendar = Shipped.Of("thornmere").Calendar;
        var settings = new ConfigurationBuilder().AddJsonFile(SourceFiles.At("src/CasePlanning.Server/appsettings.json")).Build()
            .GetSection("Authorities:thornmere");

        foreach (var term in settings.GetSection("Terms").GetChildren())
            Assert.All([term["First"]!, term["Last"]!], day => Assert.True(calendar.IsSchoolDay(Day(day)), day));
        foreach (var halfTerm in settings.GetSection("HalfTerms").GetChildren())
            Assert.Equal((DayOfWeek.Monday, DayOfWeek.Friday), (Day(halfTerm["First"]!).DayOfWeek, Day(halfTerm["Last"]!).DayOfWeek));
    }

    [Fact]
    public void An_authority_takes_from_the_default_what_it_does_not_say()
    {
        var clocks = With(
            ("default:BankHolidays:0", "2026-08-31"), ("default:Clocks:SignOff:Days", "15"), ("default:TimeZone", "Europe/Lisbon"),
            ("thornmere:Clocks:SignOff:Counting", "SchoolDays"), ("thornmere:Terms:0:First", "2026-09-03"), ("thornmere:Terms:0:Last", "2026-12-18"));

        Assert.Equal(new ClockRule(15, DayCounting.SchoolDays), clocks.Of("thornmere").Rules.SignOff);
        Assert.Equal(new ClockRule(15), clocks.Of("nowhere in particular").Rules.SignOff);
        Assert.Equal(new ClockRules().Initiate, clocks.Of("thornmere").Rules.Initiate);
        Assert.False(clocks.Of("Thornmere").Calendar.IsWorkingDay(new DateOnly(2026, 8, 31)));
        Assert.False(clocks.Of("THORNMERE").Calendar.IsSchoolDay(new DateOnly(2026, 9, 2)));
    }

    [Fact]
    public void Without_any_settings_the_clocks_are_the_plain_ones()
    {
        var clock = With().Of("thornmere");

        Assert.Equal(new ClockRules(), clock.Rules);
        Assert.Equal(new DateOnly(2026, 7, 2), clock.DayOf(new DateTimeOffset(2026, 7, 1, 23, 30, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("thornmere:Clocks:SignOff:Days", "0")]
    [InlineData("thornmere:Clocks:SignOff:Days", "-3")]
    [InlineData("thornmere:Clocks:SignOff:Days", "five")]
    [InlineData("thornmere:Clocks:SignOff:Days", "4000")]
    [InlineData("thornmere:Clocks:SignOff:Days", "")]
    [InlineData("thornmere:Clocks:SignOff:Counting", "Days")]
    [InlineData("thornmere:Clocks:SignOff:Counting", "0")]
    [InlineData("thornmere:Clocks:SignOff:Dayz", "5")]
    [InlineData("thornmere:Clocks:Signoffs:Days", "5")]
    [InlineData("thornmere:Clock:SignOff:Days", "5")]
    [InlineData("thornmere:BankHolidays:0", "31 August 2026")]
    [InlineData("thornmere:BankHolidays:0", "2026-02-30")]
    [InlineData("thornmere:Terms:0:First", "2026-9-3")]
    [InlineData("thornmere:TimeZone", "Europe/Thornmere")]
    [InlineData("default:TimeZone", "")]
    public void A_setting_that_cannot_be_used_is_named(string setting, string value)
    {
        var fault = Assert.Throws<StartRefused>(() => With((setting, value)));

        Assert.Contains($"Authorities:{setting.Split(":Dayz")[0].Split(":Signoffs")[0].Split(":Clock:")[0]}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_that_ends_before_it_begins_is_named()
    {
        var fault = Assert.Throws<StartRefused>(() =>
            With(("thornmere:Terms:0:First", "2026-12-18"), ("thornmere:Terms:0:Last", "2026-09-03")));

        Assert.Contains("Authorities:thornmere:Terms:0 ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_of_school_days_without_terms_is_named()
    {
        var fault = Assert.Throws<StartRefused>(() => With(("thornmere:Clocks:FirstPlan:Counting", "SchoolDays")));

        Assert.Contains("Authorities:thornmere:Terms ", fault.Message, StringComparison.Ordinal);
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Clocks With(params (string Setting, string Value)[] settings) => new(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Authorities:{s.Setting}", (string?)s.Value))).Build());

    private static IEnumerable<DateOnly> Weekdays(int from, int to)
    {
        for (var day = new DateOnly(from, 1, 1); day.Year <= to; day = day.AddDays(1))
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                yield return day;
    }

    /// <summary>Reckoned from the rules: Easter, the Mondays, and the next weekday that is free when a fixed day falls on a weekend.</summary>
    private static IEnumerable<DateOnly> BankHolidays(int year)
    {
        var easter = EasterSunday(year);
        var days = new List<DateOnly>
        {
            easter.AddDays(-2), easter.AddDays(1), FirstMonday(year, 5), LastMonday(year, 5), LastMonday(year, 8),
        };
        foreach (var day in new[] { new DateOnly(year, 1, 1), new DateOnly(year, 12, 25), new DateOnly(year, 12, 26) })
        {
            var free = day;
            while (free.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || days.Contains(free))
                free = free.AddDays(1);
            days.Add(free);
        }

        return days;
    }

    private static DateOnly FirstMonday(int year, int month) =>
        Enumerable.Range(1, 7).Select(day => new DateOnly(year, month, day)).Single(day => day.DayOfWeek is DayOfWeek.Monday);

    private static DateOnly LastMonday(int year, int month) => FirstMonday(year, month + 1).AddDays(-7);

    private static DateOnly EasterSunday(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - epact - (rest % 4)) % 7;
        var correction = (golden + (11 * epact) + (22 * weekday)) / 451;
        var count = epact + weekday - (7 * correction) + 114;
        return new DateOnly(year, count / 31, (count % 31) + 1);
    }
}
