using CasePlanning.Application.Plans;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>A page of a plan that puts things as the plan puts them. Of its address it repeats ids, a time and a choice from a list.</summary>
[SentCompressed]
public abstract class PlanSheetPage : PlanningPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public PlanSheet Sheet { get; private set; } = null!;

    protected async Task LoadSheet(ReadWholePlan read, bool onPaper = false)
    {
        Sheet = new PlanSheet(await Read(read), onPaper ? null : Url);
    }

    /// <summary>The plan with the review that something belongs to.</summary>
    protected Task LoadSheet(Guid reviewId) => LoadSheet(new ReadWholePlan(Id, reviewId));
}
