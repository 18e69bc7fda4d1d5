using System.Security.Cryptography;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Accounts;

/// <summary>An integrator to register.</summary>
/// <param name="Name">What people are shown: the name of the system.</param>
/// <param name="Scopes">The most it may be granted.</param>
/// <param name="Until">When its binding to the agency ends by itself.</param>
public sealed record NewClient(Guid AgencyId, string Name, IReadOnlyList<string> Scopes, DateTimeOffset? Until = null);

public sealed class NewClientValidator : AbstractValidator<NewClient>
{
    public NewClientValidator()
    {
        RuleFor(c => c.Name).Line(Client.NameLength);
        RuleFor(c => c.Scopes).AtLeastOne();
        RuleForEach(c => c.Scopes).Must(s => ClientScopes.All.Contains(s))
            .WithErrorCode("unknown").WithMessage($"The scopes are {string.Join(" and ", ClientScopes.All)}.");
        RuleFor(c => c.Until).Instant();
    }
}

/// <summary>
/// Registers integrators, binds each to its agency, and ends them: for whoever runs the server, at its console, and for whoever
/// administers an agency. Works inside a transaction of the write lane; whoever calls it saves.
/// </summary>
public sealed class ClientRegistration(IPlanningDatabase database, IClientCredentials credentials, TimeProvider time)
{
    /// <summary>The client's id says what it is, for whoever reads a log; its end makes it nobody else's.</summary>
    private const int LongestReadablePart = 60;

    /// <exception cref="InvalidRequest">There is no such agency.</exception>
    public async Task<Client> Register(NewClient client, ClientCredential credential, CancellationToken cancellation, string? clientId = null)
    {
        if (!await database.Agencies.AnyAsync(a => a.Id == client.AgencyId, cancellation))
            throw InvalidRequest.At("/agencyId", "unknown", "There is no agency with this id.");
        var registered = new Client(clientId ?? IdFor(client.Name), client.Name, client.AgencyId, client.Scopes, client.Until, time.GetUtcNow());
        database.Clients.Add(registered);
        await credentials.Add(registered.ClientId, registered.Name, credential, cancellation);
        return registered;
    }

    /// <summary>From the commit on, no token of this client's is accepted and it gets no other.</summary>
    /// <returns>Null when there is no such client.</returns>
    public async Task<Client?> End(string clientId, CancellationToken cancellation)
    {
        var client = await database.Clients.SingleOrDefaultAsync(c => c.ClientId == clientId, cancellation);
        client?.End(time.GetUtcNow());
        return client;
    }

    private static string IdFor(string name)
    {
        var words = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        var readable = string.Join('-', words);
        return $"{(readable.Length > LongestReadablePart ? readable[..LongestReadablePart] : readable)}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}".TrimStart('-');
    }
}
