namespace CasePlanning.Domain.Kernel;

/// <summary>
/// Clocks are set back, and those of two hosts disagree. By as much as is tolerated nobody notices; what seems to come from further ahead
/// is not believed, or a grant for an hour would last for as long as the clock was set back, and an hour.
/// </summary>
public static class ClockDrift
{
    public static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);

    /// <summary>It happened so short a while ago, and not in time to come.</summary>
    public static bool IsRecent(DateTimeOffset at, TimeSpan within, DateTimeOffset now) => at <= now + Tolerated && now - at <= within;
}
