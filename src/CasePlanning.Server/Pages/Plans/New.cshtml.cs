using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Opens a child's plan, and shows it once more before it is opened. Whoever opens it leads it.</summary>
public sealed class NewModel : PlanningPage
{
    [BindProperty]
    public string? GivenName { get; set; }

    [BindProperty]
    public string? FamilyName { get; set; }

    [BindProperty]
    public string? KnownAs { get; set; }

    [BindProperty]
    public DateFields DateOfBirth { get; set; } = new();

    [BindProperty]
    public PlanKind? Kind { get; set; }

    [BindProperty]
    public string? Framework { get; set; }

    [BindProperty]
    public DateFields StartedOn { get; set; } = new();

    [BindProperty]
    public Role? Role { get; set; }

    /// <summary>What is about to be opened, to be looked at once more; null while it is still being written.</summary>
    public NewPlan? Checked { get; private set; }

    public IReadOnlyList<FrameworkView> Frameworks { get; private set; } = [];

    public static IEnumerable<Role> Roles => Enum.GetValues<Role>()
        .Where(r => RolePowers.IsProfessional(r) && RolePowers.Of(r).HasFlag(Permission.Read)).OrderBy(PageWords.Of, StringComparer.Ordinal);

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        (Framework, Role, StartedOn) = (Domain.Plans.Framework.Default, Me.UsualRole, new DateFields(Today));
        return Page();
    }

    /// <summary>Back from the check to the form.</summary>
    public Task<IActionResult> OnPostChangeAsync() => Again(StatusCodes.Status200OK);

    public async Task<IActionResult> OnPostCheckAsync()
    {
        await Load();
        var plan = Written();
        var page = Page();
        if (ModelState.IsValid)
            Checked = plan;
        else
            page.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page;
    }

    public Task<IActionResult> OnPostOpenAsync()
    {
        var plan = Written();
        return Do(new OpenPlan(plan), $"{PageWords.Whose(KnownAs ?? GivenName ?? "")} plan is open, and you lead it. Now gather the team.",
            p => Url.Page("/Plans/People", new { id = p.Id }));
    }

    protected override async Task Load()
    {
        if (Me.Agency is null)
            throw new NotAllowed("Professionals open plans.");
        Frameworks = (await Read(new ListFrameworks())).Items;
    }

    protected override string FieldOf(string pointer) =>
        pointer.StartsWith("/child/", StringComparison.Ordinal) ? pointer["/child/".Length..] : base.FieldOf(pointer);

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/child/givenName" when string.IsNullOrWhiteSpace(GivenName) => "Write the child’s first name.",
        "/child/familyName" when string.IsNullOrWhiteSpace(FamilyName) => "Write the child’s family name.",
        "/role" => "Choose the role that you take.",
        _ => member.Message,
    };

    private NewPlan Written()
    {
        if (string.IsNullOrWhiteSpace(GivenName))
            ModelState.AddModelError("givenName", "Write the child’s first name.");
        if (string.IsNullOrWhiteSpace(FamilyName))
            ModelState.AddModelError("familyName", "Write the child’s family name.");
        if (DateOfBirth.IsEmpty)
            ModelState.AddModelError("dateOfBirth", "Write when the child was born.");
        if (Kind is null)
            ModelState.AddModelError("kind", "Choose the kind of plan.");
        if (Role is null)
            ModelState.AddModelError("role", "Choose the role that you take.");
        var born = DateOfBirth.Read(ModelState, "dateOfBirth", "The date of birth");
        var started = StartedOn.Read(ModelState, "startedOn", "The day");
        return new NewPlan(
            new NewChild(GivenName?.Trim() ?? "", FamilyName?.Trim() ?? "", born ?? default, FormWords.Said(KnownAs)), Kind ?? default, Framework, started, Role);
    }
}
