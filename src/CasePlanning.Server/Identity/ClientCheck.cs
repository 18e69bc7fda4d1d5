using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using OpenIddict.Abstractions;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Validation.OpenIddictValidationEvents;

namespace CasePlanning.Server.Identity;

/// <summary>A client's access token that is sound in itself is still refused when the client's binding to its agency has ended.</summary>
internal sealed class ClientCheck(IPlanningDatabase database, CallersAgency agency, TimeProvider time) : IOpenIddictValidationHandler<ProcessAuthenticationContext>
{
    public static OpenIddictValidationHandlerDescriptor Descriptor { get; } =
        OpenIddictValidationHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .UseScopedHandler<ClientCheck>()
            .SetOrder(SessionCheck.Descriptor.Order + 500)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.AccessTokenPrincipal is not { } token || token.GetClaim(Claims.ClientId) is not { } client || client != token.GetClaim(Claims.Subject))
            return;
        if (await ClientAccess.Live(database, client, time.GetUtcNow(), context.CancellationToken) is { } bound)
            agency.Id = bound.AgencyId;
        else
            context.Reject(Errors.InvalidToken, "The client that this token was issued to has ended.");
    }
}
