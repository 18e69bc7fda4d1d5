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
    /// <summary>Longer than any clock runs; a calendar without terms must end in an error, not in an endless loop.</summary>
    private const int FarAhead = 3660;

    private readonly HashSet<DateOnly> bankHolidays = [.. bankHolidays];
    private readonly DaySpan[] terms = [.. terms];
    private readonly DaySpan[] halfTerms = [.. halfTerms];

    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !bankHolidays.Contains(day);

    public bool IsSchoolDay(DateOnly day) =>
        IsWorkingDay(day) && terms.Any(t => t.Holds(day)) && !halfTerms.Any(h => h.Holds(day));

    /// <summary>The day that is <paramref name="days"/> counted days after <paramref name="start"/>; the start itself is not counted.</summary>
    /// <exception cref="InvalidOperationException">The calendar does not reach that far (no term dates, usually).</exception>
    public DateOnly After(DateOnly start, int days, DayCounting counting)
    {
        var day = start;
        var left = days;
        for (var walked = 0; left > 0; walked++)
        {
            if (walked == FarAhead)
                throw new InvalidOperationException($"The calendar holds too few {counting} after {start:yyyy-MM-dd}.");
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
