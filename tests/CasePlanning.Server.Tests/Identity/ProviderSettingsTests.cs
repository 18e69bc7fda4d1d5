using CasePlanning.Application;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Identity;

public sealed class ProviderSettingsTests
{
    private static readonly Dictionary<string, string> Thornmere = new()
    {
        ["Identity:Providers:thornmere:Authority"] = "http://127.0.0.1:9/",
        ["Identity:Providers:thornmere:ClientId"] = ProviderHost.ClientId,
        ["Identity:Providers:thornmere:ClientSecret"] = ProviderHost.ClientSecret,
    };

    [Theory]
    [InlineData("Authority", "agency", "Authority")]
    [InlineData("Authority", "ftp://agency.demo.example", "Authority")]
    [InlineData("ClientId", "", "ClientId")]
    [InlineData("ClientSecret", "", "ClientSecret")]
    [InlineData("Authrity", "x", "Authrity")]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_is_named(string setting, string value, string named)
    {
        await using var broken = new PlanningHost
        {
            Settings = new Dictionary<string, string>(Thornmere) { [$"Identity:Providers:thornmere:{setting}"] = value },
        };
        Assert.Contains($"Identity:Providers:thornmere:{named}", Assert.Throws<StartRefused>(broken.StartServer).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Production_a_provider_is_reached_under_protection_alone()
    {
        await using var production = new PlanningHost { Environment = "Production", Settings = new Dictionary<string, string>(Thornmere) };
        Assert.Contains("Identity:Providers:thornmere:Authority", Assert.Throws<StartRefused>(production.StartServer).Message, StringComparison.Ordinal);
    }
}
