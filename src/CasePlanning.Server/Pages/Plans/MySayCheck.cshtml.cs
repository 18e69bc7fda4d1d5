using CasePlanning.Application.Contributions;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>All that the child is about to send, in their own words, with who can read each; nothing is sent before.</summary>
public sealed class MySayCheckModel : MySayPage
{
    private const int HelperLength = 80;

    /// <summary>The draft that is taken out.</summary>
    [BindProperty]
    public Guid Draft { get; set; }

    /// <summary>Somebody helped to say it, and then is named. Like all of it this can be skipped.</summary>
    [BindProperty]
    public bool? Helped { get; set; }

    [BindProperty]
    public string? Helper { get; set; }

    /// <summary>What was written, in the order of the questions.</summary>
    public IEnumerable<(OutcomeReading Outcome, DraftView Draft)> Written => Questions.Where(o => Drafts.ContainsKey(o.Code)).Select(o => (o, Drafts[o.Code]));

    public IReadOnlyList<OutcomeReading> Skipped => [.. Questions.Where(o => !Drafts.ContainsKey(o.Code) && Said(o) is null)];

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (Helped is true && FormWords.Said(Helper) is null)
            ModelState.AddModelError("helper", "Write the name of who helped you.");
        else if (Helper?.Trim().Length > HelperLength)
            ModelState.AddModelError("helper", "Write only their name.");
        if (!ModelState.IsValid)
            return await Again(StatusCodes.Status422UnprocessableEntity);
        if (Into is null)
            return Page();
        IActionResult? last = null;
        foreach (var (_, draft) in Written.ToList())
        {
            var isMoved = draft.ReviewId != Into.Id;
            var text = TextOf(draft) with
            {
                ReviewId = Into.Id,
                Words = ChildWords.Sent(draft.Words, draft.Outlook, Helped is false ? null : Helper),
                // What was said in a review that is over stays as it is there; this is said anew.
                Revises = isMoved ? null : draft.Revises,
            };
            if (await Do(new KeepDraft(draft.Id, draft.Version, text), told: null, _ => ToMySay) is not LocalRedirectResult and var notKept)
                return notKept;
            last = await Do(new SignDraft(draft.Id), "It is sent. Thank you for saying it.", _ => ToMySay);
            if (last is not LocalRedirectResult)
                return last;
        }

        return last ?? LocalRedirect(ToMySay!);
    }

    /// <summary>Takes one answer out, as if it had been skipped.</summary>
    public Task<IActionResult> OnPostTakeOutAsync() => Do(new DiscardKeptDraft(Draft), "It is taken out. Nobody has seen it.", _ => ToCheck);

    protected override Task Load() => LoadMySay();

    protected override IEnumerable<string> WordsFor(BrokenRule broken)
    {
        if (broken.Rule == ReviewRules.IsSigned)
            return ["Nobody is asking any more just now. Your words are kept for next time, and only you can see them."];
        return broken.Rule == ContributionRules.NobodyNamed
            ? ["Choose who can read each of your answers."]
            : base.WordsFor(broken);
    }
}
