using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CasePlanning.Server.Identity;

/// <summary>
/// How the script of our own pages calls the few operations that are open to it: by the cookie of whoever is signed in, and with
/// the antiforgery token of the page it runs on. A cookie alone is sent along whoever makes the browser call, and so is nobody.
/// Whoever sends a token of their own is judged by that, here as everywhere.
/// </summary>
internal sealed class PageScript(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, IAntiforgery antiforgery)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "page-script";

    public static readonly AuthorizationPolicy Policy = new AuthorizationPolicyBuilder(SchemeName).RequireAuthenticatedUser().Build();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!StringValues.IsNullOrEmpty(Request.Headers.Authorization))
            return await Context.AuthenticateAsync(Bearer.SchemeName);
        var cookie = await Context.AuthenticateAsync(SignInCookies.SignedIn);
        if (!cookie.Succeeded || !await ComesFromOurPageOf(cookie.Ticket))
            return AuthenticateResult.NoResult();
        return AuthenticateResult.Success(new AuthenticationTicket(cookie.Principal, cookie.Properties, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.ChallengeAsync(Bearer.SchemeName);

    /// <summary>Also when it only reads, which the framework by itself would let pass.</summary>
    private async Task<bool> ComesFromOurPageOf(AuthenticationTicket ticket)
    {
        // A page's token is its reader's, so it is compared with whom the cookie names.
        Context.User = ticket.Principal;
        try
        {
            await antiforgery.ValidateRequestAsync(Context);
            return true;
        }
        catch (AntiforgeryValidationException)
        {
            return false;
        }
    }
}

/// <summary>On every operation that the script of our pages may call. A test lists them.</summary>
public sealed record OpenToPages;

/// <summary>Opens operations to the script of our own pages.</summary>
public static class PageScriptRoutes
{
    public static RouteHandlerBuilder OpenToPages(this RouteHandlerBuilder route) =>
        route.RequireAuthorization(PageScript.Policy).WithMetadata(new OpenToPages());
}
