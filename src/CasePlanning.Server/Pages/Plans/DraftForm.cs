using CasePlanning.Application.Contributions;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>The form in which somebody writes what they see: all of a draft, as it was sent, or as it is filled at first.</summary>
public sealed class DraftForm
{
    public Guid Draft { get; set; }

    /// <summary>Null while nothing is kept on the server.</summary>
    public int? Version { get; set; }

    public Outlook? Outlook { get; set; }

    public string? Words { get; set; }

    public AudienceKind Audience { get; set; }

    public List<Guid> Readers { get; set; } = [];

    public string? Summary { get; set; }

    public Guid? OnBehalfOf { get; set; }

    public bool SaidInMeeting { get; set; }

    public Guid? Revises { get; set; }

    public string? WhatChanged { get; set; }

    public string? Focus { get; set; }

    public IFormFile? File { get; set; }

    public bool IsEmpty => FormWords.Cleaned(Words) is null && Outlook is null && File is null;

    public DraftText TextFor(Guid plan, Guid? review, string outcome) => new(
        plan, review ?? Guid.Empty, outcome, FormWords.Cleaned(Words), Outlook,
        new NewAudience(Audience, Audience is AudienceKind.Named && Readers.Count > 0 ? Readers : null), FormWords.Cleaned(Summary), OnBehalfOf, SaidInMeeting,
        Revises, FormWords.Cleaned(WhatChanged), FormWords.Cleaned(Focus));

    /// <summary>A draft is gone on with.</summary>
    public void GoOnWith(DraftView draft)
    {
        (Draft, Version, Words, Outlook, Summary, SaidInMeeting, WhatChanged, Focus) =
            (draft.Id, draft.Version, draft.Words, draft.Outlook, draft.Summary, draft.SaidInMeeting, draft.WhatChanged, draft.Focus);
        (Audience, Readers, Revises) = (draft.Audience.Kind, [.. draft.Audience.Participants ?? []], draft.Revises);
    }

    /// <summary>A draft is begun.</summary>
    public void Begin() => Draft = Guid.NewGuid();

    /// <summary>What was said is said anew; who reads it stays as it was.</summary>
    public void SayAnew(ContributionView said)
    {
        Begin();
        (Revises, Words, Outlook, Summary) = (said.Id, said.Words, said.Outlook, said.Summary);
        (Audience, Readers) = (said.Audience.Kind, [.. said.Audience.Participants ?? []]);
    }
}
