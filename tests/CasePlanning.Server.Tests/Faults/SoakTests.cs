using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// T19: eight people read, write and change for a while, at a pace that people keep up. No answer is a fault of the server, and
/// neither its memory, nor its open files, nor the log of its database grow for ever.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed class SoakTests(ReleaseBuild release, ITestOutputHelper output)
{
    private const double MostWal = 64;
    private const double MostGrowthPerMinute = 1;
    private const int MostNewHandles = 40;

    /// <summary>Then the plans have their size: a reading that grows would look like a server that does.</summary>
    private const int MostViews = 400;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(Installation.IsLong ? 10 : 1);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<double> times = new();
    private int asked;
    private int views;

    [Fact]
    public async Task Under_a_steady_load_it_makes_no_fault_and_does_not_grow()
    {
        using var installation = await Installation.Copy();
        await using var server = await installation.Serve(release);
        using var end = new CancellationTokenSource(Length);
        var people = Task.WhenAll(Enumerable.Range(0, Installation.Writers).Select(person => Task.Run(() => Work(server, installation, person, end.Token))));

        var sizes = new List<(double Minute, double Memory, int Handles, double Wal)>();
        var began = TimeProvider.System.GetTimestamp();
        while (!end.IsCancellationRequested)
        {
            await Task.Delay(Length / 50);
            var (memory, handles) = server.Size();
            sizes.Add((TimeProvider.System.GetElapsedTime(began).TotalMinutes, memory, handles, new FileInfo(installation.Database + "-wal").Length / (double)(1 << 20)));
        }

        await people;
        Assert.Equal(0, (await server.Stop()).ExitCode);

        // What it needs to begin with is no growth.
        var later = sizes[(sizes.Count / 2)..];
        var slope = SlopeOf([.. later.Select(s => (s.Minute, s.Memory))]);
        var newHandles = later[^1].Handles - later[0].Handles;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T19: {asked} requests in {Length.TotalMinutes:0.#} min, {faults.Count} faults, p95 {times.Order().ElementAt(times.Count * 95 / 100):F0} ms; memory {sizes[0].Memory:F0} to {sizes[^1].Memory:F0} MiB, in the second half {slope:+0.0;-0.0} MiB a minute; handles {later[0].Handles} to {later[^1].Handles}; log at most {sizes.Max(s => s.Wal):F1} MiB."));
        Found.Nothing(faults);
        Assert.True(newHandles < MostNewHandles, $"{newHandles} handles were not closed.");
        Assert.True(sizes.Max(s => s.Wal) < MostWal, "The log of the database grows.");
        // Within seconds memory tells nothing.
        Assert.True(!Installation.IsLong || slope < MostGrowthPerMinute, $"It grows by {slope} MiB a minute.");
    }

    private async Task Work(ServerProcess server, Installation installation, int person, CancellationToken end)
    {
        var random = new Random(person);
        var (me, lead) = (server.As(installation.TokenOf(person)), server.As(installation.Lead));
        var read = new Dictionary<string, string>();
        while (!end.IsCancellationRequested)
        {
            var place = installation.Plans[random.Next(installation.Plans.Count)];
            var reading = $"/plans/{place.Plan}/reading";
            switch (random.Next(10))
            {
                case 0 or 1 when Interlocked.Increment(ref views) <= MostViews:
                    await Ask("view", () => me.Post($"/plans/{place.Plan}/contributions", new { reviewId = place.Review, outcome = Installation.Outcome, words = $"Said by {person}." }));
                    break;
                case 0 or 1 or 2:
                    if (await Ask("review", () => lead.Get($"/reviews/{place.Review}")) is { Status: HttpStatusCode.OK } review)
                        await Ask("change", () => lead.Patch($"/reviews/{place.Review}", new { title = $"Title {random.Next()}" }, review.ETag), HttpStatusCode.PreconditionFailed);
                    break;
                case 3:
                    await Ask("plans", () => me.Get("/plans"));
                    break;
                case 4:
                    await Ask("nothing", () => me.Get($"/plans/{Guid.NewGuid()}"), HttpStatusCode.NotFound);
                    break;
                default:
                    if (await Ask("reading", () => me.Get(reading, read.GetValueOrDefault(reading)), HttpStatusCode.NotModified) is { Status: HttpStatusCode.OK } seen)
                        read[reading] = seen.ETag;
                    break;
            }

            await Task.Delay(Pace, CancellationToken.None);
        }
    }

    private async Task<Answer?> Ask(string what, Func<Task<Answer>> ask, HttpStatusCode? orElse = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            var answer = await ask();
            Interlocked.Increment(ref asked);
            times.Enqueue(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created) && answer.Status != orElse)
                faults.Enqueue($"{what}: {(int)answer.Status} {answer.Text}");
            return answer;
        }
        catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
        {
            faults.Enqueue($"{what}: no answer ({gone.Message})");
            return null;
        }
    }

    /// <summary>By least squares.</summary>
    private static double SlopeOf(List<(double At, double Value)> points)
    {
        var (at, value) = (points.Average(p => p.At), points.Average(p => p.Value));
        return points.Sum(p => (p.At - at) * (p.Value - value)) / points.Sum(p => (p.At - at) * (p.At - at));
    }
}
