using CasePlanning.Application.Contributions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// Leads whoever was asked for a view to where it is written, without a stop on the way: the child to their own pages, everybody
/// else to what they have begun or, without that, to the first outcome. Whoever is not asked for anything reads the plan.
/// </summary>
public sealed class YourViewModel : PlanPage
{
    private const int MostVoices = 200;
    private const int MostDrafts = 200;

    /// <summary>The review that they were asked in, where it is known.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Review { get; set; }

    public override async Task<IActionResult> OnGetAsync()
    {
        if (!ModelState.IsValid)
            return BadRequest();
        await Load();
        return LocalRedirect(await Place() ?? To("Plan")!);
    }

    private async Task<string?> Place()
    {
        if (!May(Permission.Contribute) || await AskedIn() is not { } review)
            return null;
        return IsChild ? To("MySay") : To("Contribute", new { slug = await Begun(review) ?? Plan.Outcomes[0].Code, review });
    }

    /// <summary>The first review that waits for them, or for somebody in whose place they speak; a closed one when they come for it.</summary>
    private async Task<Guid?> AskedIn()
    {
        var waiting = Plan.Reviews.Where(r => r.State is not (ReviewState.Closed or ReviewState.Signed) || (r.Id == Review && r.State is ReviewState.Closed));
        foreach (var review in waiting.OrderBy(r => r.Id != Review).ThenBy(r => r.OpensOn))
        {
            var voices = await Read(new ListVoices(review.Id, new PageOf(null, MostVoices)));
            if (voices.Items.Any(v => (v.Delegate?.ParticipantId ?? v.ParticipantId) == MyId && v.Status is not (VoiceStatus.Heard or VoiceStatus.Declined)))
                return review.Id;
        }

        return null;
    }

    /// <summary>The outcome of a draft of theirs.</summary>
    private async Task<string?> Begun(Guid review) =>
        (await Read(new ListDrafts(new PageOf(null, MostDrafts)))).Items.FirstOrDefault(d => d.PlanId == Id && d.ReviewId == review && d.OnBehalfOf is null)?.Outcome;
}
