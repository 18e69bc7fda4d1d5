using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Domain.Contributions;

/// <summary>How things go from where this voice stands.</summary>
public enum Outlook
{
    GoingWell,
    Mixed,
    Worried,
    CannotTell,
    OutsideMyExpertise,
}

/// <summary>How the words came in. Shown small; never used for order or weight.</summary>
public enum Mode
{
    Before,
    InMeeting,
    After,
    ByProxy,
}

/// <summary>What a voice says: the words, how things go, and what those outside the audience may read instead.</summary>
public sealed record Said(string Words, Outlook? Outlook, string? Summary);

/// <summary>
/// One voice's own words on one outcome in one review: signed, dated, versioned, never edited by anyone else. An aggregate of
/// its own, and only ever added to: a new version is a new row, so two people never collide and no word is lost.
/// </summary>
public sealed class Contribution
{
    public const int WordsLength = 20_000;
    public const int SummaryLength = 4_000;
    public const int WhatChangedLength = 2_000;

    private Contribution()
    {
    }

    private Contribution(
        Guid id, Review review, string outcome, Participant voice, Participant writer, Guid? assertedBy, Mode mode, Audience audience, DateTimeOffset now)
    {
        Id = id;
        PlanId = review.PlanId;
        ReviewId = review.Id;
        Outcome = outcome;
        VoiceId = voice.Id;
        ProxyId = writer.Id == voice.Id ? null : writer.Id;
        AssertedById = assertedBy;
        Mode = mode;
        Audience = audience.Kind;
        if (audience.Kind is AudienceKind.Named)
        {
            ReaderIds = [.. audience.Participants.Distinct()];
            ReaderAgencyIds = [.. audience.Agencies.Distinct()];
        }

        FirstSignedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ReviewId { get; private set; }

    public string Outcome { get; private set; } = "";

    /// <summary>The participant whose words these are.</summary>
    public Guid VoiceId { get; private set; }

    /// <summary>The participant who wrote them down for the voice; null when the voice wrote them.</summary>
    public Guid? ProxyId { get; private set; }

    /// <summary>The client that brought the words in and says that they are the voice's; null when a person wrote them here.</summary>
    public Guid? AssertedById { get; private set; }

    public Mode Mode { get; private set; }

    public AudienceKind Audience { get; private set; }

    public List<Guid> ReaderIds { get; private set; } = [];

    public List<Guid> ReaderAgencyIds { get; private set; } = [];

    public DateTimeOffset FirstSignedAt { get; private set; }

    /// <summary>When the person spoken for said that these are their words.</summary>
    public DateTimeOffset? ConfirmedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public List<ContributionVersion> Versions { get; private set; } = [];

    /// <summary>Somebody else, or a system, put them down, and the voice has not yet said that they are its own.</summary>
    public bool IsUnconfirmed => (ProxyId is not null || AssertedById is not null) && ConfirmedAt is null;

    /// <summary>Signs a voice's words into a review. Nothing else in the plan changes.</summary>
    /// <param name="id">The id the words will be known by: a draft keeps its own.</param>
    /// <param name="voice">Whose words they are.</param>
    /// <param name="writer">Who writes them down: the voice itself, or a proxy whose writing the voice confirms later.</param>
    /// <param name="assertedBy">The client that brings them in, for the voice to confirm.</param>
    public static Contribution Sign(
        Guid id, Review review, string outcome, Participant voice, Participant writer, Said said, Audience audience,
        bool saidInMeeting, DateTimeOffset now, Guid? assertedBy = null)
    {
        review.MustNotBeSigned();
        if (!voice.HasVoice)
            throw ContributionRules.NoVoiceOfTheirOwn.Broken();
        var mode = writer.Id != voice.Id || assertedBy is not null ? Mode.ByProxy
            : saidInMeeting ? Mode.InMeeting
            : review.IsAfterMeetings(now) ? Mode.After
            : Mode.Before;
        var contribution = new Contribution(id, review, outcome, voice, writer, assertedBy, mode, audience, now);
        contribution.Versions.Add(new ContributionVersion(contribution, 1, said, whatChanged: null, writer.Id, now));
        return contribution;
    }

    /// <summary>
    /// New words of the same voice; the first stay readable. Whoever wrote for the voice may put their writing right until the
    /// voice has confirmed it; when the voice itself revises, that confirms.
    /// </summary>
    /// <param name="assertedBy">The client that brings them in: it puts right what it brought itself, until the voice has confirmed it.</param>
    public void Revise(Review review, Guid by, Said said, string? whatChanged, DateTimeOffset now, Guid? assertedBy = null)
    {
        MustBeOpenTo(by, review);
        if (assertedBy is not null && (AssertedById != assertedBy || !IsUnconfirmed))
            throw ContributionRules.NotTheClients.Broken();
        Versions.Add(new ContributionVersion(this, Versions.Max(v => v.Number) + 1, said, whatChanged, by, now));
        if (by == VoiceId && IsUnconfirmed && assertedBy is null)
            ConfirmedAt = now;
    }

    public void Withdraw(Review review, Guid by, DateTimeOffset now)
    {
        MustBeOpenTo(by, review);
        WithdrawnAt = now;
    }

    public void Confirm(Guid by, DateTimeOffset now)
    {
        if (ProxyId is null && AssertedById is null)
            throw ContributionRules.NothingToConfirm.Broken();
        if (by != VoiceId)
            throw ContributionRules.OnlySpeakerConfirms.Broken();
        if (WithdrawnAt is not null)
            throw ContributionRules.IsWithdrawn.Broken();
        ConfirmedAt ??= now;
    }

    /// <summary>
    /// Until the review is signed, its voice may still say more or take it back, and so may whoever wrote for the voice until the
    /// voice has confirmed it.
    /// </summary>
    public void MustBeOpenTo(Guid by, Review review)
    {
        review.MustNotBeSigned();
        var correctsOwnWriting = by == ProxyId && IsUnconfirmed;
        if (by != VoiceId && !correctsOwnWriting)
            throw ContributionRules.AuthorOnly.Broken();
        if (WithdrawnAt is not null)
            throw ContributionRules.IsWithdrawn.Broken();
    }
}

/// <summary>The words at one time. Never changed.</summary>
public sealed class ContributionVersion
{
    private ContributionVersion()
    {
    }

    internal ContributionVersion(Contribution contribution, int number, Said said, string? whatChanged, Guid by, DateTimeOffset now)
    {
        ContributionId = contribution.Id;
        Number = number;
        (Words, Outlook, Summary) = said;
        WhatChanged = whatChanged;
        ById = by;
        SignedAt = now;
    }

    public Guid ContributionId { get; private set; }

    public int Number { get; private set; }

    public string Words { get; private set; } = "";

    public Outlook? Outlook { get; private set; }

    /// <summary>What everybody may read when the words themselves have a narrower audience.</summary>
    public string? Summary { get; private set; }

    public string? WhatChanged { get; private set; }

    public Guid ById { get; private set; }

    public DateTimeOffset SignedAt { get; private set; }
}
