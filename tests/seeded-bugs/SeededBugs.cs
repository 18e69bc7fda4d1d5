using System.Globalization;

namespace CasePlanning;

/// <summary>Which of the seeded bugs is in force: the one whose number is in <c>SEEDED_BUG</c>. In no ordinary build.</summary>
public static class SeededBugs
{
    private static readonly string? InForce = Environment.GetEnvironmentVariable("SEEDED_BUG");

    public static bool Has(int bug) => InForce == bug.ToString(CultureInfo.InvariantCulture);
}
