using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One person in the team, for whoever coordinates: their invitation, their name before parents, and the end of their part.</summary>
public sealed class PersonModel : PlanPage
{
    private const int Most = 200;

    [BindProperty(SupportsGet = true)]
    public Guid Person { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public DateFields Until { get; set; } = new();

    [BindProperty]
    public Guid? Cover { get; set; }

    [BindProperty]
    public Guid Invitation { get; set; }

    public ParticipantView It { get; private set; } = null!;

    public IReadOnlyList<ParticipantView> Team { get; private set; } = [];

    public IReadOnlyList<InvitationView> Invitations { get; private set; } = [];

    public AddressView Address { get; private set; } = null!;

    /// <summary>Without a mail server nobody can be sent a link.</summary>
    public bool MayInvite => HttpContext.RequestServices.GetRequiredService<IMail>().IsConfigured;

    public bool HasEnded => !It.Current && It.Until is not null;

    /// <summary>Whoever can take over what they owe.</summary>
    public IEnumerable<ParticipantView> Covers => Team.Where(p => p.Current && p.Id != Person);

    private string? Here => To("Person", new { person = Person });

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Version = It.Version;
        return Page();
    }

    public Task<IActionResult> OnPostInviteAsync() =>
        Do(new InviteParticipant(Id, Person), "A link is on its way. Give them the six digits below yourself.", _ => Here);

    public Task<IActionResult> OnPostAgainAsync() =>
        Do(new SendInvitationAgain(Id, Person, Invitation), "Another link is on its way, for the same six digits.", _ => Here);

    public Task<IActionResult> OnPostRevokeAsync() => Do(new RevokeInvitation(Id, Person, Invitation), "The invitation is taken back.", _ => Here);

    public Task<IActionResult> OnPostUnsafeAsync() => Do(
        new MarkAddress(Id, Person, new AddressMark(Unsafe: true)), "Nothing is sent to them any more.", _ => Here);

    public Task<IActionResult> OnPostSafeAsync() => Do(new MarkAddress(Id, Person, new AddressMark(Unsafe: false)), "They can be written to again.", _ => Here);

    public Task<IActionResult> OnPostReleaseAsync() => Change(new ParticipantChange(NameReleasedToParents: true), "Parents see their name now.");

    public Task<IActionResult> OnPostWithholdAsync() => Change(new ParticipantChange(NameReleasedToParents: false), "Parents see “Carer” instead of their name.");

    public Task<IActionResult> OnPostLeadAsync() => Change(new ParticipantChange(Lead: true), "They lead the plan now.");

    public async Task<IActionResult> OnPostEndAsync()
    {
        await Load();
        var until = Until.Read(ModelState, "until", "The last day");
        // The last day is a whole day: it ends with it, where the plan is.
        var end = until is { } day ? When.At(day.AddDays(1), TimeOnly.MinValue) : (DateTimeOffset?)null;
        // Whatever has passed ends it now.
        return await Change(
            new ParticipantChange(Until: end ?? DateTimeOffset.UnixEpoch, Cover: Cover),
            until is null ? "Their part in the plan has ended. Their words stay." : "Their part in the plan ends then. Their words stay.");
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(May(Permission.Coordinate), "Whoever coordinates the plan looks after its team.");
        Team = (await Read(new ListParticipants(Id, new PageOf(null, Most)))).Items;
        It = await Read(new ReadParticipant(Id, Person));
        Invitations = (await Read(new ListInvitations(Id, Person, new PageOf(null, Most)))).Items;
        Address = await Read(new ReadAddress(Id, Person));
    }

    protected override string FieldOf(string pointer) => pointer switch
    {
        "/cover" => "cover",
        "/until" => "until",
        _ => base.FieldOf(pointer),
    };

    private async Task<IActionResult> Change(ParticipantChange change, string told)
    {
        var answer = await Do(new ChangeParticipant(Id, Person, Version, change), told, _ => To("People"));
        if (IsStale)
            Version = It.Version;
        return answer;
    }
}
