using System.Security.Cryptography;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Domain.Contributions;

/// <summary>What goes along with the words of a draft, and is not among them.</summary>
/// <param name="Revises">The author's signed view that these are new words for; null when they are a view of their own.</param>
/// <param name="WhatChanged">For new words: what changed the author's mind.</param>
/// <param name="Focus">What the author is here for in the plan, said anew along with the words.</param>
public sealed record Beside(Guid? Revises = null, string? WhatChanged = null, string? Focus = null);

/// <summary>
/// Words on their way, private to their author and, if the author chooses, shown to a supervisor of the same agency. Kept apart
/// from contributions, so that no reading, count or search can ever meet one.
/// </summary>
public sealed class Draft : IVersioned
{
    private Draft()
    {
    }

    public Draft(Guid id, Guid planId, Guid reviewId, string outcome, Guid authorId, DateTimeOffset now)
    {
        Id = id;
        PlanId = planId;
        ReviewId = reviewId;
        Outcome = outcome;
        AuthorId = authorId;
        ChangedAt = now;
    }

    /// <summary>Becomes the contribution's id when it is signed.</summary>
    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ReviewId { get; private set; }

    public string Outcome { get; private set; } = "";

    public Guid AuthorId { get; private set; }

    public Guid? OnBehalfOfId { get; private set; }

    public string Words { get; private set; } = "";

    public Outlook? Outlook { get; private set; }

    public string? Summary { get; private set; }

    public AudienceKind Audience { get; private set; }

    public List<Guid> ReaderIds { get; private set; } = [];

    public List<Guid> ReaderAgencyIds { get; private set; } = [];

    public bool SaidInMeeting { get; private set; }

    public Guid? RevisesId { get; private set; }

    public string? WhatChanged { get; private set; }

    public string? Focus { get; private set; }

    public Guid? ShownToId { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>
    /// The id of what a person's device keeps under an id that it made up. Everybody has such ids to themselves: were they shared,
    /// whoever tried one could learn that somebody else has something under it.
    /// </summary>
    public static Guid IdFor(Guid personId, Guid madeUp)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData([.. personId.ToByteArray(bigEndian: true), .. madeUp.ToByteArray(bigEndian: true)], hash);
        // A UUID of version 8, whose bits are whatever their maker likes.
        (hash[6], hash[8]) = ((byte)((hash[6] & 0x0f) | 0x80), (byte)((hash[8] & 0x3f) | 0x80));
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>What it is for. It moves on when the review it was begun for is signed without it.</summary>
    public void PlaceIn(Guid reviewId, string outcome, Guid author)
    {
        ReviewId = reviewId;
        Outcome = outcome;
        AuthorId = author;
    }

    /// <summary>Whether to write this would change nothing.</summary>
    public bool Holds(Guid reviewId, string outcome, Said said, Audience audience, Guid? onBehalfOf, bool saidInMeeting, Beside beside) =>
        (ReviewId, Outcome, new Said(Words, Outlook, Summary), Audience, OnBehalfOfId, SaidInMeeting, WhatIsBeside())
            == (reviewId, outcome, said, audience.Kind, onBehalfOf, saidInMeeting, beside)
        && ReaderIds.SequenceEqual(audience.Participants.Distinct())
        && ReaderAgencyIds.SequenceEqual(audience.Agencies.Distinct());

    public Beside WhatIsBeside() => new(RevisesId, WhatChanged, Focus);

    public void Write(Said said, Audience audience, Guid? onBehalfOf, bool saidInMeeting, Beside beside, DateTimeOffset now)
    {
        (RevisesId, WhatChanged, Focus) = beside;
        (Words, Outlook, Summary) = said;
        Audience = audience.Kind;
        ReaderIds = [.. audience.Participants.Distinct()];
        ReaderAgencyIds = [.. audience.Agencies.Distinct()];
        OnBehalfOfId = onBehalfOf;
        SaidInMeeting = saidInMeeting;
        ChangedAt = now;
    }

    /// <summary>What is still being written may lack anything; what is signed may not.</summary>
    public void MustBeWhole()
    {
        if (string.IsNullOrWhiteSpace(Words))
            throw ContributionRules.NothingSaid.Broken();
        if (Audience is AudienceKind.Named && ReaderIds.Count + ReaderAgencyIds.Count == 0)
            throw ContributionRules.NobodyNamed.Broken();
    }

    /// <summary>A supervisor it is shown to reads it; only its author touches it.</summary>
    public void MustBeOf(Guid author)
    {
        if (AuthorId != author)
            throw ContributionRules.AuthorOnly.Broken();
    }

    public void MustBeOpenTo(Guid by, Review review)
    {
        review.MustNotBeSigned();
        MustBeOf(by);
    }

    public void ShowTo(Participant author, Participant? supervisor, DateTimeOffset now)
    {
        if (supervisor is not null
            && (author.AgencyId is null || supervisor.AgencyId != author.AgencyId || !RolePowers.Supervises(supervisor.Role)
                || !supervisor.IsCurrent(now)))
            throw ContributionRules.SupervisorOfSameAgency.Broken();
        ShownToId = supervisor?.Id;
        ChangedAt = now;
    }
}
