using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Domain.Contributions;

/// <summary>
/// Words on their way, private to their author and, if the author chooses, shown to a supervisor of the same agency. Kept apart
/// from contributions, so that no reading, count or search can ever meet one.
/// </summary>
public sealed class Draft : IVersioned
{
    private Draft()
    {
    }

    public Draft(Guid planId, Guid reviewId, string outcome, Guid authorId, DateTimeOffset now)
    {
        Id = Ids.New(now);
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

    public Guid? ShownToId { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public void Write(Said said, Audience audience, Guid? onBehalfOf, bool saidInMeeting, DateTimeOffset now)
    {
        (Words, Outlook, Summary) = said;
        Audience = audience.Kind;
        ReaderIds = [.. audience.Participants.Distinct()];
        ReaderAgencyIds = [.. audience.Agencies.Distinct()];
        OnBehalfOfId = onBehalfOf;
        SaidInMeeting = saidInMeeting;
        ChangedAt = now;
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
