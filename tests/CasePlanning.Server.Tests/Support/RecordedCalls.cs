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
    [GeneratedRegex("^/api/v1/(agencies|frameworks|directory|me$|me/expertise|audit/checkpoints)")]
    private static partial Regex TellsOfNoChild();

    private static int answers;
    private static int entries;

    private readonly ConcurrentQueue<Call> calls = [];

    /// <summary>How much was compared in the whole run.</summary>
    public static string Figures => $"T5: {answers} answers that showed, changed or refused something of a child, {entries} journal entries of them";

    public bool IsEmpty => calls.IsEmpty;

    /// <summary>Nothing is compared when a test has put entries there itself.</summary>
    public void Clear() => calls.Clear();

    public void Add(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("X-Request-Id", out var ids))
            calls.Enqueue(new Call(ids.Single(), request.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode));
    }

    /// <returns>What does not match; nothing when all does.</returns>
    public async Task<IReadOnlyList<string>> Compare(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var kept = (await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Journal.AsNoTracking()
            .Select(e => new { e.RequestId, e.Act }).ToListAsync()).ToLookup(e => e.RequestId, e => e.Act);
        var faults = new List<string>();
        foreach (var call in calls)
        {
            var count = kept[call.RequestId].Count();
            // A refusal can also be of an address that there is not, which nobody keeps.
            var wrong = call.IsJournaled ? count != 1 : count > call.MostEntries;
            if (wrong)
                faults.Add($"{call.Method} {call.Path} answered {call.Status} has {count} entries: {string.Join(", ", kept[call.RequestId])}");
            if (call.IsJournaled || count > 0)
            {
                Interlocked.Increment(ref answers);
                Interlocked.Add(ref entries, count);
            }
        }

        var seen = calls.Select(c => c.RequestId).ToHashSet();
        faults.AddRange(kept.Where(e => !seen.Contains(e.Key)).Select(e => $"An entry is of no call: {e.First()}"));
        return faults;
    }

    private sealed record Call(string RequestId, HttpMethod Method, string Path, int Status)
    {
        public bool IsJournaled => Path.StartsWith("/api/v1/", StringComparison.Ordinal) && Status switch
        {
            200 or 201 or 204 => Method != HttpMethod.Get || !TellsOfNoChild().IsMatch(Path),
            403 => true,
            _ => false,
        };

        /// <summary>A write can be done, and its answer refused, when access ends in between. A page shows several things.</summary>
        public int MostEntries => IsPage ? MostOnAPage : Status is 404 or 401 ? Method == HttpMethod.Get ? 1 : 2 : 0;

        private const int MostOnAPage = 20;

        private bool IsPage => !Path.StartsWith("/api/", StringComparison.Ordinal);
    }
}
