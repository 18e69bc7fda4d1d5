using CasePlanning.Application.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Adds what came after sign-off.</summary>
public sealed class AddendumModel : ReviewPage
{
    [BindProperty]
    public string? Words { get; set; }

    public Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Words))
            ModelState.AddModelError("words", "Write what there is to add.");
        return Do(new AddAddendum(Review, new NewAddendum(Words?.Trim() ?? "")), "It is added to the record.", _ => $"{ToReview}#after");
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(Reader.MayContribute, "Whoever has a voice in the plan adds to its record.");
    }
}
