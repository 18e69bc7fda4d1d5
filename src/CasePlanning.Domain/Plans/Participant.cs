using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Sharing;

namespace CasePlanning.Domain.Plans;

/// <summary>
/// A person × a role × an agency × this plan × dates. Read at request time: when it ends, access ends at that instant, and the
/// words written under it stay theirs.
/// </summary>
public sealed class Participant : IVersioned
{
    public const int FocusLength = 500;
    public const int BasisWhyLength = 1_000;

    private Participant()
    {
    }

    public Participant(
        Guid planId, Guid personId, Role role, Guid? agencyId, Guid? speaksFor, DateTimeOffset from, DateTimeOffset? until,
        bool nameReleasedToParents, DateTimeOffset now)
    {
        if (until < from)
            throw PlanRules.EndsBeforeItBegins.Broken();
        Id = Ids.New(now);
        PlanId = planId;
        PersonId = personId;
        Role = role;
        AgencyId = agencyId;
        SpeaksForId = speaksFor;
        From = from;
        Until = until;
        NameReleasedToParents = nameReleasedToParents;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid PersonId { get; private set; }

    public Role Role { get; private set; }

    public Guid? AgencyId { get; private set; }

    /// <summary>The participant this one speaks for (an advocate for the child). Such a participant adds no voice of their own.</summary>
    public Guid? SpeaksForId { get; private set; }

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    /// <summary>Who takes over what this one still owes, named when the participation ends.</summary>
    public Guid? CoverId { get; private set; }

    /// <summary>A carer's name is shown to parents only when this is set.</summary>
    public bool NameReleasedToParents { get; private set; }

    /// <summary>What this participant is here for in this plan, in their own words.</summary>
    public string? Focus { get; private set; }

    public DateTimeOffset? FocusStatedAt { get; private set; }

    /// <summary>The lawful basis on which this participant takes part, where they said that it is another than the plan's own.</summary>
    public LawfulBasis? Basis { get; private set; }

    public string? BasisWhy { get; private set; }

    public int Version { get; private set; } = 1;

    public bool IsCurrent(DateTimeOffset now) => From <= now && (Until is null || now < Until);

    /// <summary>Has a voice of their own that a review can ask for.</summary>
    public bool HasVoice => SpeaksForId is null && RolePowers.Of(Role).HasFlag(Permission.Contribute);

    public void State(string focus, DateTimeOffset now)
    {
        Focus = focus;
        FocusStatedAt = now;
    }

    public void RestOn(LawfulBasis basis, string why) => (Basis, BasisWhy) = (basis, why);

    public void Take(Role role) => Role = role;

    public void ReleaseNameToParents(bool released) => NameReleasedToParents = released;

    /// <summary>Ends the participation; <paramref name="cover"/> takes over what is owed, when anything is.</summary>
    public void End(DateTimeOffset until, Participant? cover)
    {
        if (until < From)
            throw PlanRules.EndsBeforeItBegins.Broken();
        if (cover?.Id == Id || (cover is not null && !cover.IsCurrent(until)))
            throw PlanRules.CoverMustTakePart.Broken();
        Until = until;
        CoverId = cover?.Id;
    }
}
