using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The multi-voiced plan: one open page, every outcome, every voice side by side. Ways of reading it are links.</summary>
public sealed class PlanModel : PlanSheetPage
{
    [BindProperty(SupportsGet = true, Name = "view")]
    public ReadingView Way { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Review { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateTimeOffset? Since { get; set; }

    /// <summary>As whom the plan is seen, by somebody who may hide things in it.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? As { get; set; }

    /// <summary>What is newer than this is new to the open page.</summary>
    public DateTimeOffset ReadAt { get; private set; }

    protected override Task Load()
    {
        ReadAt = HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return LoadSheet(new ReadWholePlan(Id, Review, Way, Since, As));
    }
}
