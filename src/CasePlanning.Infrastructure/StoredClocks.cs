using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Infrastructure;

/// <summary>
/// The clocks that authorities have set for themselves, over those of the configuration. A change has effect with the next request, on
/// every host.
/// </summary>
internal sealed class StoredClocks(IPlanningDatabase database, Clocks configured) : IClocks
{
    private Dictionary<string, ClockSettings>? own;

    public PlanningClock Of(string authority) =>
        Own(authority) is { } settings ? settings.In(configured.ZoneOf(authority)) : configured.Of(authority);

    public ClockSettings SettingsOf(string authority) => Own(authority) ?? configured.SettingsOf(authority);

    private ClockSettings? Own(string authority)
    {
        own ??= database.Facts.Of(
            new Asked(), () => database.AuthorityClocks.AsNoTracking().ToDictionary(c => c.Authority, c => c.Settings, StringComparer.OrdinalIgnoreCase));
        return own.GetValueOrDefault(authority);
    }

    private readonly record struct Asked;
}
