using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Validation.OpenIddictValidationEvents;

namespace CasePlanning.Server.Identity;

/// <summary>A person's access token that is sound in itself is still refused when the sign-in it came from was ended.</summary>
internal sealed class SessionCheck(Sessions sessions) : IOpenIddictValidationHandler<ProcessAuthenticationContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } =
        OpenIddictValidationHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .UseScopedHandler<SessionCheck>()
            .SetOrder(OpenIddictValidationHandlers.ValidateAccessToken.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.AccessTokenPrincipal is not { } token || token.GetClaim(Claims.Subject) == token.GetClaim(Claims.ClientId))
            return;
        if (!await sessions.StillStands(token, context.CancellationToken))
            context.Reject(Errors.InvalidToken, "The sign-in that this token came from has ended.");
    }
}
