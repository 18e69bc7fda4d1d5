using CasePlanning.Domain.KnowWho;

namespace CasePlanning.Application.Pipeline;

/// <summary>An integrator client may send this, whatever it was granted: it tells of nobody but the client itself.</summary>
public interface IForAnyClient;

/// <summary>An integrator client may send this that was granted <c>plans.read</c>.</summary>
public interface IForClientsThatRead;

/// <summary>
/// An integrator client may send this that was granted <c>contributions.write</c> besides <c>plans.read</c>: what is written is
/// answered with what a read gives.
/// </summary>
public interface IForClientsThatContribute;

/// <summary>
/// A write that a client sends for a professional of its agency, whom it names. The professional's rights bound what is written,
/// as the client's scopes do; the words stay marked until the professional confirms them.
/// </summary>
public interface IAuthored
{
    Guid? AuthoredBy { get; }
}

/// <summary>What clients need for a request. One that is marked by none of the above is for people alone.</summary>
public static class ForClients
{
    private static readonly string[] Nothing = [];
    private static readonly string[] Reading = [ClientScopes.PlansRead];
    private static readonly string[] Contributing = [ClientScopes.PlansRead, ClientScopes.ContributionsWrite];

    /// <returns>The scopes that a client needs, all of them; null when no client may send such a request.</returns>
    public static IReadOnlyList<string>? ScopesFor(Type request) =>
        request.IsAssignableTo(typeof(IForClientsThatContribute)) ? Contributing
        : request.IsAssignableTo(typeof(IForClientsThatRead)) ? Reading
        : request.IsAssignableTo(typeof(IForAnyClient)) ? Nothing
        : null;
}
