namespace CasePlanning.Domain.Sharing;

/// <summary>By what right something of a child is kept or shared. Consent is one of several, and in safeguarding seldom the right one.</summary>
public enum LawfulBasis
{
    Consent,

    /// <summary>A law demands it.</summary>
    LegalObligation,

    /// <summary>To protect somebody's life.</summary>
    VitalInterests,

    /// <summary>A task that a law gives to whoever does it.</summary>
    PublicTask,

    /// <summary>For bodies that are not public, where nobody's interests outweigh it.</summary>
    LegitimateInterests,
}

/// <summary>What besides allows the sharing of the more protected kinds of data: health, origin, belief.</summary>
public enum SpecialCondition
{
    ExplicitConsent,
    VitalInterests,
    HealthOrSocialCare,
    SafeguardingOfChildren,
    LegalClaims,
    SubstantialPublicInterest,
}

/// <summary>The grounds of one sharing.</summary>
/// <param name="Agreement">The agreement between the agencies that it falls under, by its reference.</param>
public sealed record Grounds(LawfulBasis Basis, SpecialCondition? Condition, string? Agreement)
{
    public const int AgreementLength = 200;
}
