using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>One dated duty of an authority: so many days, counted so, after the plan's start or after a review's close.</summary>
public sealed record ClockRule(int Days, DayCounting Counting = DayCounting.WorkingDays);

/// <summary>
/// The clocks of one authority. Authorities differ (domain.md §2.3), so every figure is configuration; these defaults are the
/// ones most of them use.
/// </summary>
public sealed record ClockRules
{
    /// <summary>The plan is begun.</summary>
    public ClockRule Initiate { get; init; } = new(10);

    /// <summary>The first plan is complete, ready for the first review.</summary>
    public ClockRule FirstPlan { get; init; } = new(20);

    /// <summary>A closed review is signed off.</summary>
    public ClockRule SignOff { get; init; } = new(5);

    /// <summary>A question on the plan is answered.</summary>
    public ClockRule Answer { get; init; } = new(5);

    /// <summary>A handed-over action is accepted or handed back.</summary>
    public ClockRule Handover { get; init; } = new(5);
}

/// <summary>An authority's clocks, calendar and time zone together: turns instants and starts into due days.</summary>
public sealed class PlanningClock(ClockRules rules, DayCalendar calendar, TimeZoneInfo zone)
{
    public ClockRules Rules { get; } = rules;

    public DayCalendar Calendar { get; } = calendar;

    /// <summary>The calendar day it is at this instant where the authority is.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The instant at which it is this time of day there.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    public DateOnly Due(DateOnly start, ClockRule rule) => Calendar.After(start, rule.Days, rule.Counting);

    public DateOnly Due(DateTimeOffset start, ClockRule rule) => Due(DayOf(start), rule);
}
