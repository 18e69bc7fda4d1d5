using System.Security.Claims;
using System.Text.Json;
using CasePlanning.Application.Ports;
using CasePlanning.Benchmarks.Stores;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CasePlanning.Benchmarks;

/// <summary>
/// Who asks, and for what: files of one value a line, from which the targets take what they send. Tokens are made by the issuer
/// itself, signed and checked like any other; they last an hour and not ten minutes, because a run lasts longer than that.
/// </summary>
internal static class Callers
{
    private const int MostPlans = 20_000;
    private const int MostPeople = 100;
    private const int MostCursors = 1_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <param name="data">A data directory that <see cref="ManyPlans"/> made, and that no server has now.</param>
    public static async Task Of(string data)
    {
        await using var host = new MeasuredHost(data);
        await using var scope = host.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IPlanningDatabase>();
        // One plan is written to, the newest, and nobody reads it.
        var written = await database.Plans.OrderByDescending(p => p.Id).Select(p => p.Id).FirstAsync();
        var plans = await database.Plans.Where(p => p.Id != written).OrderBy(p => p.Id).Select(p => p.Id).Take(MostPlans).ToListAsync();
        var last = plans[^1];
        var review = await database.Reviews.Where(r => r.PlanId == written && r.SignedAt == null).Select(r => r.Id).SingleAsync();
        var writers = await database.Participants.Where(p => p.PlanId == written && p.AgencyId != null).Select(p => p.PersonId).ToListAsync();
        var family = await database.Participants.Where(p => p.PlanId == written && p.AgencyId == null).Select(p => p.PersonId).ToListAsync();
        var people = await database.Participants.Where(p => p.PlanId.CompareTo(last) <= 0 && p.AgencyId != null).Select(p => p.PersonId).Distinct().OrderBy(p => p).Take(MostPeople).ToListAsync();

        Write("plans", plans.Take(Math.Max(1, plans.Count * 4 / 5)));
        Write("all-plans", plans);
        Write("written-plan", [written]);
        Write("written-review", [review]);
        var system = await TokenOf(scope.ServiceProvider, KnownPeople.ClientId, KnownPeople.ClientId, _ => Task.CompletedTask);
        Write("system", [system]);
        Write("cursors", await CursorsOf(host, system));
        Write("people", await TokensOf(scope.ServiceProvider, people));
        Write("writers", await TokensOf(scope.ServiceProvider, writers));
        Write("family", await TokensOf(scope.ServiceProvider, family));

        void Write<T>(string name, IEnumerable<T> lines) =>
            File.WriteAllLines(Path.Combine(Directory.CreateDirectory(Path.Combine(data, "callers")).FullName, $"{name}.txt"), lines.Select(line => line!.ToString()!));
    }

    /// <summary>Places in the feed of changes after which a whole page follows: what the product itself answers whoever follows it.</summary>
    private static async Task<List<string>> CursorsOf(MeasuredHost host, string token)
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var cursors = new List<string>();
        for (var query = "from=beginning"; cursors.Count < MostCursors;)
        {
            using var page = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/changes?{query}"));
            if (page.RootElement.GetProperty("caughtUp").GetBoolean())
                break;
            cursors.Add(page.RootElement.GetProperty("next").GetString()!);
            query = $"cursor={cursors[^1]}";
        }

        return cursors.Count > 1 ? cursors[..^1] : throw new InvalidOperationException("The feed is too short to be measured.");
    }

    private static async Task<List<string>> TokensOf(IServiceProvider services, IEnumerable<Guid> people)
    {
        var sessions = services.GetRequiredService<Sessions>();
        var tokens = new List<string>();
        foreach (var person in people)
            tokens.Add(await TokenOf(services, person.ToString(), "benchmark-pages", identity => sessions.Mark(identity, person, CancellationToken.None)));
        return tokens;
    }

    private static async Task<string> TokenOf(IServiceProvider services, string subject, string client, Func<ClaimsIdentity, Task> mark)
    {
        var transaction = await services.GetRequiredService<IOpenIddictServerFactory>().CreateTransactionAsync();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var identity = new ClaimsIdentity(authenticationType: "benchmark");
        identity.SetClaim(Claims.Subject, subject);
        identity.SetClaim(Claims.ClientId, client);
        identity.SetClaim(Claims.Private.Issuer, transaction.Options.Issuer!.AbsoluteUri);
        identity.SetAudiences(IdentitySetup.Audience);
        if (subject == client)
            identity.SetScopes(ClientScopes.All);
        else
            identity.SetClaim(Claims.AuthenticationTime, now.ToUnixTimeSeconds());
        await mark(identity);
        identity.SetCreationDate(now);
        identity.SetExpirationDate(now + Lifetime);
        var making = new GenerateTokenContext(transaction)
        {
            ClientId = client,
            Principal = new ClaimsPrincipal(identity),
            TokenFormat = TokenFormats.Private.JsonWebToken,
            TokenType = TokenTypeIdentifiers.AccessToken,
        };
        await services.GetRequiredService<IOpenIddictServerDispatcher>().DispatchAsync(making);
        return making.Token ?? throw new InvalidOperationException($"The issuer made no token: {making.ErrorDescription}");
    }
}
