using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CasePlanning.Server.Identity;

/// <summary>
/// A client that signs (<c>private_key_jwt</c>) gets one token for each assertion, and signs none for longer than a few minutes:
/// one that was overheard is worth nothing. Whose key it is and for whom, OpenIddict has checked. Its time is checked here to the
/// second: OpenIddict is lenient for some minutes, in which one that is no longer remembered would work again.
/// </summary>
internal sealed class UseAssertionOnce(IWriteLane lane, TimeProvider time) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    private const int LongestId = 200;

    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .UseScopedHandler<UseAssertionOnce>()
            .SetOrder(int.MaxValue - 100_000)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if (context.ClientAssertionPrincipal is not { } assertion)
            return;
        if (assertion.GetClaim(Claims.JwtId) is not { Length: > 0 and <= LongestId } id
            || assertion.GetExpirationDate() is not { } expires || expires <= time.GetUtcNow() || expires - time.GetUtcNow() > LongestLife)
        {
            context.Reject(Errors.InvalidClient, $"The assertion must carry an id (jti) of its own, and a time at which it expires within {LongestLife.TotalMinutes} minutes from now.");
            return;
        }

        if (!await IsFirst(assertion.GetClaim(Claims.Subject)!, id, expires, context.CancellationToken))
            context.Reject(Errors.InvalidClient, "The assertion was used before.");
    }

    private async Task<bool> IsFirst(string client, string id, DateTimeOffset expires, CancellationToken cancellation)
    {
        try
        {
            return await lane.Run(async (services, inside) =>
            {
                var (database, hash) = (services.GetRequiredService<IPlanningDatabase>(), UsedAssertion.HashOf(id));
                // Longer than anything waits for the lane.
                var longExpired = time.GetUtcNow() - LongestLife;
                await database.UsedAssertions.Where(a => a.ClientId == client && a.ExpiresAt < longExpired).ExecuteDeleteAsync(inside);
                if (await database.UsedAssertions.AnyAsync(a => a.ClientId == client && a.IdHash == hash, inside))
                    return false;
                database.UsedAssertions.Add(new UsedAssertion(client, id, expires));
                await database.SaveChangesAsync(inside);
                return true;
            }, cancellation);
        }
        catch (DbUpdateException)
        {
            // Another host was given the same one in the same instant.
            return false;
        }
    }
}
