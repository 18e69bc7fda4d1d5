using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Who can read what the child said to one question. Nothing is chosen for them.</summary>
public sealed class MySayReadersModel : MySayPage
{
    /// <summary>The outcome's code.</summary>
    [BindProperty(SupportsGet = true)]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public bool Checking { get; set; }

    [BindProperty]
    public AudienceKind? Audience { get; set; }

    [BindProperty]
    public List<Guid> Readers { get; set; } = [];

    public OutcomeReading Outcome { get; private set; } = null!;

    public DraftView Draft { get; private set; } = null!;

    public override async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid)
            return BadRequest();
        await LoadMySay();
        Outcome = Question(Slug);
        if (!Drafts.TryGetValue(Slug, out var draft) || draft.Revises is not null)
            return LocalRedirect(ToQuestion(Outcome)!);
        Draft = draft;
        Readers = [.. draft.Audience.Participants ?? []];
        // Everyone is what a draft says before anybody has chosen; only when they come back to it is it their choice.
        Audience = draft.Audience.Kind is AudienceKind.Named || Checking ? draft.Audience.Kind : null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        var people = People.Select(p => p.Id).ToHashSet();
        Readers = [.. Readers.Where(people.Contains).Distinct()];
        // Whoever ticks somebody means them.
        Audience ??= Readers.Count > 0 ? AudienceKind.Named : null;
        if (Audience is not (AudienceKind.Everyone or AudienceKind.Named))
            ModelState.AddModelError("audience", "Choose who can read it.");
        else if (Audience is AudienceKind.Named && Readers.Count == 0)
            ModelState.AddModelError("readers", "Choose one person or more.");
        var text = TextOf(Draft) with { Audience = new NewAudience(Audience ?? AudienceKind.Named, Audience is AudienceKind.Named ? Readers : null) };
        return await Do(new KeepDraft(Draft.Id, Draft.Version, text), told: null, _ => Checking ? ToCheck : After(Slug));
    }

    protected override async Task Load()
    {
        await LoadMySay();
        Outcome = Question(Slug);
        Draft = Drafts.TryGetValue(Slug, out var draft) ? draft : throw new NotVisible();
    }
}
