using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// Opens a review in two minutes: days that the authority's clock suggests, everybody asked, no meeting. All of it can be changed,
/// and is shown once more before anybody is asked.
/// </summary>
public sealed class OpenReviewModel : PlanPage
{
    public const string Everyone = "everyone";
    public const string Chosen = "chosen";
    private const int MostPeople = 200;

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public DateFields OpensOn { get; set; } = new();

    [BindProperty]
    public DateFields ClosesOn { get; set; } = new();

    [BindProperty]
    public string? Invite { get; set; }

    [BindProperty]
    public List<Guid> Participants { get; set; } = [];

    [BindProperty]
    public List<MeetingFields> Meetings { get; set; } = [];

    public IReadOnlyList<MeetingFields> MeetingRows => MeetingFields.Rows(Meetings);

    public ReviewSuggestion Suggestion { get; private set; } = null!;

    /// <summary>Everybody who has a voice in the plan and can be asked.</summary>
    public IReadOnlyList<ParticipantView> Voices { get; private set; } = [];

    /// <summary>What is about to be opened, to be looked at once more; null while it is still being written.</summary>
    public NewReview? Checked { get; private set; }

    public IEnumerable<ParticipantView> Asked => Checked?.Invite is { Everyone: false } chosen
        ? Voices.Where(v => chosen.Participants.Contains(v.Id))
        : Voices.Where(v => !v.IsLead);

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Title = $"{ReviewWords.SeasonOf(Suggestion.OpensOn)} review {Suggestion.OpensOn.Year}";
        (OpensOn, ClosesOn) = (new DateFields(Suggestion.OpensOn), new DateFields(Suggestion.ClosesOn));
        Invite = Everyone;
        return Page();
    }

    /// <summary>Back from the check to the form.</summary>
    public Task<IActionResult> OnPostChangeAsync() => Again(StatusCodes.Status200OK);

    public async Task<IActionResult> OnPostCheckAsync()
    {
        await Load();
        var review = Written();
        if (!ModelState.IsValid)
            return Shown(StatusCodes.Status422UnprocessableEntity);
        Checked = review;
        return Page();
    }

    public async Task<IActionResult> OnPostOpenAsync()
    {
        await Load();
        var review = Written();
        return await Do(new OpenReview(Id, review), $"{review.Title} is open. Whoever was asked sees it in their work.", r => To("Review", new { review = r.Id }));
    }

    protected override async Task Load()
    {
        await base.Load();
        Suggestion = await Read(new SuggestReview(Id));
        Voices = [.. (await Read(new ListParticipants(Id, new PageOf(null, MostPeople)))).Items
            .Where(p => p.Current && p.SpeaksFor is null && RolePowers.Of(p.Role).HasFlag(Permission.Contribute))];
    }

    protected override string FieldOf(string pointer) => pointer.Split('/') switch
    {
        ["", "meetings", var index, "at"] => $"meetings[{index}].on",
        ["", "meetings", var index, var member] => $"meetings[{index}].{member}",
        ["", "invite", ..] => "participants",
        _ => base.FieldOf(pointer),
    };

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/title" when string.IsNullOrWhiteSpace(Title) => "Give the review a title.",
        "/invite" => "Choose at least one person to ask.",
        _ => member.Message,
    };

    private NewReview Written()
    {
        if (string.IsNullOrWhiteSpace(Title))
            ModelState.AddModelError("title", "Give the review a title.");
        if (OpensOn.IsEmpty)
            ModelState.AddModelError("opensOn", "Say from which day views are asked for.");
        if (ClosesOn.IsEmpty)
            ModelState.AddModelError("closesOn", "Say until which day views are asked for.");
        var opens = OpensOn.Read(ModelState, "opensOn", "The first day");
        var closes = ClosesOn.Read(ModelState, "closesOn", "The last day");
        if (closes < opens)
            ModelState.AddModelError("closesOn", "The last day must not be before the first.");
        if (Invite is not Everyone && Participants.Count == 0)
            ModelState.AddModelError("participants", "Choose at least one person to ask.");
        var meetings = MeetingFields.Read(Meetings, When, ModelState);
        return new NewReview(Title?.Trim() ?? "", opens ?? Today, closes ?? Today, new Invite(Invite is Everyone, Invite is Everyone ? [] : Participants), meetings);
    }

    private PageResult Shown(int status)
    {
        var page = Page();
        page.StatusCode = status;
        return page;
    }
}
