using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Reading;
using CasePlanning.Application.Reviews;
using CasePlanning.Domain.Reviews;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Where the child begins, or chooses not to, and sees what came of what they said before.</summary>
public sealed class MySayModel : MySayPage
{
    /// <summary>An earlier review, to look back on.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Review { get; set; }

    /// <summary>The child's own standing in the review that asks now; null when nobody asked them.</summary>
    public VoiceView? Mine => Into is null || Sheet.Review?.Id != Into.Id ? null : Sheet.Plan.Invited.FirstOrDefault(v => Sheet.IsMe(v.ParticipantId));

    public bool ChoseNotToSay => Mine?.Status is VoiceStatus.Declined;

    /// <summary>They can still say that they want to say nothing.</summary>
    public bool MayDecline => Mine?.Status is VoiceStatus.NotYet or VoiceStatus.Partly or VoiceStatus.CouldNotReach && Drafts.Count == 0;

    public bool IsLookingBack => Review is not null && Review != Into?.Id;

    public bool HasSomethingToSend => Into is not null && Drafts.Count > 0;

    /// <summary>The first question that was not answered or begun; the first of all when each was.</summary>
    public OutcomeReading Next => Questions.FirstOrDefault(o => Said(o) is null && !Drafts.ContainsKey(o.Code)) ?? Questions[0];

    public bool HasBegun => Questions.Any(o => Said(o) is not null || Drafts.ContainsKey(o.Code));

    public IReadOnlyList<YouSaid> WhatISaid =>
    [
        .. Questions.SelectMany(o => o.Contributions).Where(c => Sheet.IsMe(c.Author.ParticipantId) && c is { WithdrawnAt: null, Words: not null })
            .Select(c => new YouSaid(Sheet, c)),
    ];

    public string? ToAsk(ContributionView view) => Sheet.MayWrite ? To("MySayAsk", new { view = view.Id }) : null;

    public string? ToReview(Guid review) => To("MySay", new { review = review == Into?.Id ? (Guid?)null : review });

    public Task<IActionResult> OnPostNothingAsync() => Decline(true, "That is fine. You can change your mind at any time.");

    public Task<IActionResult> OnPostSomethingAsync() => Decline(false, "Good. Say as much or as little as you like.");

    protected override Task Load() => LoadMySay(Review);

    private async Task<IActionResult> Decline(bool declined, string told)
    {
        await Load();
        return Mine is null ? throw new NotVisible() : await Do(new RecordVoice(Into!.Id, MyId, new VoiceRecord(Declined: declined)), told, _ => ToMySay);
    }
}
