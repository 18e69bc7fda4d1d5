using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// Where a review stands, on one page: who has spoken and what can be done for those who have not, where views differ, what was
/// decided, what came of the last review, and exactly what stands in the way of its end.
/// </summary>
public sealed class ReviewModel : ReviewPage
{
    [BindProperty]
    public Guid Voice { get; set; }

    [BindProperty]
    public Guid Carried { get; set; }

    [BindProperty]
    public bool StillTrue { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public bool MayRecord => Reader.MayCoordinate && !IsSigned;

    /// <summary>The reader's own standing, when they were asked.</summary>
    public VoiceView? Mine => Whole.Voices.FirstOrDefault(v => v.ParticipantId == MyId);

    public WindowBar Bar => new(It.OpensOn, It.ClosesOn, Whole.Today, [.. It.Meetings.Select(m => When.DayOf(m.At))]);

    public IEnumerable<VoiceView> Voices(params IEnumerable<VoiceStatus> statuses) => Whole.Voices.Where(v => statuses.Contains(v.Status));

    /// <summary>Those who are waited for: nobody has heard them, or only through somebody else.</summary>
    public IReadOnlyList<VoiceView> Waited => [.. Voices(VoiceStatus.NotYet, VoiceStatus.Partly, VoiceStatus.CouldNotReach)];

    /// <summary>Views that came after a decision and have not been checked against it, by who gave them.</summary>
    public IEnumerable<Who> LateOn(DecisionView decision) =>
        Whole.Views.Where(v => decision.Unchecked.Contains(v.Id)).Select(v => v.Author).DistinctBy(a => a.ParticipantId);

    public bool MayAnswer(CarriedForwardView carried) => Reader.MayContribute && !IsSigned
        && (carried.Kind is not CarriedKind.Dissent || Whole.DissentsBy[carried.SubjectId].ParticipantId == MyId);

    /// <summary>The page of the thing that was carried forward; null while there is none.</summary>
    public string? ToSubject(CarriedForwardView carried) => carried.Kind switch
    {
        CarriedKind.Target => To("Target", new { target = carried.SubjectId }),
        CarriedKind.Action => To("Action", new { actionId = carried.SubjectId }),
        _ => null,
    };

    public Task<IActionResult> OnPostInviteAsync() =>
        Do(new InviteVoice(Review, new NewVoice(Voice)), "They are asked for their view now.", _ => $"{ToReview}#voice-{Voice}");

    public Task<IActionResult> OnPostCarriedAsync() => Do(
        new AnswerCarriedForward(Review, Carried, new StillTrueAnswer(StillTrue, FormWords.Said(Note))),
        StillTrue ? "Kept: it is still true." : "Kept: it is not true any more.", _ => $"{ToReview}#carried-{Carried}");
}
