using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Looks at a decision again with the views that came after it in sight, and says what was found.</summary>
public sealed class RecheckDecisionModel : DecisionPage
{
    [BindProperty]
    public string? Finding { get; set; }

    [BindProperty]
    public bool? Changed { get; set; }

    /// <summary>The late views that were shown: one that arrives while this is written is not among them.</summary>
    [BindProperty]
    public List<Guid> Considered { get; set; } = [];

    /// <summary>The late views, to be read here.</summary>
    public IReadOnlyList<ContributionView> Late { get; private set; } = [];

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (string.IsNullOrWhiteSpace(Finding))
            ModelState.AddModelError("finding", "Write what you found.");
        if (Changed is null)
            ModelState.AddModelError("changed", "Say whether anything is changed because of it.");
        return await Do(
            new RecheckDecision(Decision, new NewRecheck(Finding!, Changed is true, Considered.Count == 0 ? null : Considered)),
            Changed is true ? "Recorded. Change the words of the decision too, if they are not right any more." : "Recorded: the decision was looked at again, and stays.",
            _ => ToReview);
    }

    protected override async Task Load()
    {
        await base.Load();
        MustDecide();
        var reading = await Read(new ReadViews(Id, It.ReviewId));
        Late = [.. reading.Outcomes.SelectMany(o => o.Contributions).Where(c => It.Unchecked.Contains(c.Id))];
    }
}
