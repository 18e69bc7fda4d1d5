using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Reviews;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Everything that can be recorded of one voice that was asked: tries, an absence, who speaks instead, what was done.</summary>
public sealed class VoiceModel : ReviewPage
{
    [BindProperty(SupportsGet = true)]
    public Guid Voice { get; set; }

    [BindProperty]
    public AttemptHow? How { get; set; }

    [BindProperty]
    public DateFields On { get; set; } = new();

    [BindProperty]
    public string? Note { get; set; }

    [BindProperty]
    public AbsenceReason? Reason { get; set; }

    [BindProperty]
    public DateFields Until { get; set; } = new();

    [BindProperty]
    public string? AbsenceNote { get; set; }

    [BindProperty]
    public string? Done { get; set; }

    [BindProperty]
    public Guid? Colleague { get; set; }

    public VoiceView One { get; private set; } = null!;

    public VoiceCard Card => new(this, One);

    /// <summary>Who could speak in their place.</summary>
    public IEnumerable<Who> Colleagues => One.Agency is null ? [] : Whole.Team.Where(w => w.Agency == One.Agency && w.ParticipantId != One.ParticipantId);

    private string? Next => $"{ToReview}#voice-{Voice}";

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        (Reason, Until, AbsenceNote) = (One.Absence?.Reason, new DateFields(One.Absence?.Until), One.Absence?.Note);
        (Done, Colleague) = (One.Addressed?.How, One.Delegate?.ParticipantId);
        return Page();
    }

    /// <summary>There is something to ask, it is still asked for, and they were not asked enough.</summary>
    public bool MayNudge => Reader.MayCoordinate && !IsOver && One.Status is not (VoiceStatus.Heard or VoiceStatus.Declined)
        && One.Attempts.Count < Domain.Reviews.Voice.MostAttempts;

    /// <summary>The day on which they may be asked again by mail, when that is not today.</summary>
    public DateOnly? NotBefore => One.NextNudge > Whole.Today ? One.NextNudge : null;

    public Task<IActionResult> OnPostNudgeAsync() => Do(new NudgeVoice(Review, Voice), "They are asked again, by mail.", _ => Next);

    public Task<IActionResult> OnPostTryAsync()
    {
        if (How is null)
            ModelState.AddModelError("how", "Say how they were asked.");
        var on = On.Read(ModelState, "on", "The day");
        return Record(new VoiceRecord(Attempts: [new NewAttempt(How ?? default, on, FormWords.Said(Note))]), "Recorded that they were asked.");
    }

    public Task<IActionResult> OnPostAwayAsync()
    {
        if (Reason is null)
            ModelState.AddModelError("reason", "Say why they are away.");
        var until = Until.Read(ModelState, "until", "The last day");
        return Record(new VoiceRecord(Absence: new NewAbsence(Reason ?? default, until, FormWords.Said(AbsenceNote))), "Recorded that they are away.");
    }

    public Task<IActionResult> OnPostBackAsync() => Record(new VoiceRecord(Absence: new((NewAbsence?)null)), "They are not away any more.");

    public Task<IActionResult> OnPostDoneAsync()
    {
        if (string.IsNullOrWhiteSpace(Done))
            ModelState.AddModelError("done", "Write what was done.");
        return Record(new VoiceRecord(Addressed: new NewAddressed(Done?.Trim() ?? "")), "Recorded what was done.");
    }

    public Task<IActionResult> OnPostUndoneAsync() => Record(new VoiceRecord(Addressed: new((NewAddressed?)null)), "Taken back: nothing was done yet.");

    public Task<IActionResult> OnPostColleagueAsync()
    {
        if (Colleague is null)
            ModelState.AddModelError("colleague", "Choose who speaks for them.");
        return Record(new VoiceRecord(DelegateTo: Colleague), "Recorded who speaks for them.");
    }

    public Task<IActionResult> OnPostThemselvesAsync() => Record(new VoiceRecord(DelegateTo: new((Guid?)null)), "They speak for themselves again.");

    public Task<IActionResult> OnPostUnreachedAsync() => Record(new VoiceRecord(CouldNotReach: true), "Recorded that they could not be reached.");

    public Task<IActionResult> OnPostReachedAsync() => Record(new VoiceRecord(CouldNotReach: false), "Taken back: they can still be reached.");

    public Task<IActionResult> OnPostDeclinedAsync() => Record(new VoiceRecord(Declined: true), "Recorded that they chose not to say anything.");

    public Task<IActionResult> OnPostNotDeclinedAsync() => Record(new VoiceRecord(Declined: false), "They are asked for their view again.");

    protected override async Task Load()
    {
        await base.Load();
        Must(Reader.MayCoordinate || Voice == MyId, "Whoever coordinates the review records what was done to hear somebody.");
        One = Whole.Voices.FirstOrDefault(v => v.ParticipantId == Voice) ?? throw new NotVisible();
    }

    protected override string FieldOf(string pointer) => pointer switch
    {
        "/attempts/0/note" => "note",
        "/attempts/0/on" => "on",
        "/absence/note" => "absenceNote",
        "/absence/until" => "until",
        "/addressed/how" => "done",
        _ => base.FieldOf(pointer),
    };

    private Task<IActionResult> Record(VoiceRecord record, string told) => Do(new RecordVoice(Review, Voice, record), told, _ => Next);
}
