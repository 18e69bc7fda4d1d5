using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Sharing;

/// <summary>What a consent is to.</summary>
public enum ConsentScope
{
    /// <summary>The team around the child works together in this plan. Early help rests on it.</summary>
    WorkTogether,

    /// <summary>Something is shared with somebody outside the team.</summary>
    ShareOutside,
}

/// <summary>
/// That somebody of the family agreed to something, and when; and when they took it back. A record of two instants: neither is ever
/// changed, and whoever agrees again gives a new one.
/// </summary>
public sealed class Consent
{
    public const int CoversLength = 2_000;
    public const int ReasonLength = 2_000;

    private Consent()
    {
    }

    private Consent(Guid planId, Guid giverId, ConsentScope scope, string covers, DateTimeOffset givenAt, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        (PlanId, GiverId, Scope, Covers, GivenAt, RecordedById, RecordedAt) = (planId, giverId, scope, covers, givenAt, by, now);
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    /// <summary>The participant who agreed.</summary>
    public Guid GiverId { get; private set; }

    public ConsentScope Scope { get; private set; }

    /// <summary>What they agreed to, as it was put to them.</summary>
    public string Covers { get; private set; } = "";

    public DateTimeOffset GivenAt { get; private set; }

    public Guid RecordedById { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public Guid? WithdrawnById { get; private set; }

    /// <summary>Asked for and not demanded: to take it back is as easy as it was to give it.</summary>
    public string? WithdrawnWhy { get; private set; }

    public bool Stands => WithdrawnAt is null;

    public static Consent Give(PlanKind kind, Participant giver, ConsentScope scope, string covers, DateTimeOffset givenAt, Guid by, DateTimeOffset now)
    {
        if (!RolePowers.IsFamily(giver.Role))
            throw ConsentRules.NotTheirsToGive.Broken();
        if (scope is ConsentScope.WorkTogether && kind is not PlanKind.EarlyHelp)
            throw ConsentRules.PlanNeedsNone.Broken();
        return new Consent(giver.PlanId, giver.Id, scope, covers, givenAt, by, now);
    }

    public void Withdraw(Guid by, string? why, DateTimeOffset now)
    {
        if (!Stands)
            throw ConsentRules.IsWithdrawn.Broken();
        (WithdrawnAt, WithdrawnById, WithdrawnWhy) = (now, by, why);
    }

    public bool StoodAt(DateTimeOffset instant) => GivenAt <= instant && (WithdrawnAt is null || instant < WithdrawnAt);

    /// <summary>
    /// Whether somebody on whose word a plan rests has taken it back: of everybody who ever agreed to work together, the last word counts.
    /// One who never agreed stands in nobody's way, since a plan may begin with the worry of one parent.
    /// </summary>
    public static bool IsTakenBack(IEnumerable<Consent> ofOnePlan) => ofOnePlan.Where(c => c.Scope is ConsentScope.WorkTogether)
        .GroupBy(c => c.GiverId).Any(g => g.OrderBy(c => c.GivenAt).ThenBy(c => c.RecordedAt).ThenBy(c => c.Id).Last() is { Stands: false });
}

public static class ConsentRules
{
    public static readonly NamedRule NotTheirsToGive =
        new("consent.not-theirs-to-give", "Consent is the child's to give, or a parent's or carer's.");

    public static readonly NamedRule PlanNeedsNone =
        new("consent.plan-needs-none", "This plan is a duty of its authority and rests on no consent. Record one to share something outside the team.");

    public static readonly NamedRule IsWithdrawn = new("consent.is-withdrawn", "This consent was withdrawn before.");

    public static readonly NamedRule PlanIsFrozen = new("plan.is-frozen",
        "Consent to this plan was withdrawn. It can be read; only those who said on what other lawful basis they take part can add to it.");
}
