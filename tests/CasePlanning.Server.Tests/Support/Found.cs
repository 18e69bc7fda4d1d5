using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

internal static class Found
{
    /// <summary>Like <c>Assert.Empty</c>, but a failure names in full everything that was found.</summary>
    public static void Nothing(IEnumerable<string> faults)
    {
        var all = faults.Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }
}
