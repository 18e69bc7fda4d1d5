using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.KnowWho;

/// <summary>
/// An integrator: a system of one agency, bound to that agency, to what it may do, and to dates. Read at request time, like a
/// participation: when it ends, so does everything that was issued to it. Its credentials are kept elsewhere.
/// </summary>
public sealed class Client
{
    public const int ClientIdLength = 80;
    public const int NameLength = 100;

    private Client()
    {
    }

    public Client(string clientId, string name, Guid agencyId, IEnumerable<string> scopes, DateTimeOffset? until, DateTimeOffset now)
    {
        Id = Ids.New(now);
        (ClientId, Name, AgencyId, From, Until) = (clientId, name, agencyId, now, until);
        Scopes = [.. ClientScopes.All.Intersect(scopes)];
    }

    public Guid Id { get; private set; }

    /// <summary>What it calls itself by when it asks for a token.</summary>
    public string ClientId { get; private set; } = "";

    /// <summary>What people are shown.</summary>
    public string Name { get; private set; } = "";

    public Guid AgencyId { get; private set; }

    /// <summary>The most it may be granted.</summary>
    public List<string> Scopes { get; private set; } = [];

    public DateTimeOffset From { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    public bool IsLive(DateTimeOffset now) => From <= now && (Until is null || now < Until);

    public void End(DateTimeOffset now)
    {
        if (Until is null || now < Until)
            Until = now;
    }
}

/// <summary>What an integrator can be allowed to do. Which request needs what is said by the request.</summary>
public static class ClientScopes
{
    /// <summary>Read the plans in which its agency takes part, as far as a system may.</summary>
    public const string PlansRead = "plans.read";

    /// <summary>Bring in the words of the agency's professionals, who confirm them.</summary>
    public const string ContributionsWrite = "contributions.write";

    public static readonly IReadOnlyList<string> All = [PlansRead, ContributionsWrite];
}
