using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using CasePlanning.Application.Ports;
using CasePlanning.Server.Api;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Identity;

/// <summary>
/// The caller of the current HTTP request, from its validated token. A token whose subject is its own client is the client's;
/// any other subject is a person's id.
/// </summary>
internal sealed class HttpCaller(IHttpContextAccessor http) : ICaller
{
    /// <summary>The authentication method reference (RFC 8176) of a token whose person showed two factors.</summary>
    public const string SecondFactor = "mfa";

    /// <summary>A token that is kept as sound (<see cref="SoundTokens"/>) is the same principal in each of its requests.</summary>
    private static readonly ConditionalWeakTable<ClaimsPrincipal, Said> Known = [];

    public Guid? PersonId => Token?.PersonId;

    public string? ClientId => IsSignedIn ? Token?.Client : null;

    public bool IsSignedIn => Token is { IsClient: true } or { PersonId: not null };

    public IReadOnlyList<string> Scopes => Token?.Scopes ?? [];

    public DateTimeOffset? AuthenticatedAt => Token?.AuthenticatedAt;

    public bool HasSecondFactor => Token?.HasSecondFactor is true;

    public string RequestId => http.HttpContext?.TraceIdentifier ?? "";

    public string? IdempotencyKey =>
        http.HttpContext is { } context ? context.Features.Get<FormKey>()?.Value ?? Idempotency.KeyOf(context) : null;

    private Said? Token => http.HttpContext?.User is { Identity.IsAuthenticated: true } user ? Known.GetValue(user, Said.By) : null;

    /// <summary>What a token or cookie says of who calls.</summary>
    private sealed record Said(
        string? Client, bool IsClient, Guid? PersonId, IReadOnlyList<string> Scopes, DateTimeOffset? AuthenticatedAt, bool HasSecondFactor)
    {
        public static Said By(ClaimsPrincipal user)
        {
            var (subject, client) = (user.GetClaim(Claims.Subject), user.GetClaim(Claims.ClientId));
            var isClient = subject is { Length: > 0 } && subject == client;
            return new Said(
                client, isClient,
                !isClient && Guid.TryParseExact(subject, "D", out var id) ? id : null,
                isClient ? [.. user.GetScopes()] : [],
                long.TryParse(user.GetClaim(Claims.AuthenticationTime), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : null,
                user.HasClaim(Claims.AuthenticationMethodReference, SecondFactor));
        }
    }
}
