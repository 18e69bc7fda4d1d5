using CasePlanning.Application.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Signs a review off: assents that the process is complete, with every dissent in sight. It agrees to nobody's view.</summary>
public sealed class SignOffReviewModel : ReviewPage
{
    public Checklist Checks => new(this);

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Version = It.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var answer = await Do(new SignOffReview(Review, Version), "The review is signed off.", _ => ToReview);
        if (IsStale)
            Version = It.Version;
        return answer;
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(Reader.MaySignOff, "The lead professional, a team manager or the virtual school signs a review off.");
    }
}
