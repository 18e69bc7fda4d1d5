using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;

namespace CasePlanning.Server.Identity;

/// <summary>How long somebody stays signed in.</summary>
/// <param name="ExpiresAt">When they must sign in again, unless it is extended.</param>
public sealed record SessionView(DateTimeOffset ExpiresAt);

/// <summary>
/// Lets somebody who is working stay signed in on pages, up to a limit from when they showed who they are. A token's life is fixed.
/// </summary>
internal sealed class SessionLife(ICaller caller, TimeProvider time)
{
    /// <summary>After this everybody shows again who they are.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <exception cref="NotAllowed">A system is not signed in: it gets a token whenever it needs one.</exception>
    public async Task<SessionView> Extend(HttpContext http)
    {
        if (caller.PersonId is null)
            throw new NotAllowed("Only people stay signed in: a system gets another token.");
        if (http.User.GetExpirationDate() is { } fixedEnd)
            return new SessionView(fixedEnd);
        var session = await http.AuthenticateAsync(SignInCookies.SignedIn);
        var (properties, user) = (session.Properties!, session.Principal!);
        var last = (Sessions.AuthenticatedAt(user) ?? properties.IssuedUtc!.Value) + Longest;
        var next = time.GetUtcNow() + SignInCookies.Session;
        var end = next < last ? next : last;
        if (end <= properties.ExpiresUtc)
            return new SessionView(properties.ExpiresUtc.Value);
        await http.SignInAsync(SignInCookies.SignedIn, user, new AuthenticationProperties { IsPersistent = properties.IsPersistent, ExpiresUtc = end });
        return new SessionView(end);
    }
}
