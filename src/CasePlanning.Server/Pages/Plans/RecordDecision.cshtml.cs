using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Records what was settled, for which outcomes, why, and because of whose views.</summary>
public sealed class RecordDecisionModel : ReviewPage
{
    /// <summary>The outcome that whoever came here was reading.</summary>
    [BindProperty(SupportsGet = true, Name = "outcome")]
    public string? From { get; set; }

    [BindProperty]
    public List<string> Outcomes { get; set; } = [];

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? WhereNext { get; set; }

    [BindProperty]
    public List<Guid> Because { get; set; } = [];

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Outcomes = From is null ? [] : [From];
        return Page();
    }

    public Task<IActionResult> OnPostAsync() => Do(
        new RecordDecision(Review, new NewDecision(Outcomes, What!, Why!, FormWords.Said(How), FormWords.Said(WhereNext), Because)),
        "The decision is recorded. Everybody can agree with it or see it differently.", d => $"{ToReview}#decision-{d.Id}");

    protected override async Task Load()
    {
        await base.Load();
        Must(Reader.MayDecide, "The social worker, the designated teacher, the virtual school and the lead professional record decisions.");
    }

    protected override string FieldOf(string pointer) => pointer.Split('/')[1] is "outcomes" or "because" ? pointer.Split('/')[1] : base.FieldOf(pointer);

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/outcomes" => "Choose the outcomes that it is for.",
        "/what" when string.IsNullOrWhiteSpace(What) => "Write what was decided.",
        "/why" when string.IsNullOrWhiteSpace(Why) => "Write why.",
        _ => member.Message,
    };
}
