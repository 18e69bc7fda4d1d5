using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One decision by itself, with its earlier wordings and every stance on it, and where people take one.</summary>
public sealed class DecisionModel : PlanSheetPage
{
    [BindProperty(SupportsGet = true, Name = "decision")]
    public Guid DecisionId { get; set; }

    [BindProperty]
    public Stance? Stance { get; set; }

    [BindProperty]
    public DecisionField? About { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public DecisionView Decision { get; private set; } = null!;

    public Task<IActionResult> OnPostAsync()
    {
        if (Stance is { } stance)
        {
            return Do(new RespondToDecision(DecisionId, new NewDecisionResponse(stance, string.IsNullOrWhiteSpace(Reason) ? null : Reason, About)),
                stance.IsDissent() ? "Your disagreement is on the plan, and stays there." : "Your response is on the plan.",
                _ => Url.Page("/Plans/Decision", new { id = Id, decision = DecisionId }));
        }

        ModelState.AddModelError("stance", "Say how you see it.");
        return Again(StatusCodes.Status422UnprocessableEntity);
    }

    protected override async Task Load()
    {
        Decision = await Read(new ReadDecision(DecisionId));
        if (Decision.PlanId != Id)
            throw new NotVisible();
        await LoadSheet(Decision.ReviewId);
    }

    protected override string WordsFor(InvalidMember member) =>
        member.Pointer is "/reason" ? "Say why, so that others can see what you see." : base.WordsFor(member);
}
