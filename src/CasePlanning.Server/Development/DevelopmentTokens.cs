using System.Security.Claims;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Identity;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CasePlanning.Server.Development;

/// <summary>
/// Access tokens for people without their signing in, made by the issuer itself, so that they are checked like any other.
/// They last a working day: nobody who tries the API by hand should be thrown out halfway.
/// </summary>
internal sealed class DevelopmentTokens(
    IPlanningDatabase database, Sessions sessions, IOpenIddictServerFactory issuer, IOpenIddictServerDispatcher pipeline, TimeProvider clock)
{
    /// <summary>The client these tokens say they were issued to.</summary>
    public const string ClientId = "development";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <returns>A token; null when nobody has this address.</returns>
    public async Task<string?> For(string email)
    {
        var address = Person.NormaliseEmail(email);
        var person = await database.Persons.Where(p => p.Email == address).Select(p => (Guid?)p.Id).SingleOrDefaultAsync();
        return person is { } id ? await For(id) : null;
    }

    private async Task<string> For(Guid personId)
    {
        var transaction = await issuer.CreateTransactionAsync();
        var now = clock.GetUtcNow();

        var identity = new ClaimsIdentity(authenticationType: "development");
        identity.SetClaim(Claims.Subject, personId.ToString());
        identity.SetClaim(Claims.ClientId, ClientId);
        identity.SetClaim(Claims.Private.Issuer, transaction.Options.Issuer!.AbsoluteUri);
        identity.SetAudiences(IdentitySetup.Audience);
        identity.SetClaim(Claims.AuthenticationTime, now.ToUnixTimeSeconds());
        identity.SetClaims(Claims.AuthenticationMethodReference, [HttpCaller.SecondFactor]);
        await sessions.Mark(identity, personId, CancellationToken.None);
        identity.SetCreationDate(now);
        identity.SetExpirationDate(now + Lifetime);

        var making = new GenerateTokenContext(transaction)
        {
            ClientId = ClientId,
            Principal = new ClaimsPrincipal(identity),
            TokenFormat = TokenFormats.Private.JsonWebToken,
            TokenType = TokenTypeIdentifiers.AccessToken,
        };
        await pipeline.DispatchAsync(making);
        return making.Token ?? throw new InvalidOperationException($"The issuer made no token: {making.ErrorDescription}");
    }
}
