using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Server.Tests.Support;

/// <summary>
/// Every answer that signed-in callers of one host got, against its journal: whoever was shown or refused anything of a child has
/// one entry, and there is none besides.
/// </summary>
public sealed partial class RecordedCalls
{
    /// <summary>Addresses whose answers tell of no child.</summary>
    [GeneratedRegex("^/api/v1/(agencies|appointments|clocks|frameworks|directory|me$|me/expertise|me/notifications|audit/checkpoints|drafts/key)")]
    private static partial Regex TellsOfNoChild();

    /// <summary>Where nothing is told when there is nothing new; <c>ChangeFeedTests</c> say which of its answers are kept.</summary>
    private const string FollowsChanges = "/api/v1/changes";

    /// <summary>It writes nothing but a cookie.</summary>
    private const string ExtendsSession = "/api/v1/session/extend";

    private static readonly ConcurrentBag<Comparison> Compared = [];

    private readonly ConcurrentQueue<Call> calls = [];

    /// <summary>How much was compared in the whole run so far.</summary>
    public static string Figures =>
        $"T5: {Compared.Sum(c => c.Answers)} API answers that showed, changed or refused something of a child, one journal entry each; "
        + $"{Compared.Sum(c => c.TurnedAway)} entries of requests that were answered with 404 or 401; {Compared.Sum(c => c.OfPages)} entries of pages; "
        + $"{Compared.Sum(c => c.Faults.Count)} missing or besides, on {Compared.Count} hosts.";

    public bool IsEmpty => calls.IsEmpty;

    /// <summary>Nothing is compared when a test has put entries there itself.</summary>
    public void Clear() => calls.Clear();

    public void Add(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("X-Request-Id", out var ids))
            calls.Enqueue(new Call(ids.Single(), request.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode));
    }

    /// <summary>At the end of a host: what does not match counts in the figures of the run.</summary>
    public async Task<IReadOnlyList<string>> CompareInRun(IServiceProvider services)
    {
        var comparison = await Compare(services);
        Compared.Add(comparison);
        return comparison.Faults;
    }

    public async Task<Comparison> Compare(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var kept = (await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Journal.AsNoTracking()
            .Select(e => new { e.RequestId, e.Act }).ToListAsync()).ToLookup(e => e.RequestId, e => e.Act);
        var (answers, turnedAway, ofPages, faults) = (0, 0, 0, new List<string>());
        foreach (var call in calls)
        {
            var count = kept[call.RequestId].Count();
            // A refusal can also be of an address that there is not, which nobody keeps.
            var wrong = call.IsJournaled ? count != 1 && !(call.MayTellOfNothing && count == 0) : count > call.MostEntries;
            if (wrong)
                faults.Add($"{call.Method} {call.Path} answered {call.Status} has {count} entries: {string.Join(", ", kept[call.RequestId])}");
            answers += call.IsJournaled ? 1 : 0;
            turnedAway += call.IsJournaled || call.IsPage ? 0 : count;
            ofPages += call.IsPage ? count : 0;
        }

        var seen = calls.Select(c => c.RequestId).ToHashSet();
        faults.AddRange(kept.Where(e => !seen.Contains(e.Key)).Select(e => $"An entry is of no call: {e.First()}"));
        return new Comparison(answers, turnedAway, ofPages, faults);
    }

    /// <summary>What one host answered, and its journal.</summary>
    /// <param name="Answers">That must have one entry each.</param>
    /// <param name="Faults">What does not match; nothing when all does.</param>
    public sealed record Comparison(int Answers, int TurnedAway, int OfPages, IReadOnlyList<string> Faults);

    private sealed record Call(string RequestId, HttpMethod Method, string Path, int Status)
    {
        public bool IsJournaled => Path.StartsWith("/api/v1/", StringComparison.Ordinal) && Path != ExtendsSession && Status switch
        {
            // It shows what its author's other device has written.
            412 => Path.StartsWith("/api/v1/drafts/", StringComparison.Ordinal),
            200 or 201 or 204 => Method != HttpMethod.Get || !TellsOfNoChild().IsMatch(Path),
            403 => true,
            _ => false,
        };

        public bool MayTellOfNothing => Path == FollowsChanges && Status == 200;

        /// <summary>A write can be done, and its answer refused, when access ends in between. A page shows several things.</summary>
        public int MostEntries => IsPage ? MostOnAPage : Status is 404 or 401 ? Method == HttpMethod.Get ? 1 : 2 : 0;

        private const int MostOnAPage = 20;

        public bool IsPage => !Path.StartsWith("/api/", StringComparison.Ordinal);
    }
}
