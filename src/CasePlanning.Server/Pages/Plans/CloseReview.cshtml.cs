using CasePlanning.Application.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Closes a review, or tells exactly why not yet and where to do it.</summary>
public sealed class CloseReviewModel : ReviewPage
{
    [BindProperty]
    public string? LeftOpen { get; set; }

    public Checklist Checks => new(this);

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Version = It.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var answer = await Do(
            new CloseReview(Review, Version, new Closing(FormWords.Said(LeftOpen))),
            "The review is closed. Views still count until it is signed off.", _ => ToReview);
        // What changed is on the page now; whoever closes has it in sight.
        if (IsStale)
            Version = It.Version;
        return answer;
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(Reader.MayCoordinate, "Whoever coordinates the review closes it.");
    }
}
