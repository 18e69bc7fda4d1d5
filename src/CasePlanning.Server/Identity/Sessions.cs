using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Identity;

/// <summary>How a person showed who they are.</summary>
/// <param name="SecondFactor">With something they know and something they have; here, or at a provider whose token says so.</param>
internal sealed record Proof(Guid PersonId, DateTimeOffset At, bool SecondFactor);

/// <summary>
/// What a cookie or token says of a person's sign-in, and whether that still stands. Asked with every request: a disabled account, a new password or "sign out everywhere" ends all that was issued before at once.
/// </summary>
internal sealed class Sessions(IPlanningDatabase database, CallersAgency agency)
{
    public const string TwoFactors = "urn:caseplanning:two-factors";
    public const string OneFactor = "urn:caseplanning:one-factor";

    /// <summary>The claim that ties cookie and token to the account's credentials as they were.</summary>
    private const string Stamp = "stamp";

    private static readonly Compiled<Func<DbContext, Guid, CancellationToken, Task<Found?>>> ById = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid id, CancellationToken _) => (
            from person in context.Set<Person>()
            join account in context.Set<Account>() on person.Id equals account.Id into accounts
            from account in accounts.DefaultIfEmpty()
            where person.Id == id
            select new Found(person.AgencyId, account != null, account!.SecurityStamp, account.DisabledAt)).FirstOrDefault()));

    /// <returns>Null when nobody may sign in as this person.</returns>
    public async Task<ClaimsIdentity?> Begin(Proof proof, CancellationToken cancellation)
    {
        if (await StampOf(proof.PersonId, cancellation) is not { } stamp)
            return null;
        var identity = new ClaimsIdentity(SignInCookies.SignedIn, Claims.Subject, Claims.Role);
        identity.SetClaim(Claims.Subject, proof.PersonId.ToString());
        identity.SetClaim(Claims.AuthenticationTime, proof.At.ToUnixTimeSeconds());
        identity.SetClaim(Claims.AuthenticationContextReference, proof.SecondFactor ? TwoFactors : OneFactor);
        if (proof.SecondFactor)
            identity.SetClaims(Claims.AuthenticationMethodReference, [HttpCaller.SecondFactor]);
        identity.SetClaim(Stamp, stamp);
        return identity;
    }

    /// <summary>The same sign-in, for a token.</summary>
    public static ClaimsIdentity ForToken(ClaimsPrincipal signedIn)
    {
        var identity = new ClaimsIdentity("session", Claims.Subject, Claims.Role);
        identity.SetClaim(Claims.Subject, signedIn.GetClaim(Claims.Subject));
        identity.SetClaim(Claims.AuthenticationTime, AuthenticatedAt(signedIn)!.Value.ToUnixTimeSeconds());
        identity.SetClaim(Claims.AuthenticationContextReference, signedIn.GetClaim(Claims.AuthenticationContextReference));
        identity.SetClaims(Claims.AuthenticationMethodReference, signedIn.GetClaims(Claims.AuthenticationMethodReference));
        identity.SetClaim(Stamp, signedIn.GetClaim(Stamp));
        identity.SetDestinations(claim => claim.Type switch
        {
            Claims.Subject or Claims.AuthenticationTime or Claims.AuthenticationContextReference or Claims.AuthenticationMethodReference =>
                [Destinations.AccessToken, Destinations.IdentityToken],
            _ => [Destinations.AccessToken],
        });
        return identity;
    }

    public async Task<bool> StillStands(ClaimsPrincipal principal, CancellationToken cancellation) =>
        PersonOf(principal) is { } person
        && await StampOf(person, cancellation) is { } stamp && stamp == (principal.GetClaim(Stamp) ?? "");

    public static Guid? PersonOf(ClaimsPrincipal? principal) =>
        Guid.TryParseExact(principal?.GetClaim(Claims.Subject), "D", out var id) ? id : null;

    public static DateTimeOffset? AuthenticatedAt(ClaimsPrincipal? principal) =>
        long.TryParse(principal?.GetClaim(Claims.AuthenticationTime), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    public static bool HasSecondFactor(ClaimsPrincipal? principal) =>
        principal?.HasClaim(Claims.AuthenticationMethodReference, HttpCaller.SecondFactor) is true;

    /// <summary>What a session of this person must carry now: a trace of the account's stamp, empty when there is no account; null when nothing may stand.</summary>
    public async Task<string?> StampOf(Guid personId, CancellationToken cancellation)
    {
        var found = await database.Facts.Of(new Asked(personId), (Found _) => true, () => ById.For(database, out var context)(context, personId, cancellation));
        agency.Id = found?.AgencyId;
        return found switch
        {
            null or { DisabledAt: not null } => null,
            { HasAccount: false } => "",
            _ => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(found.SecurityStamp ?? "")))[..16],
        };
    }

    /// <summary>Marks a token that is made by other means than signing in, so that it ends with the others.</summary>
    public async Task Mark(ClaimsIdentity token, Guid personId, CancellationToken cancellation) =>
        token.SetClaim(Stamp, await StampOf(personId, cancellation));

    private readonly record struct Asked(Guid PersonId);

    private sealed record Found(Guid? AgencyId, bool HasAccount, string? SecurityStamp, DateTimeOffset? DisabledAt);
}
