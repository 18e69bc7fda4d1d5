using CasePlanning.Application.Reviews;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Extends a review, or changes its title, days and meetings.</summary>
public sealed class ReviewDaysModel : ReviewPage
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public DateFields OpensOn { get; set; } = new();

    [BindProperty]
    public DateFields ClosesOn { get; set; } = new();

    [BindProperty]
    public List<MeetingFields> Meetings { get; set; } = [];

    public IReadOnlyList<MeetingFields> MeetingRows => MeetingFields.Rows(Meetings);

    /// <summary>Both sides, when somebody else changed it meanwhile.</summary>
    public Changed? Both { get; private set; }

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        (Title, Version) = (It.Title, It.Version);
        (OpensOn, ClosesOn) = (new DateFields(It.OpensOn), new DateFields(It.ClosesOn));
        Meetings = [.. It.Meetings.Select(m => new MeetingFields(m, When))];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (string.IsNullOrWhiteSpace(Title))
            ModelState.AddModelError("title", "Give the review a title.");
        var opens = OpensOn.Read(ModelState, "opensOn", "The first day");
        var closes = ClosesOn.Read(ModelState, "closesOn", "The last day");
        if (OpensOn.IsEmpty)
            ModelState.AddModelError("opensOn", "Say from which day views are asked for.");
        if (ClosesOn.IsEmpty)
            ModelState.AddModelError("closesOn", "Say until which day views are asked for.");
        var meetings = MeetingFields.Read(Meetings, When, ModelState);
        var yours = InWords(Title?.Trim() ?? "", opens ?? It.OpensOn, closes ?? It.ClosesOn, meetings.Select(m => new Application.Reading.MeetingView(m.At, m.Place)));
        var change = new ReviewChange(
            Title?.Trim() ?? "", opens ?? It.OpensOn, closes ?? It.ClosesOn, new Application.Pipeline.Change<IReadOnlyList<NewMeeting>>(meetings));
        var answer = await Do(new ChangeReview(Review, Version, change), "The days are changed.", _ => ToReview);
        if (IsStale)
        {
            Both = new Changed("This review", InWords(It.Title, It.OpensOn, It.ClosesOn, It.Meetings), yours);
            Version = It.Version;
        }

        return answer;
    }

    protected override async Task Load()
    {
        await base.Load();
        Must(Reader.MayCoordinate, "Whoever coordinates the review changes its days.");
    }

    protected override string FieldOf(string pointer) => pointer.Split('/') switch
    {
        ["", "meetings", var index, "at"] => $"meetings[{index}].on",
        ["", "meetings", var index, var member] => $"meetings[{index}].{member}",
        _ => base.FieldOf(pointer),
    };

    private string InWords(string title, DateOnly opens, DateOnly closes, IEnumerable<Application.Reading.MeetingView> meetings) => string.Join('\n',
        [title, $"{Day(opens)} to {Day(closes)}", .. meetings.Select(When.Meeting)]);
}
