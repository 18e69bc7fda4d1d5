using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>What became of something that was sent, as far as whoever sent it can know.</summary>
internal enum Fate
{
    /// <summary>Sent, and never answered: it may be there or not.</summary>
    Unknown,

    /// <summary>Answered with 201: it must be there for good.</summary>
    Acknowledged,

    /// <summary>Answered with 503, which says that nothing was written.</summary>
    Refused,
}

/// <summary>A view that somebody sets out to give.</summary>
internal sealed record View(int Writer, Installation.Place Place, string Key, string Words)
{
    public Fate Fate { get; set; }

    public string? Id { get; set; }
}

/// <summary>
/// People who add views as fast as they can to whichever server there is. Each view is recorded before it is sent and marked when
/// it is answered, so that afterwards everybody knows what must be there, what must not be and what may be.
/// </summary>
internal sealed partial class Writing(Installation installation) : IAsyncDisposable
{
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentQueue<View> views = new();
    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<TimeSpan> refusals = new();
    private readonly CancellationTokenSource end = new();
    private Task writers = Task.CompletedTask;
    private volatile ServerProcess? server;
    private int acknowledged;

    public int Acknowledged => acknowledged;

    public int Refused => refusals.Count;

    public IReadOnlyCollection<View> Views => views;

    /// <summary>Answers that nobody should ever get.</summary>
    public IReadOnlyCollection<string> Faults => faults;

    /// <summary>How long those who were refused had to wait for it, at most, but for one in twenty.</summary>
    public TimeSpan WaitedForRefusal => refusals.Order().ElementAtOrDefault(refusals.Count * 95 / 100);

    public void Begin(ServerProcess at)
    {
        server = at;
        writers = Task.WhenAll(Enumerable.Range(0, Installation.Writers).Select(writer => Task.Run(() => WriteOn(writer))));
    }

    /// <param name="next">Null while there is none.</param>
    public void GoOnAt(ServerProcess? next) => server = next;

    /// <summary>Until so many more are acknowledged, and then to some moment in the middle of the next ones.</summary>
    public async Task Go(int more)
    {
        var (enough, began) = (acknowledged + more, TimeProvider.System.GetTimestamp());
        while (acknowledged < enough)
        {
            if (TimeProvider.System.GetElapsedTime(began) > LongestLoad)
                throw new TimeoutException($"Only {acknowledged} are acknowledged:\n{string.Join('\n', faults.Take(3))}\n{server?.SaidLast}");
            await Task.Delay(Pause);
        }

        await Task.Delay(Random.Shared.Next(20));
    }

    public async Task End()
    {
        await end.CancelAsync();
        await writers;
    }

    /// <summary>Sends again, twice, under the same keys, all that was not acknowledged.</summary>
    /// <returns>How many of them nobody knew about.</returns>
    public async Task<int> SendRestAgain(ServerProcess at)
    {
        var rest = views.Where(v => v.Fate is not Fate.Acknowledged).ToList();
        var unknown = rest.Count(v => v.Fate is Fate.Unknown);
        foreach (var view in rest)
        {
            await Send(at, view);
            var first = view.Id;
            await Send(at, view);
            if (view.Id is null || view.Id != first)
                faults.Enqueue($"Sent again, {view.Words} is {first} and then {view.Id}.");
        }

        return unknown;
    }

    /// <summary>What is there, by what those who coordinate can read: how often each view is.</summary>
    public async Task<IReadOnlyDictionary<string, int>> Found(ServerProcess at)
    {
        var found = new Dictionary<string, int>();
        foreach (var place in installation.Plans)
        {
            var reading = (await at.As(installation.Lead).Get($"/plans/{place.Plan}/reading")).Expect(200);
            foreach (Match words in AnyWords().Matches(reading.Text))
                found[words.Value] = found.GetValueOrDefault(words.Value) + 1;
        }

        return found;
    }

    /// <summary>Those that were acknowledged and are not there.</summary>
    public int Lost(IReadOnlyDictionary<string, int> found) => views.Count(v => v.Fate is Fate.Acknowledged && !found.ContainsKey(v.Words));

    /// <summary>Those that were refused, and are there all the same.</summary>
    public int HalfWritten(IReadOnlyDictionary<string, int> found) => views.Count(v => v.Fate is Fate.Refused && found.ContainsKey(v.Words));

    public async ValueTask DisposeAsync()
    {
        await End();
        end.Dispose();
    }

    private async Task WriteOn(int writer)
    {
        var random = new Random(writer);
        View? waits = null;
        while (!end.IsCancellationRequested)
        {
            if (waits is null)
            {
                waits = new View(writer, installation.Plans[random.Next(installation.Plans.Count)], Guid.NewGuid().ToString(), $"View {Guid.NewGuid():N}.");
                views.Enqueue(waits);
            }

            var reached = server is { } at && await Send(at, waits);
            if (!reached || waits.Fate is not Fate.Acknowledged)
                await Task.Delay(Pause);
            waits = reached ? null : waits;
        }
    }

    /// <returns>False when there was nobody to send it to.</returns>
    private async Task<bool> Send(ServerProcess at, View view)
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            var answer = await at.As(installation.TokenOf(view.Writer)).Post($"/plans/{view.Place.Plan}/contributions",
                new { reviewId = view.Place.Review, outcome = Installation.Outcome, words = view.Words }, view.Key);
            if (answer.Status is HttpStatusCode.Created)
            {
                if (view.Fate is not Fate.Acknowledged)
                    Interlocked.Increment(ref acknowledged);
                (view.Fate, view.Id) = (Fate.Acknowledged, answer.Id);
            }
            else if (answer is { Status: HttpStatusCode.ServiceUnavailable, Headers.RetryAfter: not null })
            {
                view.Fate = Fate.Refused;
                refusals.Enqueue(TimeProvider.System.GetElapsedTime(began));
            }
            else
            {
                faults.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{(int)answer.Status} {answer.Text}"));
            }
        }
        catch (HttpRequestException nobody) when (nobody.HttpRequestError is HttpRequestError.ConnectionError)
        {
            return false;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever sent it does not know whether it arrived.
        }

        return true;
    }

    [GeneratedRegex(@"View [0-9a-f]{32}\.")]
    private static partial Regex AnyWords();
}
