namespace CasePlanning.Domain.Kernel;

/// <summary>A span of days, both ends included.</summary>
public readonly record struct DaySpan(DateOnly First, DateOnly Last)
{
    public bool Holds(DateOnly day) => First <= day && day <= Last;
}

/// <summary>How the days of a clock are counted: every day but weekends and bank holidays, or only days when schools are open.</summary>
public enum DayCounting
{
    WorkingDays,
    SchoolDays,
}

/// <summary>
/// An authority's days. School holidays are working days unless they are also bank holidays: the two counts differ by weeks in
/// summer, and authorities differ in which one they use.
/// </summary>
public sealed class DayCalendar(IEnumerable<DateOnly> bankHolidays, IEnumerable<DaySpan> terms, IEnumerable<DaySpan> halfTerms)
{
    private readonly HashSet<DateOnly> bankHolidays = [.. bankHolidays];
    private readonly DaySpan[] terms = [.. terms];
    private readonly DaySpan[] halfTerms = [.. halfTerms];
    private readonly DateOnly lastKnownSchoolDay = terms.Select(t => t.Last).DefaultIfEmpty(DateOnly.MinValue).Max();

    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !bankHolidays.Contains(day);

    /// <summary>
    /// A working day in term. After the last term that is known every working day counts: a due day that comes too early is
    /// noticed, one that never comes is not.
    /// </summary>
    public bool IsSchoolDay(DateOnly day) =>
        IsWorkingDay(day) && (day > lastKnownSchoolDay || (terms.Any(t => t.Holds(day)) && !halfTerms.Any(h => h.Holds(day))));

    /// <summary>The day that is <paramref name="days"/> counted days after <paramref name="start"/>; the start itself is not counted.</summary>
    public DateOnly After(DateOnly start, int days, DayCounting counting)
    {
        var day = start;
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (counting is DayCounting.SchoolDays ? IsSchoolDay(day) : IsWorkingDay(day))
                left--;
        }

        return day;
    }

    /// <summary>How many working days lie after <paramref name="due"/> up to and including <paramref name="today"/>; 0 when not overdue.</summary>
    public int WorkingDaysOver(DateOnly due, DateOnly today)
    {
        var over = 0;
        for (var day = due.AddDays(1); day <= today; day = day.AddDays(1))
            over += IsWorkingDay(day) ? 1 : 0;
        return over;
    }
}
