using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

public enum PlanKind
{
    Pep,
    EarlyHelp,
    Pathway,
    Transition,
}

/// <summary>An identifier another system knows the child by (a UPN, an NHS number, a local number). Never a key of ours.</summary>
public sealed record ChildIdentifier(string System, string Value);

/// <summary>The person planned for; shown by the name they choose.</summary>
public sealed class Child
{
    public const int NameLength = 100;
    public const int IdentifierLength = 100;

    private Child()
    {
    }

    public Child(string givenName, string familyName, string? knownAs, DateOnly dateOfBirth, IEnumerable<ChildIdentifier> identifiers)
    {
        GivenName = givenName;
        FamilyName = familyName;
        KnownAs = knownAs;
        DateOfBirth = dateOfBirth;
        Identifiers = [.. identifiers];
    }

    public string GivenName { get; private set; } = "";

    public string FamilyName { get; private set; } = "";

    public string? KnownAs { get; internal set; }

    public DateOnly DateOfBirth { get; private set; }

    public List<ChildIdentifier> Identifiers { get; private set; } = [];

    /// <summary>The name on every screen and letter.</summary>
    public string ChosenName => KnownAs ?? GivenName;

    /// <summary>On this day parental responsibility ends.</summary>
    public DateOnly ComesOfAgeOn => DateOfBirth.AddYears(18);

    internal void ForgetIdentifiers() => Identifiers = [];
}

/// <summary>
/// The one shared plan of a child. What is shared and changed by several people (the name the child chooses, who leads) is here
/// and carries a version; voices, reviews and decisions are things of their own, so that writing one never waits for another.
/// </summary>
public sealed class Plan : IVersioned
{
    private Plan()
    {
    }

    private Plan(Guid id, PlanKind kind, Child child, string framework, string authority, DateOnly startedOn, DateTimeOffset now)
    {
        Id = id;
        Kind = kind;
        Child = child;
        Framework = framework;
        Authority = authority;
        StartedOn = startedOn;
        OpenedAt = now;
    }

    public Guid Id { get; private set; }

    public PlanKind Kind { get; private set; }

    public Child Child { get; private set; } = null!;

    /// <summary>The code of the framework it is structured by.</summary>
    public string Framework { get; private set; } = "";

    /// <summary>Whose clocks and calendar it runs by.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>The day the clocks count from: when care or early help began.</summary>
    public DateOnly StartedOn { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>Coordinates; has no extra voice. There is always exactly one.</summary>
    public Guid LeadParticipantId { get; private set; }

    /// <summary>The child was adopted: the plan is closed, and nothing leads from it to the child's new name.</summary>
    public DateTimeOffset? AdoptedAt { get; private set; }

    public int Version { get; private set; } = 1;

    /// <summary>Opens a plan with its first participant, who becomes lead professional.</summary>
    public static (Plan Plan, Participant Lead) Open(
        PlanKind kind, Child child, string framework, string authority, DateOnly startedOn,
        Guid leadPersonId, Role leadRole, Guid? leadAgencyId, DateTimeOffset now)
    {
        if (!RolePowers.IsProfessional(leadRole) || !RolePowers.Of(leadRole).HasFlag(Permission.Read))
            throw PlanRules.LeadMustBeProfessional.Broken();
        var plan = new Plan(Ids.New(now), kind, child, framework, authority, startedOn, now);
        var lead = new Participant(plan.Id, leadPersonId, leadRole, leadAgencyId, speaksFor: null, from: now, until: null,
            nameReleasedToParents: false, now);
        plan.LeadParticipantId = lead.Id;
        return (plan, lead);
    }

    public void CallChild(string? knownAs) => Child.KnownAs = knownAs;

    /// <summary>
    /// The lead holds every open action that others' ends leave behind, so a lead whose own end is set would one day leave them to nobody.
    /// </summary>
    public void HandLeadTo(Participant participant)
    {
        if (participant.Until is not null)
            throw PlanRules.LeadMustStay.Broken();
        if (!RolePowers.IsProfessional(participant.Role) || !RolePowers.Of(participant.Role).HasFlag(Permission.Read))
            throw PlanRules.LeadMustBeProfessional.Broken();
        LeadParticipantId = participant.Id;
    }

    /// <summary>The child moves: from now on another authority answers for the plan, and somebody of its own leads it.</summary>
    /// <param name="authority">The authority that the new lead works for.</param>
    public PlanMove MoveTo(string? authority, Participant lead, Guid by, DateTimeOffset now)
    {
        if (authority is null || authority == Authority)
            throw PlanRules.MoveNeedsLeadFromThere.Broken();
        var move = new PlanMove(this, authority, by, now);
        HandLeadTo(lead);
        Authority = authority;
        return move;
    }

    /// <summary>
    /// A parent takes part by their responsibility, which ends when the child comes of age. From then on it is for the young person
    /// to say who takes part: null.
    /// </summary>
    public DateTimeOffset? EndOfParentsPart(PlanningClock clock, DateTimeOffset from)
    {
        var midnight = clock.At(Child.ComesOfAgeOn, TimeOnly.MinValue).ToUniversalTime();
        return from < midnight ? midnight : null;
    }

    public void CloseForAdoption(DateTimeOffset now)
    {
        if (AdoptedAt is not null)
            throw PlanRules.IsClosed.Broken();
        AdoptedAt = now;
        Child.ForgetIdentifiers();
    }
}

/// <summary>That a plan went from one authority to another. Its history went with it.</summary>
public sealed class PlanMove
{
    private PlanMove()
    {
    }

    internal PlanMove(Plan plan, string to, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        (PlanId, From, To, ById, At) = (plan.Id, plan.Authority, to, by, now);
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public string From { get; private set; } = "";

    public string To { get; private set; } = "";

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }
}
