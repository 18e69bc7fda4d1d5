using System.Collections.Frozen;
using CasePlanning.Application.Pipeline;
using MediatR;

namespace CasePlanning.Server.Api;

/// <summary>What integrator clients need for an operation. An operation is called what its request is called, which says it.</summary>
internal static class OperationScopes
{
    private static readonly FrozenDictionary<string, Type> Requests = typeof(ForClients).Assembly.GetTypes()
        .Where(t => t is { IsInterface: false, IsAbstract: false } && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequest<>)))
        .ToFrozenDictionary(t => char.ToLowerInvariant(t.Name[0]) + t.Name[1..], StringComparer.Ordinal);

    /// <returns>Null when no client may call it.</returns>
    public static IReadOnlyList<string>? Of(string operationId) =>
        Requests.TryGetValue(operationId, out var request) ? ForClients.ScopesFor(request) : null;

    /// <summary>The same as a sentence of the description; nothing when no client may call it.</summary>
    public static string SentenceFor(string operationId) => Of(operationId) switch
    {
        null => "",
        [] => " Integrator clients may, whatever they were granted.",
        [var one] => $" Integrator clients may, with the scope `{one}`.",
        var several => $" Integrator clients may, with the scopes {string.Join(" and ", several.Select(s => $"`{s}`"))}.",
    };
}
