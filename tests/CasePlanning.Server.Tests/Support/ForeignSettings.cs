using System.Diagnostics;

namespace CasePlanning.Server.Tests.Support;

/// <summary>What this test run was told in its environment. A program that it starts must not hear of it.</summary>
internal static class ForeignSettings
{
    /// <summary>Stands between the parts of every setting's name.</summary>
    private const string Separator = "__";

    private static readonly string[] Others = ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "URLS", "AllowedHosts", "OTEL_", "MSBUILD"];

    public static ProcessStartInfo WithoutForeignSettings(this ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(name);
        return start;
    }

    private static bool IsForeign(string name) =>
        name.Contains(Separator, StringComparison.Ordinal) || Others.Any(other => name.StartsWith(other, StringComparison.OrdinalIgnoreCase));
}
