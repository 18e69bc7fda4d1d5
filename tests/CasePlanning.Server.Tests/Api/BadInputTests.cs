using System.Globalization;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>
/// Bad input to every operation that the served document names: always a 4xx problem that names the member, never a 5xx, never
/// a value repeated, and never anything written.
/// </summary>
public sealed class BadInputTests(ITestOutputHelper output)
{
    /// <summary>How many requests to send in each environment, at least; what goes beyond the single faults is random. A nightly run may take 200000.</summary>
    private const string RequestsVariable = "CASEPLANNING_FUZZ_REQUESTS";

    /// <summary>Another seed than the usual one, for what it may find; the usual run sends the same requests every time.</summary>
    private const string SeedVariable = "CASEPLANNING_FUZZ_SEED";

    private const int Requests = 14_000;
    private const int UsualSeed = 20261014;

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Bad_input_is_refused_by_name_and_writes_nothing(string environment)
    {
        var requests = Setting(RequestsVariable) ?? Requests;
        var seed = Setting(SeedVariable) ?? UsualSeed;
        var began = TimeProvider.System.GetTimestamp();
        await using var host = new PlanningHost { Environment = environment };
        using var fuzzer = new OpenApiFuzzer(host);

        await fuzzer.Run(requests, seed);

        output.WriteLine($"T6 {environment}: {fuzzer.Traffic.Figures}; {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s, seed {seed}");
        Assert.True(fuzzer.Traffic.Defects.Length == 0, $"With {SeedVariable}={seed}:\n\n{fuzzer.Traffic.Defects}");
    }

    private static int? Setting(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
