using System.Globalization;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Server.Pages;

/// <summary>How pages put days, states and names.</summary>
public static class PageWords
{
    private static readonly CultureInfo British = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>20 November; with the year when it is not this one.</summary>
    public static string Day(DateOnly day, DateOnly today) => day.ToString(day.Year == today.Year ? "d MMMM" : "d MMMM yyyy", British);

    /// <summary>Friday 20 November.</summary>
    public static string WeekDay(DateOnly day, DateOnly today) => $"{day.ToString("dddd", British)} {Day(day, today)}";

    /// <summary>today, tomorrow, in 3 days, yesterday, 2 days ago.</summary>
    public static string Away(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        > 0 and var days => string.Create(British, $"in {days} days"),
        var days => string.Create(British, $"{-days} days ago"),
    };

    /// <summary>Kezia’s.</summary>
    public static string Whose(string name) => name.EndsWith('s') ? $"{name}’" : $"{name}’s";

    /// <summary>One thing, 2 things.</summary>
    public static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : string.Create(British, $"{count} {many}");

    public static string Of(PlanKind kind) => kind switch
    {
        PlanKind.Pep => "Personal education plan",
        PlanKind.EarlyHelp => "Early help plan",
        PlanKind.Pathway => "Pathway plan",
        PlanKind.Transition => "Transition plan",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    public static string Of(ReviewState state) => state switch
    {
        ReviewState.Planned => "Not open yet",
        ReviewState.Open => "Open for views",
        ReviewState.Closing => "Window over, not closed",
        ReviewState.Closed => "Closed",
        ReviewState.Signed => "Signed off",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <summary>The colour of the tag of a state, beside its words.</summary>
    public static string? ColourOf(ReviewState state) => state switch
    {
        ReviewState.Open => "green",
        ReviewState.Closing => "yellow",
        ReviewState.Closed or ReviewState.Signed => "grey",
        _ => null,
    };

    /// <summary>Whoever is thirteen is not called a child by those who know them.</summary>
    public static string Of(Role role) => role is Role.Child ? "Young person" : RoleWords.Of(role);

    /// <summary>What stands for a name says no more than the role: "Carer", or "Carer 2" where there are several.</summary>
    public static bool IsRoleAlone(string name, Role role) =>
        name.StartsWith(RoleWords.Of(role), StringComparison.Ordinal) && name[RoleWords.Of(role).Length..].TrimStart(' ').All(char.IsAsciiDigit);
}
