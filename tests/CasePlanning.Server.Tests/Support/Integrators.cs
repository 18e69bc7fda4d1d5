using System.Security.Claims;
using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CasePlanning.Server.Tests.Support;

/// <summary>Integrators of a host: registered as the verbs register them, and calling with tokens as the issuer makes them.</summary>
public sealed class Integrators(PlanningHost host)
{
    public const string Secret = "a-secret-that-the-tests-know";

    /// <summary>A system of an agency, by the agency's name or id.</summary>
    /// <returns>What it calls itself by.</returns>
    public Task<string> Register(
        string agency, IReadOnlyList<string>? scopes = null, ClientCredential? credential = null, string name = "School system", DateTimeOffset? until = null) =>
        Run(async (database, registration) =>
        {
            var id = Guid.TryParse(agency, out var given) ? given : await database.Agencies.Where(a => a.Name == agency).Select(a => a.Id).SingleAsync();
            var client = await registration.Register(
                new NewClient(id, name, scopes ?? ClientScopes.All, until), credential ?? new ClientCredential.Secret(Secret), CancellationToken.None);
            return client.ClientId;
        });

    public Task<bool> End(string client) => Run(async (_, registration) => await registration.End(client, CancellationToken.None) is not null);

    /// <summary>A caller with the client's token, at whatever time the clock shows.</summary>
    public ApiCaller As(string client, params IReadOnlyList<string> scopes) =>
        host.Calling(() => TokenOf(client, scopes.Count == 0 ? ClientScopes.All : scopes));

    /// <summary>A caller with the token of the client that people know by this name, also on another host with the same store.</summary>
    public ApiCaller AsNamed(string name) => host.Calling(async () => await TokenOf(
        await host.With(database => database.Clients.Where(c => c.Name == name).Select(c => c.ClientId).SingleAsync()), ClientScopes.All));

    /// <summary>A token as the token endpoint gives it, also where that would refuse to speak without TLS.</summary>
    public async Task<string> TokenOf(string client, IEnumerable<string> scopes)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var transaction = await scope.ServiceProvider.GetRequiredService<IOpenIddictServerFactory>().CreateTransactionAsync();
        var identity = new ClaimsIdentity(authenticationType: "client");
        identity.SetClaim(Claims.Subject, client);
        identity.SetClaim(Claims.ClientId, client);
        identity.SetClaim(Claims.Private.Issuer, transaction.Options.Issuer!.AbsoluteUri);
        identity.SetAudiences(IdentitySetup.Audience);
        identity.SetScopes(scopes);
        identity.SetCreationDate(host.Clock.Now);
        identity.SetExpirationDate(host.Clock.Now + transaction.Options.AccessTokenLifetime);
        var making = new GenerateTokenContext(transaction)
        {
            ClientId = client,
            Principal = new ClaimsPrincipal(identity),
            TokenFormat = TokenFormats.Private.JsonWebToken,
            TokenType = TokenTypeIdentifiers.AccessToken,
        };
        await scope.ServiceProvider.GetRequiredService<IOpenIddictServerDispatcher>().DispatchAsync(making);
        return making.Token ?? throw new InvalidOperationException(making.ErrorDescription);
    }

    private Task<T> Run<T>(Func<IPlanningDatabase, ClientRegistration, Task<T>> work) =>
        host.Services.GetRequiredService<IWriteLane>().Run(async (lane, cancellation) =>
        {
            var database = lane.GetRequiredService<IPlanningDatabase>();
            var result = await work(database, lane.GetRequiredService<ClientRegistration>());
            await database.SaveChangesAsync(cancellation);
            return result;
        }, CancellationToken.None);
}
