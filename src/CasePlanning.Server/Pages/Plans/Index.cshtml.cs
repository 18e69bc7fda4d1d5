using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The plans that whoever is signed in takes part in.</summary>
public sealed class IndexModel : PlanningPage
{
    private const int MostPlans = 25;
    private const int MostFrameworks = 200;

    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Outcome { get; set; }

    [BindProperty(SupportsGet = true)]
    public Role? Role { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReviewState? Review { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? From { get; set; }

    public IReadOnlyList<PlanSummary> Plans { get; private set; } = [];

    public string? Next { get; private set; }

    /// <summary>Every outcome of every framework, by name.</summary>
    public IReadOnlyList<OutcomeView> Outcomes { get; private set; } = [];

    public bool IsFiltered => Name is not null || Outcome is not null || Role is not null || Review is not null;

    public override async Task<IActionResult> OnGetAsync()
    {
        var page = await base.OnGetAsync();
        // A child looks for one plan, and it is theirs.
        return IsForChild && !IsFiltered && Plans is [var mine] ? RedirectToPage("/Plans/Plan", new { id = mine.Id }) : page;
    }

    protected override async Task Load()
    {
        var plans = await Read(new ListPlans(PageFrom(From, MostPlans), new PlanFilter(Name?.Trim(), Outcome, Role, Review)));
        Plans = plans.Items;
        Next = SealedPlace(plans);
        var frameworks = await Read(new ListFrameworks());
        Outcomes = [.. frameworks.Items.SelectMany(f => f.Outcomes).DistinctBy(o => o.Code).OrderBy(o => o.Name, StringComparer.Ordinal)];
    }
}
