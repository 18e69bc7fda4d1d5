using AngleSharp.Dom;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>The way to the plans of a host, and what stands on their pages.</summary>
internal static class PlanOnPage
{
    public static async Task<string> PlanOf(this PlanningHost host, string child, string name = "imke.sandover")
    {
        using var api = host.SignInAs(name);
        return (await api.Get("/plans")).Items.Single(p => p.GetProperty("childName").GetString() == child).GetProperty("id").GetString()!;
    }

    public static async Task<string> ReviewOf(this PlanningHost host, string plan, string name = "imke.sandover")
    {
        using var api = host.SignInAs(name);
        return (await api.Get($"/plans/{plan}"))["reviews"].EnumerateArray().First().GetProperty("id").GetString()!;
    }

    public static List<string> SaidOn(IDocument page) => [.. page.QuerySelectorAll(".app-view > .app-words").Select(Words)];

    public static string Words(INode? node) => string.Join(' ', (node?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
