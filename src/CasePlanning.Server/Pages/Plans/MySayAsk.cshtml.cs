using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The child asks for something to happen, and learns who answers by when. No review closes before they have a reply.</summary>
public sealed class MySayAskModel : MySayPage
{
    /// <summary>The view that it is about.</summary>
    [BindProperty(SupportsGet = true, Name = "view")]
    public Guid ViewId { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty(Name = "to")]
    public Guid? Whom { get; set; }

    public ContributionView View { get; private set; } = null!;

    public Who Lead => Sheet.Reading.Plan.LeadProfessional;

    /// <summary>Those who can read what was said, and so can do something about it.</summary>
    public IEnumerable<ParticipantView> WhoCanAnswer => People.Where(p =>
        RolePowers.Of(p.Role).HasFlag(Permission.Contribute)
        && (View.Audience.Kind is AudienceKind.Everyone || View.Audience.Participants?.Contains(p.Id) is true));

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (FormWords.Cleaned(Words) is null)
            ModelState.AddModelError("words", "Write what you want to happen.");
        if (Whom is null)
            ModelState.AddModelError("to", "Choose who to ask.");
        return await Do(
            new AskQuestion(ViewId, new NewQuestion(FormWords.Cleaned(Words) ?? "", Whom, QuestionKind.Request)), "It is sent. You can see here who answers, and by when.", _ => ToMySay);
    }

    protected override async Task Load()
    {
        await LoadMySay();
        View = Sheet.Find(ViewId) is { WithdrawnAt: null } view && Sheet.IsMe(view.Author.ParticipantId) && Sheet.MayWrite ? view : throw new NotVisible();
    }

    protected override IEnumerable<string> WordsFor(BrokenRule broken) => broken.Rule == ContributionRules.CannotReach
        ? ["You chose that this person cannot read what you said, so you cannot ask them about it. Choose somebody else."]
        : base.WordsFor(broken);
}
