namespace CasePlanning.Application.Ports;

/// <summary>
/// Who is calling, as the validated token or cookie says; never as a header or body says. Exactly one of a person or a client
/// acting for an agency; neither when nobody signed in.
/// </summary>
public interface ICaller
{
    /// <summary>The person who signed in; null for an integrator client and for an anonymous call.</summary>
    Guid? PersonId { get; }

    /// <summary>The client the token was issued to; null for an anonymous call.</summary>
    string? ClientId { get; }

    bool IsSignedIn { get; }

    /// <summary>What the client was granted when it got its token; nothing for a person.</summary>
    IReadOnlyList<string> Scopes { get; }

    /// <summary>When the person last showed who they are; null when the token does not say.</summary>
    DateTimeOffset? AuthenticatedAt { get; }

    /// <summary>They showed it by two things, not one.</summary>
    bool HasSecondFactor { get; }

    /// <summary>The id under which this request is answered, logged and journaled.</summary>
    string RequestId { get; }

    /// <summary>The key under which a creating request may be sent again; checked for shape at the edge. Null when none was sent.</summary>
    string? IdempotencyKey { get; }
}
