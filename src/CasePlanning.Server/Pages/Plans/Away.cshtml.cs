using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Reviews;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Whoever was asked says in one step that they will be away, or that they choose to say nothing.</summary>
public sealed class AwayModel : ReviewPage
{
    [BindProperty]
    public AbsenceReason? Reason { get; set; }

    [BindProperty]
    public DateFields Until { get; set; } = new();

    [BindProperty]
    public string? Note { get; set; }

    public VoiceView Mine { get; private set; } = null!;

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        (Reason, Until, Note) = (Mine.Absence?.Reason, new DateFields(Mine.Absence?.Until), Mine.Absence?.Note);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await Load();
        if (Reason is null)
            ModelState.AddModelError("reason", "Say why you are away.");
        var until = Until.Read(ModelState, "until", "The last day");
        return await Record(
            new VoiceRecord(Absence: new NewAbsence(Reason ?? default, until, FormWords.Said(Note))),
            "The team knows that you are away. Your view counts the same, whenever you give it.");
    }

    public Task<IActionResult> OnPostBackAsync() => Mind(new VoiceRecord(Absence: new((NewAbsence?)null)), "You are not away any more.");

    public Task<IActionResult> OnPostNothingAsync() => Mind(new VoiceRecord(Declined: true), "You said that you do not want to say anything. You can change your mind.");

    public Task<IActionResult> OnPostSomethingAsync() => Mind(new VoiceRecord(Declined: false), "You are asked for your view again.");

    protected override async Task Load()
    {
        await base.Load();
        Mine = Whole.Voices.FirstOrDefault(v => v.ParticipantId == MyId)
            ?? throw new NotAllowed("You were not asked for a view in this review, so nobody waits for you.");
    }

    protected override string FieldOf(string pointer) => pointer switch
    {
        "/absence/note" => "note",
        "/absence/until" => "until",
        _ => base.FieldOf(pointer),
    };

    private async Task<IActionResult> Mind(VoiceRecord record, string told)
    {
        await Load();
        return await Record(record, told);
    }

    private Task<IActionResult> Record(VoiceRecord record, string told) => Do(new RecordVoice(Review, Mine.ParticipantId, record), told, _ => ToReview);
}
