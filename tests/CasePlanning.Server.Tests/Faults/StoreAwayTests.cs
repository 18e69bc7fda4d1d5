using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// T12: while the database is away, callers are told so and when to come again, and nothing else; the server knows that it is not
/// ready; when the database is back it goes on by itself, and of what it refused nothing is there.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed class StoreAwayTests(ReleaseBuild release, ITestOutputHelper output)
{
    /// <summary>As long as a connection waits for a lock, and a little.</summary>
    private static readonly TimeSpan LongestRefusal = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(Installation.IsLong ? 60 : 7);
    private static readonly TimeSpan LongestHealing = TimeSpan.FromSeconds(15);
    private const int Before = 60;
    private const int Readers = 2;
    private const int ReadersWhoCome = 14;

    [Fact]
    public async Task While_another_process_holds_the_file_callers_are_told_and_afterwards_it_heals_itself()
    {
        using var installation = await Installation.Copy();
        await using var server = await installation.Serve(release);
        await using var other = new SqliteConnection($"Data Source={installation.Database};Pooling=false");
        await other.OpenAsync();

        SqliteTransaction? held = null;
        await Suffer("locked by another process", installation, server,
            () => Task.FromResult(held = other.BeginTransaction(deferred: false)),
            async () => await held!.DisposeAsync());
    }

    [Fact]
    public async Task While_the_disk_is_read_only_callers_are_told_and_afterwards_it_heals_itself()
    {
        using var disk = await FaultyDisk.New();
        using var installation = await Installation.Copy();
        await using var server = await installation.Serve(release, disk.Under(installation, mirrored: false));

        await Suffer("on a disk that became read-only", installation, server, disk.BecomeReadOnly, () =>
        {
            disk.BecomeWritable();
            return Task.CompletedTask;
        });
    }

    private async Task Suffer(string how, Installation installation, ServerProcess server, Func<Task> takeAway, Func<Task> giveBack)
    {
        await using var writing = new Writing(installation);
        await using var reading = new Reading(installation);
        writing.Begin(server);
        reading.Begin(server, Readers);
        await writing.Go(Before);

        await takeAway();
        // They need connections that nobody has opened yet, and what is opened now must not be in anybody's way later.
        reading.Begin(server, ReadersWhoCome);
        var (ready, live) = await HealthWhile(server, Task.Delay(Away));
        await giveBack();
        var began = TimeProvider.System.GetTimestamp();
        while (await server.Health("ready") is not HttpStatusCode.OK)
            Assert.True(TimeProvider.System.GetElapsedTime(began) < LongestHealing, $"It does not heal:\n{server.SaidLast}");
        var healed = TimeProvider.System.GetElapsedTime(began);
        var acknowledged = writing.Acknowledged;
        await writing.Go(Before);
        await reading.End();
        await writing.End();

        var found = await writing.Found(server);
        var (half, lost) = (writing.HalfWritten(found), writing.Lost(found));
        await writing.SendRestAgain(server);
        var afterwards = await writing.Found(server);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T12 {how}: {writing.Refused} writes and {reading.Refused} reads refused with 503 and Retry-After, writes in {writing.WaitedForRefusal.TotalSeconds:F1} s (p95); ready {ready}, live {live}; healed in {healed.TotalSeconds:F1} s; {half} half-written, {lost} lost."));
        Assert.True((half, lost) == (0, 0), $"{half} that were refused are there, and {lost} that were acknowledged are not.");
        Found.Nothing(writing.Faults.Concat(reading.Faults));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready, live));
        Assert.True(writing.Refused > 0 && reading.Refused > 0 && writing.Acknowledged > acknowledged, "Nothing was refused, or nothing went on.");
        Assert.DoesNotContain(writing.Views, view => view.Fate is Fate.Unknown);
        Assert.Equal(writing.Views.Count, afterwards.Count);
        Assert.All(afterwards.Values, times => Assert.Equal(1, times));
        Assert.True(writing.WaitedForRefusal < LongestRefusal, $"To be refused took {writing.WaitedForRefusal}.");
    }

    /// <summary>What a load balancer was told meanwhile: the last of each.</summary>
    private static async Task<(HttpStatusCode Ready, HttpStatusCode Live)> HealthWhile(ServerProcess server, Task away)
    {
        var (ready, live) = (HttpStatusCode.Unused, HttpStatusCode.Unused);
        while (!away.IsCompleted)
        {
            live = await server.Health("live");
            ready = await server.Health("ready");
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        return (ready, live);
    }

    /// <summary>People who read meanwhile.</summary>
    private sealed class Reading(Installation installation) : IAsyncDisposable
    {
        private readonly CancellationTokenSource end = new();
        private readonly ConcurrentQueue<string> faults = new();
        private readonly List<Task> readers = [];
        private int refused;

        public int Refused => refused;

        public IReadOnlyCollection<string> Faults => faults;

        public void Begin(ServerProcess server, int more)
        {
            for (var begun = 0; begun < more; begun++)
            {
                var reader = readers.Count % Installation.Writers;
                readers.Add(Task.Run(() => ReadOn(server, reader)));
            }
        }

        public async Task End()
        {
            await end.CancelAsync();
            await Task.WhenAll(readers);
        }

        public async ValueTask DisposeAsync()
        {
            await End();
            end.Dispose();
        }

        private async Task ReadOn(ServerProcess server, int reader)
        {
            string[] addresses = ["/me", "/plans", $"/plans/{installation.Plans[reader].Plan}", $"/plans/{installation.Plans[reader].Plan}/reading", "/frameworks"];
            for (var i = reader; !end.IsCancellationRequested; i++)
            {
                var answer = await server.As(installation.TokenOf(reader)).Get(addresses[i % addresses.Length]);
                if (answer is { Status: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null })
                    Interlocked.Increment(ref refused);
                else if (answer.Status is not HttpStatusCode.OK)
                    faults.Enqueue($"{addresses[i % addresses.Length]}: {(int)answer.Status} {answer.Text}");
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
    }
}
