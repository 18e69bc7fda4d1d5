using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages;

/// <summary>All that somebody has written and not added to a plan, also for plans that they have left.</summary>
public sealed class DraftsModel : PlanningPage
{
    private const int MostDrafts = 200;
    private const int MostPlans = 200;

    private IReadOnlyDictionary<Guid, PlanSummary> plans = new Dictionary<Guid, PlanSummary>();

    [BindProperty]
    public Guid Draft { get; set; }

    public IReadOnlyList<DraftView> Drafts { get; private set; } = [];

    public Task<IActionResult> OnPostAsync() => Do(new DiscardKeptDraft(Draft), "Your draft is thrown away.", _ => Url.Page("/Drafts"));

    /// <summary>The child's name, for whoever still takes part.</summary>
    public string? Child(DraftView draft) => plans.GetValueOrDefault(draft.PlanId)?.ChildName;

    public string? ToWrite(DraftView draft) => draft.State is DraftState.NotInPlan ? null
        : plans.GetValueOrDefault(draft.PlanId)?.Role is Role.Child ? Url.Page("/Plans/MySayQuestion", new { id = draft.PlanId, slug = draft.Outcome })
        : Url.Page("/Plans/Contribute", new { id = draft.PlanId, slug = draft.Outcome, review = draft.NextReviewId ?? draft.ReviewId, @for = draft.OnBehalfOf });

    public static string Of(DraftState state) => state switch
    {
        DraftState.Open => "Only you can see it.",
        DraftState.Late => "Only you can see it. The last day for views is over; you can still add it until the review is signed off.",
        DraftState.ReviewSigned => "Only you can see it. Its review was signed off without it; it can go into the next one.",
        DraftState.NotInPlan => "Only you can see it. You no longer take part in the plan, so it cannot be added to it.",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    protected override async Task Load()
    {
        Drafts = (await Read(new ListDrafts(new PageOf(null, MostDrafts)))).Items;
        plans = (await Read(new ListPlans(new PageOf(null, MostPlans)))).Items.ToDictionary(p => p.Id);
    }
}
