using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Domain.Sharing;

/// <summary>How a disclosure came about.</summary>
public enum DisclosureOrigin
{
    /// <summary>Somebody of the team told or sent something, and recorded it.</summary>
    Recorded,

    /// <summary>Somebody from outside opened the plan in an emergency.</summary>
    EmergencyAccess,

    /// <summary>The plan went to another authority with the child.</summary>
    Move,
}

/// <summary>What was shared, with whom, what for, and when.</summary>
public sealed record Shared(string To, string What, string Purpose, DateTimeOffset At);

/// <summary>An act of sharing outside the team, with its lawful basis. Never changed: it happened.</summary>
public sealed class Disclosure
{
    public const int ToLength = 300;
    public const int WhatLength = 4_000;
    public const int PurposeLength = 1_000;

    private Disclosure()
    {
    }

    private Disclosure(Guid planId, Shared shared, Grounds grounds, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = planId;
        (To, What, Purpose, SharedAt) = shared;
        (Basis, Condition, Agreement) = grounds;
        RecordedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public DisclosureOrigin Origin { get; private set; }

    public string To { get; private set; } = "";

    public string What { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public LawfulBasis Basis { get; private set; }

    public SpecialCondition? Condition { get; private set; }

    public string? Agreement { get; private set; }

    /// <summary>The consent that it rests on, when that is its basis.</summary>
    public Guid? ConsentId { get; private set; }

    /// <summary>Whose consent that is: they are shown what came of it.</summary>
    public Guid? ConsentGiverId { get; private set; }

    public Guid? EmergencyAccessId { get; private set; }

    /// <summary>The participant who shared it; nobody of the team did in an emergency.</summary>
    public Guid? ById { get; private set; }

    public DateTimeOffset SharedAt { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>All who read the plan are shown it. Otherwise the professionals are: who was told can be what must not be known.</summary>
    public bool OpenToFamily { get; private set; }

    /// <param name="consent">What it rests on when that is consent, and null when it is anything else.</param>
    public static Disclosure Record(Guid planId, Guid by, Shared shared, Grounds grounds, Consent? consent, bool openToFamily, DateTimeOffset now)
    {
        if (consent is not null != grounds.Basis is LawfulBasis.Consent)
            throw DisclosureRules.ConsentNeeded.Broken();
        if (consent is { Scope: not ConsentScope.ShareOutside })
            throw DisclosureRules.ConsentCoversTheTeam.Broken();
        if (consent?.StoodAt(shared.At) is false)
            throw DisclosureRules.ConsentDidNotStand.Broken();
        return new Disclosure(planId, shared, grounds, now)
        {
            ById = by,
            ConsentId = consent?.Id,
            ConsentGiverId = consent?.GiverId,
            OpenToFamily = openToFamily,
        };
    }

    /// <summary>All of it, to the authority that the child has moved to.</summary>
    public static Disclosure OfMove(PlanMove move, string to, DateTimeOffset now) =>
        new(move.PlanId, new Shared(to, "The plan, with its history", "The child has moved there", now),
            new Grounds(LawfulBasis.PublicTask, SpecialCondition.HealthOrSocialCare, Agreement: null), now)
        {
            Origin = DisclosureOrigin.Move,
            ById = move.ById,
        };

    /// <summary>What an emergency access opened, to whom.</summary>
    public static Disclosure InEmergency(EmergencyAccess access, string to, DateTimeOffset now)
    {
        var (purpose, basis) = access.Purpose switch
        {
            EmergencyPurpose.ImmediateDanger => ("The child is in danger now", LawfulBasis.VitalInterests),
            EmergencyPurpose.Treatment => ("The child needs medical treatment now", LawfulBasis.VitalInterests),
            EmergencyPurpose.MissingChild => ("The child is missing", LawfulBasis.VitalInterests),
            _ => ("Somebody must act tonight for the one who knows the child", LawfulBasis.PublicTask),
        };
        return new Disclosure(access.PlanId, new Shared(to, "The plan, to read for an hour, without what is for named people or sealed", purpose, now),
            new Grounds(basis, SpecialCondition.SafeguardingOfChildren, Agreement: null), now)
        {
            Origin = DisclosureOrigin.EmergencyAccess,
            EmergencyAccessId = access.Id,
        };
    }
}

public static class DisclosureRules
{
    public static readonly NamedRule ConsentNeeded =
        new("disclosure.consent-needed", "Name the consent that it rests on when its basis is consent, and only then.");

    public static readonly NamedRule ConsentCoversTheTeam = new("disclosure.consent-covers-the-team",
        "This consent is to working together in the plan. Sharing outside the team needs one that says so, or another basis.");

    public static readonly NamedRule ConsentDidNotStand = new("disclosure.consent-did-not-stand",
        "This consent did not stand at that time: it was given later, or withdrawn before. Nothing can be shared on it.");
}
