namespace CasePlanning.Server.Pages.Plans;

/// <summary>The way to the parts of a plan, above each of them.</summary>
/// <param name="Here">The name of the page that this is a part of: <c>Review</c>, <c>Actions</c>.</param>
public sealed record PlanWays(Guid Id, string Child, string Here)
{
    public static readonly IReadOnlyList<(string Page, string Words)> Parts =
        [("Plan", "Plan"), ("Reviews", "Reviews"), ("Actions", "Actions and targets"), ("People", "People"), ("History", "History")];
}
