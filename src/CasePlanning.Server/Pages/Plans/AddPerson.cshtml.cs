using CasePlanning.Application.KnowWho;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Gathers somebody into the team, and sends them a link if wanted.</summary>
public sealed class AddPersonModel : PlanPage
{
    private const int Most = 200;
    private const string NoName = "Write their name.";
    private const string NoAddress = "Write their e-mail address, like name@example.org. One address is one person.";

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public Role? Role { get; set; }

    [BindProperty]
    public Guid? Agency { get; set; }

    [BindProperty]
    public Guid? SpeaksFor { get; set; }

    [BindProperty]
    public bool Invite { get; set; }

    /// <summary>Without a mail server nobody can be sent a link.</summary>
    public bool MayInvite => HttpContext.RequestServices.GetRequiredService<IMail>().IsConfigured;

    public IReadOnlyList<AgencyView> Agencies { get; private set; } = [];

    public IReadOnlyList<ParticipantView> Team { get; private set; } = [];

    /// <summary>The family first. A strategist takes part in no plan.</summary>
    public static IEnumerable<Role> Roles => Enum.GetValues<Role>().Where(r => r is not Domain.Plans.Role.Strategist)
        .OrderBy(r => RolePowers.IsFamily(r) ? 0 : 1).ThenBy(PageWords.Of, StringComparer.Ordinal);

    public override Task<IActionResult> OnGetAsync()
    {
        Invite = MayInvite;
        return base.OnGetAsync();
    }

    public Task<IActionResult> OnPostAsync()
    {
        if (string.IsNullOrWhiteSpace(Name))
            ModelState.AddModelError("name", NoName);
        if (string.IsNullOrWhiteSpace(Email))
            ModelState.AddModelError("email", NoAddress);
        if (Role is null)
            ModelState.AddModelError("role", "Choose what they are to the child.");
        return Do(
            new AddParticipant(Id, new NewParticipant(new NewPerson(null, Name?.Trim(), Email?.Trim()), Role ?? default, Agency, SpeaksFor, Invite: Invite)),
            Invite ? "They are in the team, and a link is on its way. Give them the six digits below yourself." : "They are in the team.",
            p => To("Person", new { person = p.Id }));
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(May(Permission.Coordinate), "The lead professional, the social worker, their manager and the virtual school add people.");
        Agencies = (await Read(new ListAgencies(new PageOf(null, Most)))).Items;
        Team = [.. (await Read(new ListParticipants(Id, new PageOf(null, Most)))).Items.Where(p => p.Current)];
    }

    protected override string FieldOf(string pointer) => pointer switch
    {
        "/person/name" => "name",
        "/person/email" => "email",
        "/agencyId" => "agency",
        _ => base.FieldOf(pointer),
    };

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/person/email" => NoAddress,
        _ => member.Message,
    };
}
