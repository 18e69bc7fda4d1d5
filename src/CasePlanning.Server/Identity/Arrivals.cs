using System.Globalization;
using System.Security.Claims;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace CasePlanning.Server.Identity;

/// <summary>
/// People who arrive from their agency's provider. They are known by issuer and subject, and by nothing else: an e-mail address
/// can be given to somebody else. Whoever is not known keeps the account in a cookie for a quarter of an hour, in which an
/// invitation ties it to them.
/// </summary>
internal sealed class Arrivals(IPlanningDatabase database, SignIn signIn, TimeProvider time)
{
    private const string Issuer = "provider_issuer";
    private const string Subject = "provider_subject";
    private const string Provider = "provider_name";

    /// <param name="token">The provider's identity token, validated.</param>
    /// <returns>The address to go to next.</returns>
    public async Task<string> Arrive(HttpContext http, AgencyProvider provider, ClaimsPrincipal token, string? returnUrl)
    {
        if (token.GetClaim(Claims.Issuer) is not { Length: > 0 and <= ProviderSubject.IssuerLength } issuer
            || token.GetClaim(Claims.Subject) is not { Length: > 0 and <= ProviderSubject.SubjectLength } subject)
            return SignInAddresses.ProviderProblem;

        var person = await database.ProviderSubjects.Where(s => s.Issuer == issuer && s.Subject == subject)
            .Select(s => (Guid?)s.PersonId).SingleOrDefaultAsync(http.RequestAborted);
        if (person is { } known)
        {
            var at = AuthenticatedAt(token);
            return provider.SaysTwoFactors(token)
                ? await signIn.SignedIn(http, new Proof(known, at, SecondFactor: true), returnUrl)
                : await signIn.FirstFactorGiven(http, known, returnUrl, at);
        }

        var unknown = new ClaimsIdentity(
            [new(Issuer, issuer), new(Subject, subject), new(Provider, provider.DisplayName)], SignInCookies.OnTheWay, Subject, Claims.Role);
        await http.SignInAsync(SignInCookies.OnTheWay, new ClaimsPrincipal(unknown));
        return returnUrl?.StartsWith(SignInAddresses.Invitation, StringComparison.Ordinal) is true ? returnUrl : SignInAddresses.NoAccess;
    }

    /// <summary>The account of somebody who arrived and is not known, with the name of its provider; null when there is none.</summary>
    public static async Task<(ProviderAccount Account, string Provider)?> Unknown(HttpContext http) =>
        (await http.AuthenticateAsync(SignInCookies.OnTheWay)).Principal is { } principal
            && principal.GetClaim(Issuer) is { } issuer && principal.GetClaim(Subject) is { } subject
            ? (new ProviderAccount(issuer, subject), principal.GetClaim(Provider) ?? "")
            : null;

    /// <summary>When they last showed there who they are. A provider that does not say so may have seen them at the start of the day.</summary>
    private DateTimeOffset AuthenticatedAt(ClaimsPrincipal token)
    {
        var now = time.GetUtcNow();
        var said = long.TryParse(token.GetClaim(Claims.AuthenticationTime), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= now.ToUnixTimeSeconds();
        return said ? DateTimeOffset.FromUnixTimeSeconds(seconds) : now - SignInCookies.Session;
    }
}
