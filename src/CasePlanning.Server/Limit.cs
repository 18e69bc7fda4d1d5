using System.Globalization;
using CasePlanning.Application;

namespace CasePlanning.Server;

/// <summary>What is counted, and for whom.</summary>
public enum Limit
{
    /// <summary>All that comes from one address without saying who sends it.</summary>
    Anonymous,

    /// <summary>Passwords and codes that are tried from one address.</summary>
    SignIn,

    /// <summary>Tokens that are asked for from one address.</summary>
    Token,

    /// <summary>All that one person asks.</summary>
    Person,

    /// <summary>All that one system asks.</summary>
    Client,

    /// <summary>All that the people and systems of one agency ask together.</summary>
    Agency,

    /// <summary>Looking for somebody, by one person or system.</summary>
    Search,

    /// <summary>Opening plans in an emergency, by one person.</summary>
    Emergency,
}

/// <summary>On a route that is counted by itself, besides being counted with all others.</summary>
public sealed record LimitedAs(Limit Limit);

/// <summary>On a route that may be called as often as anybody likes: it costs next to nothing.</summary>
public sealed record NotLimited;

/// <summary>On a route that is asked again and again for news: what tells of none costs little, as a 304 does.</summary>
public sealed record AsksForNews;

/// <summary>Set on a request that was answered with no news.</summary>
public sealed record NoNews;

public static class LimitedRoutes
{
    public static TBuilder LimitedAs<TBuilder>(this TBuilder route, Limit limit)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new LimitedAs(limit));
}

/// <summary>So many requests in so many seconds: that many at once, and then as they trickle in again.</summary>
internal sealed record Allowance(int Requests, int Seconds)
{
    private const string Section = "RateLimits";
    private const int Most = 1_000_000;

    private static readonly Dictionary<Limit, Allowance> Shipped = new()
    {
        [Limit.Anonymous] = new(300, 60),
        [Limit.SignIn] = new(120, 60),
        [Limit.Token] = new(120, 60),
        [Limit.Person] = new(600, 60),
        [Limit.Client] = new(3_000, 60),
        [Limit.Agency] = new(12_000, 60),
        [Limit.Search] = new(30, 60),
        [Limit.Emergency] = new(10, 3_600),
    };

    /// <summary>Those of the settings, and those shipped where they say nothing.</summary>
    /// <exception cref="StartRefused">A setting cannot be used.</exception>
    public static IReadOnlyDictionary<Limit, Allowance> By(IConfiguration settings)
    {
        var all = settings.GetSection(Section);
        foreach (var unknown in all.GetChildren().Where(s => !Enum.TryParse<Limit>(s.Key, ignoreCase: true, out _) || char.IsAsciiDigit(s.Key[0])))
            throw StartRefused.Setting(unknown.Path, $"is not known; known are {string.Join(", ", Enum.GetNames<Limit>())}");
        return Shipped.ToDictionary(s => s.Key, s => Read(all.GetSection(s.Key.ToString()), s.Value));
    }

    private static Allowance Read(IConfigurationSection setting, Allowance shipped)
    {
        foreach (var unknown in setting.GetChildren().Where(s => s.Key.ToUpperInvariant() is not ("REQUESTS" or "SECONDS")))
            throw StartRefused.Setting(unknown.Path, $"is not known; known are {nameof(Requests)} and {nameof(Seconds)}");
        return new(Number(setting.GetSection(nameof(Requests)), shipped.Requests), Number(setting.GetSection(nameof(Seconds)), shipped.Seconds));
    }

    private static int Number(IConfigurationSection setting, int shipped)
    {
        if (setting.Value is null)
            return shipped;
        return int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most
            ? number
            : throw StartRefused.Setting(setting.Path, $"must be a whole number from 1 to {Most}");
    }
}
