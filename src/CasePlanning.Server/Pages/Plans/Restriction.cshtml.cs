using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One restriction: who had opened what it hides, and whether it is still needed.</summary>
public sealed class RestrictionModel : PlanPage
{
    [BindProperty(SupportsGet = true, Name = "restriction")]
    public Guid RestrictionId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public DateFields ReviewOn { get; set; } = new();

    public RestrictionView It { get; private set; } = null!;

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Version = It.Version;
        return Page();
    }

    public async Task<IActionResult> OnPostKeepAsync()
    {
        if (ReviewOn.IsEmpty)
            ModelState.AddModelError("reviewOn", "Say by when somebody looks at it again.");
        var day = ReviewOn.Read(ModelState, "reviewOn", "The day");
        return await Change(new KeepRestriction(Id, RestrictionId, Version, new RestrictionKept(day ?? Today)), "It stays hidden, and is looked at again.");
    }

    public Task<IActionResult> OnPostLiftAsync() => Change(new LiftRestriction(Id, RestrictionId, Version), "It is hidden no longer.");

    protected override async Task Load()
    {
        await base.Load();
        It = await Read(new ReadRestriction(Id, RestrictionId));
    }

    private async Task<IActionResult> Change(ICommand command, string told)
    {
        var answer = await Do(command, told, _ => To("Restrictions"));
        if (IsStale)
            Version = It.Version;
        return answer;
    }
}
