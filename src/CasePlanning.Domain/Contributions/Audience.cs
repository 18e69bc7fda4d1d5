namespace CasePlanning.Domain.Contributions;

/// <summary>Who may read a contribution's words.</summary>
public enum AudienceKind
{
    /// <summary>All participants.</summary>
    Everyone,

    /// <summary>The professionals' circle.</summary>
    Professionals,

    /// <summary>Health colleagues.</summary>
    Health,

    /// <summary>Those who know where the child lives.</summary>
    Home,

    /// <summary>The participants, or the agencies' participants, that are listed.</summary>
    Named,

    /// <summary>The author and the privacy officer.</summary>
    Sealed,
}

/// <summary>An audience as chosen: the kind, and for <see cref="AudienceKind.Named"/> who is listed.</summary>
public sealed record Audience(AudienceKind Kind, IReadOnlyList<Guid> Participants, IReadOnlyList<Guid> Agencies)
{
    public const int MostNamed = 50;

    public static readonly Audience Everyone = new(AudienceKind.Everyone, [], []);
}
