using CasePlanning.Application.Reading;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One invited voice, and what was done to hear it, in sentences.</summary>
public sealed record VoiceCard(ReviewPage Page, VoiceView Voice)
{
    public bool IsMine => Voice.ParticipantId == Page.MyId;

    /// <summary>In court until 16 October.</summary>
    public string? Away => Voice.Absence is { } absence
        ? (absence.Reason is AbsenceReason.Other ? "Away" : ReviewWords.Of(absence.Reason))
            + (absence.Until is { } until ? $" until {Page.Day(until)}" : "")
        : null;

    /// <summary>Asked by telephone on 9 October, by Hamo Tresk.</summary>
    public IEnumerable<string> Tries => Voice.Attempts.Select(a =>
        $"Asked {(a.IsNudge ? "again " : "")}{ReviewWords.LowerFirst(ReviewWords.Of(a.How))} on {Page.Day(a.On)}, by {a.By.Name}{(a.Note is { } note ? $": {note}" : "")}");

    public string? SpokenForBy => Voice.Delegate is { } colleague ? $"{colleague.Name} speaks for them" : null;
}
