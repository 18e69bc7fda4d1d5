using System.Globalization;
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

    public Guid? PersonId => !IsClient && Guid.TryParseExact(Subject, "D", out var id) ? id : null;

    public string? ClientId => IsSignedIn ? Client : null;

    public bool IsSignedIn => IsClient || PersonId is not null;

    public IReadOnlyList<string> Scopes => User is { } user ? [.. user.GetScopes()] : [];

    public DateTimeOffset? AuthenticatedAt =>
        long.TryParse(User?.GetClaim(Claims.AuthenticationTime), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public bool HasSecondFactor => User?.HasClaim(Claims.AuthenticationMethodReference, SecondFactor) is true;

    public string RequestId => http.HttpContext?.TraceIdentifier ?? "";

    public string? IdempotencyKey =>
        http.HttpContext is { } context ? context.Features.Get<FormKey>()?.Value ?? Idempotency.KeyOf(context) : null;

    private bool IsClient => Subject is { Length: > 0 } subject && subject == Client;

    private string? Subject => User?.GetClaim(Claims.Subject);

    private string? Client => User?.GetClaim(Claims.ClientId);

    private ClaimsPrincipal? User => http.HttpContext?.User is { Identity.IsAuthenticated: true } user ? user : null;
}
