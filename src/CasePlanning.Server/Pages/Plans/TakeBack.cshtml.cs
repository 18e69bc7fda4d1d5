using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Asks before a view is taken back.</summary>
public sealed class TakeBackModel : PlanPage
{
    [BindProperty(SupportsGet = true, Name = "view")]
    public Guid ViewId { get; set; }

    public ContributionView Contribution { get; private set; } = null!;

    public string? ToView => To("View", new { view = ViewId });

    public Task<IActionResult> OnPostAsync() =>
        Do(new WithdrawContribution(ViewId), "Your view is taken back. That it was there stays; its words are yours alone.", _ => ToView ?? To("Plan"));

    protected override async Task Load()
    {
        await base.Load();
        Contribution = await Read(new ReadContribution(ViewId));
        if (Contribution.PlanId != Id || Contribution.Draft)
            throw new NotVisible();
        Must(MyId == Contribution.Author.ParticipantId || (MyId == Contribution.EnteredBy?.ParticipantId && Contribution.Confirmed is false),
            "Only the person whose words these are can take them back.");
    }
}
