using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>What an authority's days are counted by: its clocks and its calendar.</summary>
public sealed record ClockSettings(
    ClockRules Rules, IReadOnlyList<DateOnly> BankHolidays, IReadOnlyList<DaySpan> Terms, IReadOnlyList<DaySpan> HalfTerms)
{
    public const int MostDays = 400;
    public const int MostHolidays = 400;
    public const int MostSpans = 100;

    /// <summary>School days are counted, and nobody said when there is school.</summary>
    public bool LacksTerms => Terms.Count == 0
        && new[] { Rules.Initiate, Rules.FirstPlan, Rules.Window, Rules.SignOff, Rules.Answer, Rules.Handover }.Any(r => r.Counting is DayCounting.SchoolDays);

    public PlanningClock In(TimeZoneInfo zone) => new(Rules, new DayCalendar(BankHolidays, Terms, HalfTerms), zone);
}

/// <summary>
/// The settings that an authority has made for itself. From then on they count and those of the configuration do not, for every
/// plan of the authority and at once.
/// </summary>
public sealed class AuthorityClocks : IVersioned
{
    private AuthorityClocks()
    {
    }

    public AuthorityClocks(string authority, ClockSettings settings, Guid by, DateTimeOffset now)
    {
        Authority = authority;
        (Settings, ChangedById, ChangedAt) = (settings, by, now);
    }

    public string Authority { get; private set; } = "";

    public ClockSettings Settings { get; private set; } = null!;

    /// <summary>The person who changed them last.</summary>
    public Guid ChangedById { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public void Change(ClockSettings settings, Guid by, DateTimeOffset now) => (Settings, ChangedById, ChangedAt) = (settings, by, now);
}
