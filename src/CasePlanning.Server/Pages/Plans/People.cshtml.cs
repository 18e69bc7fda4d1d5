using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The team around the child: who, what they are here for, when they last spoke. Whoever reads it says what they are here for.</summary>
public sealed class PeopleModel : PlanPage
{
    private const int Most = 200;

    [BindProperty]
    public string? Focus { get; set; }

    public IReadOnlyList<ParticipantView> Team { get; private set; } = [];

    public IEnumerable<ParticipantView> Current => Team.Where(p => p.Current);

    public IEnumerable<ParticipantView> Later => Team.Where(p => !p.Current && p.Until is null);

    public IEnumerable<ParticipantView> Before => Team.Where(p => !p.Current && p.Until is not null);

    public ParticipantView? Mine => Team.FirstOrDefault(p => p.Id == MyId);

    /// <summary>The lead coordinates, and is not asked for a view.</summary>
    public static bool HasVoice(ParticipantView person) => !person.IsLead && RolePowers.Of(person.Role).HasFlag(Permission.Contribute);

    /// <summary>What they are to the child, and for whom they work.</summary>
    public string RoleOf(ParticipantView person)
    {
        if (person.Id == MyId)
            return IsChild ? "This is you" : $"{PageWords.Of(person.Role)}{(person.Agency is { } mine ? $", {mine}" : "")} (you)";
        var role = IsChild && person.Role is not Role.Child ? ChildWords.FirstUpper(ChildWords.Of(person.Role)) : PageWords.Of(person.Role);
        return role + (person.Agency is { } agency ? $"{(IsChild ? ". Works for " : ", ")}{agency}" : "");
    }

    public bool NobodyFromHealth => !Current.Any(p => p.Role is Role.Nurse or Role.CamhsPractitioner);

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Focus = Mine?.Focus;
        return Page();
    }

    public Task<IActionResult> OnPostFocusAsync() => Do(
        new StateFocus(Id, new NewFocus(Focus?.Trim()!)), "The team sees what you are here for.", _ => To("People"));

    protected override async Task Load()
    {
        await base.Load();
        Team = (await Read(new ListParticipants(Id, new PageOf(null, Most)))).Items;
    }

    protected override string WordsFor(InvalidMember member) =>
        string.IsNullOrWhiteSpace(Focus) ? "Write what you are here for. One line is enough." : member.Message;
}
