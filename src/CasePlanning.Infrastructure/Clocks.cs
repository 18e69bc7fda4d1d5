using System.Globalization;
using CasePlanning.Application;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Infrastructure;

/// <summary>
/// The clocks of each authority, from <c>Authorities:{code}</c>: <c>Clocks:{Initiate|FirstPlan|Window|SignOff|Answer|Handover}</c> with
/// <c>Days</c> and <c>Counting</c>, <c>BankHolidays</c>, <c>Terms</c> and <c>HalfTerms</c> with <c>First</c> and <c>Last</c>,
/// <c>TimeZone</c>. What an authority does not say it takes from <c>Authorities:default</c>.
/// </summary>
public sealed class Clocks
{
    private const string Default = "default";

    private readonly Dictionary<string, Authority> known = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="StartRefused">A setting cannot be used; the message names it.</exception>
    public Clocks(IConfiguration configuration)
    {
        var authorities = configuration.GetSection("Authorities");
        var common = Authority.Read(authorities.GetSection(Default), Authority.Plain);
        known[Default] = common;
        foreach (var section in authorities.GetChildren())
            known[section.Key] = Authority.Read(section, common);
    }

    /// <summary>By its own settings or, where it has none, by the default ones.</summary>
    public PlanningClock Of(string authority) => SettingsOf(authority).In(ZoneOf(authority));

    public ClockSettings SettingsOf(string authority) => Find(authority).Settings;

    public TimeZoneInfo ZoneOf(string authority) => Find(authority).Zone;

    private Authority Find(string authority) => known.GetValueOrDefault(authority) ?? known[Default];

    private static StartRefused Fault(IConfigurationSection setting, string fault) => StartRefused.Setting(setting.Path, fault);

    /// <summary>The settings of one authority, complete.</summary>
    private sealed record Authority(ClockSettings Settings, TimeZoneInfo Zone)
    {
        public static readonly Authority Plain =
            new(new ClockSettings(new ClockRules(), [], [], []), TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));

        public static Authority Read(IConfigurationSection settings, Authority inherited)
        {
            Only(settings, "Clocks", "BankHolidays", "Terms", "HalfTerms", "TimeZone");
            var clocks = settings.GetSection("Clocks");
            Only(clocks, "Initiate", "FirstPlan", "Window", "SignOff", "Answer", "Handover");
            var (rules, bankHolidays, terms, halfTerms) = inherited.Settings;
            var authority = new Authority(
                new ClockSettings(
                    new ClockRules
                    {
                        Initiate = Rule(clocks.GetSection("Initiate"), rules.Initiate),
                        FirstPlan = Rule(clocks.GetSection("FirstPlan"), rules.FirstPlan),
                        Window = Rule(clocks.GetSection("Window"), rules.Window),
                        SignOff = Rule(clocks.GetSection("SignOff"), rules.SignOff),
                        Answer = Rule(clocks.GetSection("Answer"), rules.Answer),
                        Handover = Rule(clocks.GetSection("Handover"), rules.Handover),
                    },
                    Each(settings.GetSection("BankHolidays"), bankHolidays, Day),
                    Each(settings.GetSection("Terms"), terms, Span),
                    Each(settings.GetSection("HalfTerms"), halfTerms, Span)),
                ZoneOf(settings.GetSection("TimeZone"), inherited.Zone));
            if (authority.Settings.LacksTerms)
                throw Fault(settings.GetSection("Terms"), "is missing: a clock that counts school days needs the dates of terms");
            return authority;
        }

        private static ClockRule Rule(IConfigurationSection setting, ClockRule inherited)
        {
            Only(setting, "Days", "Counting");
            return new ClockRule(
                Days(setting.GetSection("Days"), inherited.Days),
                Counting(setting.GetSection("Counting"), inherited.Counting));
        }

        private static int Days(IConfigurationSection setting, int inherited)
        {
            if (setting.Value is null)
                return inherited;
            return int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= ClockSettings.MostDays
                ? days
                : throw Fault(setting, $"must be a whole number from 1 to {ClockSettings.MostDays}");
        }

        private static DayCounting Counting(IConfigurationSection setting, DayCounting inherited) => setting.Value switch
        {
            null => inherited,
            nameof(DayCounting.WorkingDays) => DayCounting.WorkingDays,
            nameof(DayCounting.SchoolDays) => DayCounting.SchoolDays,
            _ => throw Fault(setting, $"must be {nameof(DayCounting.WorkingDays)} or {nameof(DayCounting.SchoolDays)}"),
        };

        private static IReadOnlyList<T> Each<T>(
            IConfigurationSection setting, IReadOnlyList<T> inherited, Func<IConfigurationSection, T> read) =>
            setting.Exists() ? [.. setting.GetChildren().Select(read)] : inherited;

        private static DateOnly Day(IConfigurationSection setting) =>
            DateOnly.TryParseExact(setting.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw Fault(setting, "must be a date such as 2026-08-31");

        private static DaySpan Span(IConfigurationSection setting)
        {
            Only(setting, "First", "Last");
            var span = new DaySpan(Day(setting.GetSection("First")), Day(setting.GetSection("Last")));
            return span.First <= span.Last ? span : throw Fault(setting, "must not end before it begins");
        }

        private static TimeZoneInfo ZoneOf(IConfigurationSection setting, TimeZoneInfo inherited)
        {
            if (setting.Value is null)
                return inherited;
            return TimeZoneInfo.TryFindSystemTimeZoneById(setting.Value, out var zone)
                ? zone
                : throw Fault(setting, "must name a time zone such as Europe/London");
        }

        /// <summary>A misspelt setting would otherwise be a setting without effect.</summary>
        private static void Only(IConfigurationSection setting, params string[] known)
        {
            foreach (var child in setting.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
                throw Fault(child, $"is not known here; known are {string.Join(", ", known)}");
        }
    }
}
