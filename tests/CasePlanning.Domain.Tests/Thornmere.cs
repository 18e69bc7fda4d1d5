using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Tests;

/// <summary>The invented authority of the scenarios: its bank holidays and its school year.</summary>
internal static class Thornmere
{
    public static readonly DayCalendar Calendar = new(
        bankHolidays: [new(2026, 8, 31), new(2026, 12, 25), new(2026, 12, 28), new(2027, 1, 1)],
        terms: [new(new(2026, 9, 3), new(2026, 12, 18)), new(new(2027, 1, 4), new(2027, 3, 25))],
        halfTerms: [new(new(2026, 10, 26), new(2026, 10, 30)), new(new(2027, 2, 15), new(2027, 2, 19))]);

    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
}
