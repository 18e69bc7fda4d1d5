using System.Security.Claims;
using CasePlanning.Application.Ports;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Brings somebody who showed a first factor to the end of signing in: at once, or by way of the second factor. Whoever has one
/// set up must give it, and a professional must have one or come by link and code, which reached them by two ways. So a signed-in
/// professional always has two.
/// </summary>
internal sealed class SignIn(IPlanningDatabase database, Sessions sessions, TimeProvider time)
{
    /// <param name="givenAt">When it was given; now when absent.</param>
    /// <returns>The address to go to next.</returns>
    public async Task<string> FirstFactorGiven(HttpContext http, Guid personId, string? returnUrl, DateTimeOffset? givenAt = null)
    {
        var (cancellation, now) = (http.RequestAborted, time.GetUtcNow());
        var at = givenAt ?? now;
        var person = await (
            from p in database.Persons
            join a in database.Accounts on p.Id equals a.Id into accounts
            from a in accounts.DefaultIfEmpty()
            where p.Id == personId
            select new
            {
                // Whoever holds an office, too: it need not be of an agency.
                IsProfessional = p.AgencyId != null || database.Appointments.Any(o => o.PersonId == p.Id && o.From <= now && (o.Until == null || now < o.Until)),
                HasSecondFactor = a != null && a.TwoFactorEnabled,
            }).SingleAsync(cancellation);
        if (person is { HasSecondFactor: false, IsProfessional: false })
            return await SignedIn(http, new Proof(personId, at, SecondFactor: false), returnUrl);

        var onTheWay = await sessions.Begin(new Proof(personId, at, SecondFactor: false), cancellation);
        if (onTheWay is null)
            return SignInAddresses.NoAccess;
        await http.SignInAsync(SignInCookies.OnTheWay, new ClaimsPrincipal(onTheWay));
        return SignInAddresses.With(
            person.HasSecondFactor ? SignInAddresses.SecondFactor : SignInAddresses.SetUpSecondFactor, returnUrl);
    }

    /// <summary>
    /// Link and code are enough to be signed in by, and never more than that: they do not count where a fresh second factor is asked
    /// for, nor instead of one that was set up.
    /// </summary>
    /// <returns>The address to go to next.</returns>
    public async Task<string> CameByInvitation(HttpContext http, Guid personId, string? returnUrl) =>
        await database.Accounts.AnyAsync(a => a.Id == personId && a.TwoFactorEnabled, http.RequestAborted)
            ? await FirstFactorGiven(http, personId, returnUrl)
            : await SignedIn(http, new Proof(personId, time.GetUtcNow(), SecondFactor: false), returnUrl);

    /// <returns>The address to go to next.</returns>
    public async Task<string> SignedIn(HttpContext http, Proof proof, string? returnUrl)
    {
        await http.SignOutAsync(SignInCookies.OnTheWay);
        if (await sessions.Begin(proof, http.RequestAborted) is not { } identity)
            return SignInAddresses.NoAccess;
        await http.SignInAsync(SignInCookies.SignedIn, new ClaimsPrincipal(identity));
        return SignInAddresses.OnlyOurs(returnUrl) ?? SignInAddresses.Done;
    }

    /// <summary>Ends every other sign-in of the person who is signed in here, who stays so.</summary>
    public async Task StayHereAlone(HttpContext http, Func<Guid, Task> end)
    {
        var who = await Who(http);
        if (Sessions.PersonOf(who) is not { } person || Sessions.AuthenticatedAt(who) is not { } at)
            throw new InvalidOperationException("Nobody is signed in here.");
        await end(person);
        await SignedIn(http, new Proof(person, at, Sessions.HasSecondFactor(who)), returnUrl: null);
    }

    public static async Task SignOut(HttpContext http)
    {
        await http.SignOutAsync(SignInCookies.SignedIn);
        await http.SignOutAsync(SignInCookies.OnTheWay);
    }

    /// <summary>The person who is signed in on pages; null when nobody is, or no longer.</summary>
    public static async Task<ClaimsPrincipal?> Who(HttpContext http) =>
        (await http.AuthenticateAsync(SignInCookies.SignedIn)).Principal;

    /// <summary>The person who gave a first factor, and whose sign-in has not been ended since.</summary>
    public async Task<Guid?> WhoIsOnTheWay(HttpContext http) =>
        (await http.AuthenticateAsync(SignInCookies.OnTheWay)).Principal is { } principal
            && await sessions.StillStands(principal, http.RequestAborted)
            ? Sessions.PersonOf(principal)
            : null;
}
