using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>A page of one decision.</summary>
public abstract class DecisionPage : PlanPage
{
    /// <summary>The decision's.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid Decision { get; set; }

    public DecisionView It { get; private set; } = null!;

    public bool IsSigned => Plan.Reviews.First(r => r.Id == It.ReviewId).State is ReviewState.Signed;

    public string? ToReview => To("Review", new { review = It.ReviewId }) is { } review ? $"{review}#decision-{Decision}" : null;

    protected override async Task Load()
    {
        await base.Load();
        It = await Read(new ReadDecision(Decision));
        if (It.PlanId != Id)
            throw new NotVisible();
    }

    protected void MustDecide() =>
        Must(May(Permission.Decide), "The social worker, the designated teacher, the virtual school and the lead professional change decisions.");
}
