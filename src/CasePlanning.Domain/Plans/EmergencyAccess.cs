using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>
/// A professional who takes no part in a plan opened it to protect the child: for an hour, to read, with a reason that somebody
/// else reviews afterwards. What is for named people or sealed stays closed.
/// </summary>
public sealed class EmergencyAccess : IVersioned
{
    public const int ShortestJustification = 20;
    public const int JustificationLength = 2_000;
    public const int CaseReferenceLength = 100;
    public const int FindingLength = 2_000;

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    private EmergencyAccess()
    {
    }

    public EmergencyAccess(
        Guid planId, Guid personId, Guid? agencyId, EmergencyPurpose purpose, string justification, string? caseReference,
        DateOnly reviewDue, DateTimeOffset now)
    {
        Id = Ids.New(now);
        (PlanId, PersonId, AgencyId, Purpose, Justification, CaseReference, ReviewDue) =
            (planId, personId, agencyId, purpose, justification, caseReference, reviewDue);
        GrantedAt = now;
        ExpiresAt = now + Lasts;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid PersonId { get; private set; }

    public Guid? AgencyId { get; private set; }

    public EmergencyPurpose Purpose { get; private set; }

    public string Justification { get; private set; } = "";

    public string? CaseReference { get; private set; }

    public DateTimeOffset GrantedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Given back before its time.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The last day for a privacy officer to look at it; after that it is overdue.</summary>
    public DateOnly ReviewDue { get; private set; }

    public Guid? ReviewedById { get; private set; }

    public DateTimeOffset? ReviewedAt { get; private set; }

    /// <summary>The reviewer holds that it was needed.</summary>
    public bool? Justified { get; private set; }

    public string? Finding { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsLive(DateTimeOffset now) => EndedAt is null && GrantedAt <= now + ClockDrift.Tolerated && now < ExpiresAt;

    public void End(DateTimeOffset now) => EndedAt ??= now < GrantedAt ? GrantedAt : now < ExpiresAt ? now : ExpiresAt;

    /// <param name="by">The reviewing person, who is never the one who opened the plan.</param>
    public void Review(Guid by, bool justified, string finding, DateTimeOffset now)
    {
        if (by == PersonId)
            throw EmergencyAccessRules.NotOneself.Broken();
        if (ReviewedAt is not null)
            throw EmergencyAccessRules.IsReviewed.Broken();
        (ReviewedById, ReviewedAt, Justified, Finding) = (by, now, justified, finding);
    }
}

/// <summary>What a plan may be opened for in an emergency.</summary>
public enum EmergencyPurpose
{
    /// <summary>The child is in danger now.</summary>
    ImmediateDanger,

    /// <summary>The child needs medical treatment now.</summary>
    Treatment,

    /// <summary>The child is missing.</summary>
    MissingChild,

    /// <summary>Somebody must act tonight for the one who knows the child.</summary>
    OutOfHours,
}

public static class EmergencyAccessRules
{
    public static readonly NamedRule NotOneself =
        new("emergency-access.not-oneself", "Somebody else reviews this: nobody can review an emergency access of their own.");

    public static readonly NamedRule IsReviewed = new("emergency-access.is-reviewed", "This emergency access was reviewed before.");

    public static readonly NamedRule TakesPart =
        new("emergency-access.takes-part", "You take part in this plan, so you need no emergency access to it.");
}
