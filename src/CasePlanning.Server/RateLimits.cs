using System.Globalization;
using System.Threading.RateLimiting;
using CasePlanning.Application.Pipeline;

namespace CasePlanning.Server;

/// <summary>
/// How much each caller has left, in token buckets of this host. Many who are counted apart share nothing, so whoever floods the
/// host uses up what is theirs, and their neighbours notice nothing.
/// </summary>
internal sealed class RateLimits(IReadOnlyDictionary<Limit, Allowance> allowances) : IDisposable
{
    /// <summary>What a request costs. One that only asks for news costs a tenth, until there is some.</summary>
    private const int Whole = 10;
    private const int ForNews = 1;

    /// <summary>Buckets are filled this often, where that is at least one token.</summary>
    private const double Tick = 0.1;

    private readonly Dictionary<Limit, PartitionedRateLimiter<string>> buckets = allowances.ToDictionary(a => a.Key, a => BucketsOf(a.Value));

    private readonly Dictionary<Limit, string> policies = allowances.ToDictionary(a => a.Key, a =>
        string.Create(CultureInfo.InvariantCulture, $"\"{NameOf(a.Key)}\";q={a.Value.Requests};w={a.Value.Seconds}"));

    /// <summary>Counts a request against each of these in turn, until one has had enough.</summary>
    /// <param name="counted">What it counts as, and whose that is. The narrowest comes first: what one person cannot have is not taken from their agency.</param>
    /// <exception cref="TooMany">One has had enough.</exception>
    public void Count(HttpContext context, IReadOnlyList<(Limit Limit, string Whose)> counted)
    {
        var asksForNews = context.Request.Headers.IfNoneMatch.Count > 0 || context.GetEndpoint()?.Metadata.GetMetadata<AsksForNews>() is not null;
        var cost = asksForNews ? ForNews : Whole;
        Tell(context, counted, asksForNews);
        foreach (var (limit, whose) in counted)
        {
            using var lease = buckets[limit].AttemptAcquire(whose, cost);
            if (!lease.IsAcquired)
                throw new TooMany(WaitFor(limit, whose, cost));
        }
    }

    public void Dispose()
    {
        foreach (var bucket in buckets.Values)
            bucket.Dispose();
    }

    /// <summary>
    /// Says what the caller may ask and what is left, in the words of the IETF's draft on RateLimit headers. What is left to the
    /// agency is not said: it would tell when colleagues are at work.
    /// </summary>
    private void Tell(HttpContext context, IReadOnlyList<(Limit Limit, string Whose)> counted, bool asksForNews) => context.Response.OnStarting(() =>
    {
        if (asksForNews && context.Response.StatusCode is not StatusCodes.Status304NotModified && context.Features.Get<NoNews>() is null)
            PayTheRest(counted);
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Join(", ", counted.Select(c => policies[c.Limit]));
        headers["RateLimit"] = string.Join(", ", counted.Where(c => c.Limit is not Limit.Agency).Select(c => LeftTo(c.Limit, c.Whose)));
        return Task.CompletedTask;
    });

    /// <summary>There was news, so it was a whole request after all; whoever has less left than that has nothing left now.</summary>
    private void PayTheRest(IReadOnlyList<(Limit Limit, string Whose)> counted)
    {
        foreach (var (limit, whose) in counted)
        {
            using var lease = buckets[limit].AttemptAcquire(whose, (int)Math.Min(Left(limit, whose), Whole - ForNews));
        }
    }

    private string LeftTo(Limit limit, string whose)
    {
        var (allowance, left) = (allowances[limit], Left(limit, whose));
        var untilFull = Math.Ceiling((allowance.Requests * (long)Whole - left) / PerSecond(allowance));
        return string.Create(CultureInfo.InvariantCulture, $"\"{NameOf(limit)}\";r={left / Whole};t={untilFull:0}");
    }

    private TimeSpan WaitFor(Limit limit, string whose, int cost) =>
        TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling((cost - Left(limit, whose)) / PerSecond(allowances[limit]))));

    private long Left(Limit limit, string whose) => buckets[limit].GetStatistics(whose)?.CurrentAvailablePermits ?? 0;

    private static double PerSecond(Allowance allowance) => allowance.Requests * (double)Whole / allowance.Seconds;

    private static string NameOf(Limit limit) => limit is Limit.SignIn ? "sign-in" : limit.ToString().ToLowerInvariant();

    private static PartitionedRateLimiter<string> BucketsOf(Allowance allowance)
    {
        var each = Math.Max(1, (int)(PerSecond(allowance) * Tick));
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = allowance.Requests * Whole,
            TokensPerPeriod = each,
            ReplenishmentPeriod = TimeSpan.FromSeconds(each / PerSecond(allowance)),
            QueueLimit = 0,
        };
        return PartitionedRateLimiter.Create<string, string>(whose => RateLimitPartition.GetTokenBucketLimiter(whose, _ => bucket));
    }
}
