using Xunit;

namespace CasePlanning.Server.Tests.Support;

internal static class Found
{
    private const int MostShown = 30;

    /// <summary>Like <c>Assert.Empty</c>, but a failure shows in full what was found.</summary>
    public static void Nothing(IEnumerable<string> faults)
    {
        var all = faults.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, $"{all.Count} found:\n{string.Join('\n', all.Take(MostShown))}");
    }
}
