using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Changes a decision's words; the earlier ones stay readable.</summary>
public sealed class RewordDecisionModel : DecisionPage
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? WhereNext { get; set; }

    /// <summary>Both sides, when somebody else changed it meanwhile.</summary>
    public Changed? Both { get; private set; }

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        (Version, What, How, Why, WhereNext) = (It.Version, It.What, It.How, It.Why, It.WhereNext);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        var answer = await Do(
            new RewordDecision(Decision, Version, new DecisionChange(What!, FormWords.Said(How), Why!, FormWords.Said(WhereNext))),
            "The decision has new words. The earlier ones can still be read.", _ => ToReview);
        if (IsStale)
        {
            Both = new Changed("This decision", FormWords.Four(It.What, It.How, It.Why, It.WhereNext), FormWords.Four(What, How, Why, WhereNext));
            Version = It.Version;
        }

        return answer;
    }

    protected override async Task Load()
    {
        await base.Load();
        MustDecide();
    }

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/what" when string.IsNullOrWhiteSpace(What) => "Write what was decided.",
        "/why" when string.IsNullOrWhiteSpace(Why) => "Write why.",
        _ => member.Message,
    };
}
