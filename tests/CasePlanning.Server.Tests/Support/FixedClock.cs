namespace CasePlanning.Server.Tests.Support;

/// <summary>A clock that stands still until a test sets it.</summary>
public sealed class FixedClock : TimeProvider
{
    /// <summary>A Wednesday in term, in the middle of the day.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 10, 14, 11, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
