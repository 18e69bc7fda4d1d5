using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>What a restriction hides.</summary>
public enum RestrictionKind
{
    /// <summary>Who a participant is: name and agency. Their role stays visible.</summary>
    Identity,

    /// <summary>What is said of where the child lives.</summary>
    Home,

    /// <summary>One contribution, words, summary and existence.</summary>
    View,
}

/// <summary>
/// Something in a plan is hidden from one participant, by somebody, for a reason, until it is looked at again. It denies whatever
/// an audience would allow, and the participant is not told of it.
/// </summary>
public sealed class Restriction : IVersioned
{
    public const int ReasonLength = 2_000;

    private Restriction()
    {
    }

    private Restriction(Guid planId, RestrictionKind kind, Guid fromId, string reason, DateOnly reviewOn, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        (PlanId, Kind, FromId, Reason, ReviewOn, SetById, SetAt) = (planId, kind, fromId, reason, reviewOn, by, now);
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public RestrictionKind Kind { get; private set; }

    /// <summary>The participant from whom it is hidden.</summary>
    public Guid FromId { get; private set; }

    /// <summary>For <see cref="RestrictionKind.Identity"/>: the participant whose identity is hidden.</summary>
    public Guid? SubjectId { get; private set; }

    /// <summary>For <see cref="RestrictionKind.View"/>: the contribution.</summary>
    public Guid? ContributionId { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary>The day by which somebody looks whether it is still needed. It stays in force until it is lifted.</summary>
    public DateOnly ReviewOn { get; private set; }

    public Guid SetById { get; private set; }

    public DateTimeOffset SetAt { get; private set; }

    public Guid? LiftedById { get; private set; }

    public DateTimeOffset? LiftedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsInForce => LiftedAt is null;

    /// <summary>Hides who <paramref name="subject"/> is from <paramref name="from"/>.</summary>
    public static Restriction OfIdentity(Participant subject, Participant from, string reason, DateOnly reviewOn, Guid by, DateTimeOffset now) =>
        subject.Id == from.Id
            ? throw RestrictionRules.NotFromThemselves.Broken()
            : new Restriction(subject.PlanId, RestrictionKind.Identity, from.Id, reason, reviewOn, by, now) { SubjectId = subject.Id };

    /// <summary>Hides the home from somebody who does not live in it.</summary>
    public static Restriction OfHome(Participant from, string reason, DateOnly reviewOn, Guid by, DateTimeOffset now) =>
        from.Role is Role.Child or Role.Carer
            ? throw RestrictionRules.NotTheirOwnHome.Broken()
            : new Restriction(from.PlanId, RestrictionKind.Home, from.Id, reason, reviewOn, by, now);

    /// <summary>Hides a contribution. Its voice and whoever wrote it down keep their own words.</summary>
    public static Restriction OfView(
        Guid contributionId, IEnumerable<Guid> authors, Participant from, string reason, DateOnly reviewOn, Guid by, DateTimeOffset now) =>
        authors.Contains(from.Id)
            ? throw RestrictionRules.NotFromThemselves.Broken()
            : new Restriction(from.PlanId, RestrictionKind.View, from.Id, reason, reviewOn, by, now) { ContributionId = contributionId };

    /// <summary>Looked at again, and still needed.</summary>
    public void Keep(DateOnly reviewOn)
    {
        MustBeInForce();
        ReviewOn = reviewOn;
    }

    public void Lift(Guid by, DateTimeOffset now)
    {
        MustBeInForce();
        (LiftedById, LiftedAt) = (by, now);
    }

    private void MustBeInForce()
    {
        if (!IsInForce)
            throw RestrictionRules.IsLifted.Broken();
    }
}

public static class RestrictionRules
{
    public static readonly NamedRule NotFromThemselves =
        new("restriction.not-from-themselves", "Nobody's own name or words can be hidden from them.");

    public static readonly NamedRule NotTheirOwnHome =
        new("restriction.not-their-own-home", "The home cannot be hidden from those who live in it.");

    public static readonly NamedRule IsLifted =
        new("restriction.is-lifted", "This restriction was lifted. Set a new one if it is needed again.");
}
