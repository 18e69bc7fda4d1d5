using System.Security.Claims;
using CasePlanning.Application.Pipeline;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Validation.OpenIddictValidationEvents;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Whether an access token that is sound in itself still stands: not when the sign-in it came from was ended, or the client's binding
/// to its agency. Asked with every request.
/// </summary>
internal sealed class TokenStanding(Sessions sessions, ClientAccess clients, CallersAgency agency)
{
    /// <returns>Why it does not stand; null when it does.</returns>
    public async Task<string?> Fault(ClaimsPrincipal token, CancellationToken cancellation)
    {
        if (token.GetClaim(Claims.ClientId) is not { } client || client != token.GetClaim(Claims.Subject))
            return await sessions.StillStands(token, cancellation) ? null : "The sign-in that this token came from has ended.";
        if (await clients.Live(client, cancellation) is not { } bound)
            return "The client that this token was issued to has ended.";
        agency.Id = bound.AgencyId;
        return null;
    }

    /// <summary>After all that is in the token itself.</summary>
    public sealed class Check(TokenStanding standing) : IOpenIddictValidationHandler<ProcessAuthenticationContext>
    {
        public static OpenIddictValidationHandlerDescriptor Descriptor { get; } =
            OpenIddictValidationHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
                .UseScopedHandler<Check>()
                .SetOrder(OpenIddictValidationHandlers.ValidateAccessToken.Descriptor.Order + 500)
                .Build();

        public async ValueTask HandleAsync(ProcessAuthenticationContext context)
        {
            if (context.AccessTokenPrincipal is { } token && await standing.Fault(token, context.CancellationToken) is { } fault)
                context.Reject(Errors.InvalidToken, fault);
        }
    }
}
