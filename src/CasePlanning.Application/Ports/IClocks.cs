using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Ports;

/// <summary>The clocks of each authority: its own where it has set them, otherwise those of the configuration.</summary>
public interface IClocks
{
    /// <summary>The authority's clock; an authority without settings of its own runs by the default ones.</summary>
    PlanningClock Of(string authority);

    /// <summary>What that clock counts by.</summary>
    ClockSettings SettingsOf(string authority);
}
