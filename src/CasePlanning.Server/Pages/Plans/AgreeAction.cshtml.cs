using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Agrees an action: what, how, why, who of which agencies, and by when.</summary>
public sealed class AgreeActionModel : PlanPage
{
    private const int MostPeople = 200;

    /// <summary>The decision that it carries out, when it carries out one.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Decision { get; set; }

    [BindProperty(SupportsGet = true, Name = "outcome")]
    public string? OutcomeCode { get; set; }

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? WhereNext { get; set; }

    [BindProperty]
    public List<Guid> Holders { get; set; } = [];

    [BindProperty]
    public DateFields Due { get; set; } = new();

    /// <summary>Everybody who can hold one.</summary>
    public IReadOnlyList<ParticipantView> Team { get; private set; } = [];

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        if (MyId is { } me)
            Holders = [me];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (Holders.Count == 0)
            ModelState.AddModelError("holders", "Choose who holds it. Nobody’s action is nobody’s work.");
        var due = Due.Read(ModelState, "due", "The day it is due");
        return await Do(
            new AgreeAction(Id, new NewAction(
                OutcomeCode!, What!, FormWords.Said(How), FormWords.Said(Why), FormWords.Said(WhereNext), Holders, due, Decision)),
            "The action is agreed. Whoever holds it sees it in their work.", a => To("Action", new { actionId = a.Id }));
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(May(Permission.Act), "Professionals in the team agree actions.");
        Team = [.. (await Read(new ListParticipants(Id, new PageOf(null, MostPeople)))).Items.Where(p => p.Current)];
    }

    protected override string FieldOf(string pointer) => pointer.StartsWith("/holders", StringComparison.Ordinal) ? "holders" : base.FieldOf(pointer);

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/outcome" => "Choose the outcome that it is for.",
        "/what" when string.IsNullOrWhiteSpace(What) => "Write what is to be done.",
        _ => member.Message,
    };
}
