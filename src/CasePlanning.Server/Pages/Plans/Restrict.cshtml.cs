using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Hides an identity, the home or a view from one participant, for a reason and until it is looked at again.</summary>
public sealed class RestrictModel : PlanPage
{
    private const int Most = 200;

    /// <summary>Half a year: nothing stays hidden because nobody thinks of it.</summary>
    private const int MonthsUntilLookedAt = 6;

    [BindProperty]
    public RestrictionKind? Kind { get; set; }

    [BindProperty]
    public Guid? From { get; set; }

    [BindProperty]
    public Guid? Subject { get; set; }

    [BindProperty]
    public Guid? Contribution { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public DateFields ReviewOn { get; set; } = new();

    public IReadOnlyList<ParticipantView> Team { get; private set; } = [];

    public IReadOnlyList<ContributionView> Views { get; private set; } = [];

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        ReviewOn = new DateFields(Today.AddMonths(MonthsUntilLookedAt));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (Kind is null)
            ModelState.AddModelError("kind", "Choose what is hidden.");
        if (From is null)
            ModelState.AddModelError("from", "Choose from whom.");
        if (Kind is RestrictionKind.Identity && Subject is null)
            ModelState.AddModelError("subject", "Choose whose name is hidden.");
        if (Kind is RestrictionKind.View && Contribution is null)
            ModelState.AddModelError("contribution", "Choose which view.");
        if (ReviewOn.IsEmpty)
            ModelState.AddModelError("reviewOn", "Say by when somebody looks at it again.");
        var reviewOn = ReviewOn.Read(ModelState, "reviewOn", "The day");
        return await Do(
            new SetRestriction(Id, new NewRestriction(
                Kind ?? default, From ?? default, Reason!, reviewOn ?? Today, Kind is RestrictionKind.Identity ? Subject : null,
                Kind is RestrictionKind.View ? Contribution : null)),
            "It is hidden from them. Look at the plan as they see it.", r => To("Restriction", new { restriction = r.Id }));
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(MayRestrict, "The lead professional and the social worker can hide something.");
        Team = [.. (await Read(new ListParticipants(Id, new PageOf(null, Most)))).Items.Where(p => p.Current && p.Id != MyId)];
        var reading = await Read(new ReadViews(Id));
        Views = [.. reading.Outcomes.SelectMany(o => o.Contributions).Where(c => c.WithdrawnAt is null)];
    }

    protected override string WordsFor(InvalidMember member) =>
        member.Pointer is "/reason" && string.IsNullOrWhiteSpace(Reason) ? "Say why. It is kept, and looked at again." : member.Message;
}
