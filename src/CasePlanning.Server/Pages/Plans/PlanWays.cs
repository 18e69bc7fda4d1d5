namespace CasePlanning.Server.Pages.Plans;

/// <summary>The way to the parts of a plan, above each of them.</summary>
/// <param name="Here">The name of the page that this is a part of: <c>Review</c>, <c>Actions</c>.</param>
/// <param name="IsForChild">The child is the reader, and has a way of their own to say something.</param>
public sealed record PlanWays(Guid Id, string Child, string Here, bool IsForChild = false)
{
    private static readonly IReadOnlyList<(string Page, string Words)> OfAll =
        [("Plan", "Plan"), ("Reviews", "Reviews"), ("Actions", "Actions and targets"), ("People", "People"), ("History", "History")];

    private static readonly IReadOnlyList<(string Page, string Words)> OfChild =
        [("Plan", "My plan"), ("MySay", "Have my say"), ("Reviews", "Meetings and reviews"), ("Actions", "Who does what"), ("People", "My people"), ("History", "What happened")];

    public IReadOnlyList<(string Page, string Words)> Parts => IsForChild ? OfChild : OfAll;

    /// <summary>What the part that this page belongs to is called.</summary>
    public string HereInWords => Parts.First(part => part.Page == Here).Words;

    public string Title => IsForChild ? "My plan" : $"{PageWords.Whose(Child)} plan";
}
