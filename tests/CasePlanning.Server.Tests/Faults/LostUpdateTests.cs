using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// T4: eight people read, change and write five reviews with <c>If-Match</c>, and add views meanwhile. What each saw and when is
/// compared with a register that changes at one instant: every version has one writer, whoever read a version read what that
/// writer wrote, nobody read an older version than one that was known before they asked, and whoever lost changed nothing. An answer
/// to a change names in its tag the version that the change made; what it shows may be somebody's next one, and is a reading.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed class LostUpdateTests(ReleaseBuild release, ITestOutputHelper output)
{
    private const int Headers = 5;
    private static readonly int Operations = Installation.IsLong ? 10_000 : 2_000;

    private readonly ConcurrentQueue<string> faults = new();
    private readonly ConcurrentQueue<Seen> history = new();
    private readonly ConcurrentQueue<(int Client, string Words)> said = new();
    private int operations;
    private int lost;
    private int overtaken;

    [Fact]
    public async Task No_update_is_lost_and_what_everybody_sees_could_have_happened_one_after_the_other()
    {
        using var installation = await Installation.Copy();
        await using var server = await installation.Serve(release);
        var lead = server.As(installation.Lead);
        var headers = installation.Plans.Take(Headers).ToList();
        foreach (var header in headers)
        {
            var began = Stopwatch.GetTimestamp();
            Record(header, await lead.Get($"/reviews/{header.Review}"), began);
        }

        await Task.WhenAll(Enumerable.Range(0, Installation.Writers).Select(client => Task.Run(() => Work(server, installation, headers, client))));

        foreach (var header in headers)
        {
            var began = Stopwatch.GetTimestamp();
            Record(header, await lead.Get($"/reviews/{header.Review}"), began);
            Compare([.. history.Where(s => s.Review == header.Review)]);
            if ((await lead.Send(HttpMethod.Patch, $"/reviews/{header.Review}", new { title = "No version" })).Status is not HttpStatusCode.PreconditionRequired)
                faults.Enqueue("A change without a version was not refused.");
        }

        await ViewsMustBeInOrder(server, installation, headers);
        var won = history.Count(s => s.Wrote);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T4: {operations} operations by {Installation.Writers} people on {Headers} reviews: {won} changes won ({overtaken} answered with the next one), {lost} told that they were late, {said.Count} views added; {faults.Count} that could not have happened one after the other."));
        Found.Nothing(faults);
        Assert.True(won > Operations / 20 && lost > Operations / 100, "There was no contest, so nothing was shown.");
    }

    private async Task Work(ServerProcess server, Installation installation, List<Installation.Place> headers, int client)
    {
        var random = new Random(client);
        var lead = server.As(installation.Lead);
        while (Interlocked.Increment(ref operations) <= Operations)
        {
            var header = headers[random.Next(Headers)];
            if (random.Next(5) == 0)
            {
                var words = $"Client {client}, number {operations}-{random.Next()}.";
                (await server.As(installation.TokenOf(client)).Post($"/plans/{header.Plan}/contributions",
                    new { reviewId = header.Review, outcome = Installation.Outcome, words })).Expect(201);
                said.Enqueue((client, words));
                continue;
            }

            var began = Stopwatch.GetTimestamp();
            var read = (await lead.Get($"/reviews/{header.Review}")).Expect(200);
            Record(header, read, began);
            began = Stopwatch.GetTimestamp();
            var title = $"By {client}: {random.Next()}";
            var answer = await lead.Patch($"/reviews/{header.Review}", new { title }, read.ETag);
            if (answer.Status is HttpStatusCode.OK && VersionIn(answer.ETag) == VersionIn(read.ETag) + 1 && answer["version"].GetInt32() >= VersionIn(answer.ETag))
            {
                history.Enqueue(new Seen(header.Review, VersionIn(answer.ETag), title, Wrote: true, began, Stopwatch.GetTimestamp()));
                Record(header, answer, began);
                if (answer["version"].GetInt32() > VersionIn(answer.ETag))
                    await MustBeTold(lead, header, answer);
            }
            else if (answer.Status is HttpStatusCode.PreconditionFailed && answer.ETag != read.ETag)
                Interlocked.Increment(ref lost);
            else
                faults.Enqueue($"After version {read["version"]}: {(int)answer.Status} {answer.Text}");
        }

        Interlocked.Decrement(ref operations);
    }

    /// <summary>Whoever goes on from the tag of their own change would write over the next one, which they may not have looked at.</summary>
    private async Task MustBeTold(ApiCaller lead, Installation.Place header, Answer overtaken)
    {
        Interlocked.Increment(ref this.overtaken);
        if ((await lead.Patch($"/reviews/{header.Review}", new { title = "Unseen" }, overtaken.ETag)).Status is not HttpStatusCode.PreconditionFailed)
            faults.Enqueue($"Somebody could write over version {overtaken["version"]}, having been answered with the tag {overtaken.ETag}.");
    }

    private void Record(Installation.Place header, Answer answer, long began) => history.Enqueue(
        new Seen(header.Review, answer.Expect(200)["version"].GetInt32(), answer["title"].GetString()!, Wrote: false, began, Stopwatch.GetTimestamp()));

    private static int VersionIn(string? tag) => int.Parse(tag!.Trim('"').Split('.')[0], CultureInfo.InvariantCulture);

    private void Compare(List<Seen> all)
    {
        var first = all.Min(s => s.Version);
        var writes = all.Where(s => s.Wrote).ToList();
        if (!writes.Select(w => w.Version).Order().SequenceEqual(Enumerable.Range(first + 1, writes.Count)) || all.Max(s => s.Version) != first + writes.Count)
            faults.Enqueue($"{writes.Count} changes won, and the versions went from {first} to {all.Max(s => s.Version)}.");
        foreach (var version in all.GroupBy(s => s.Version).Where(v => v.Select(s => s.Title).Distinct().Count() > 1))
            faults.Enqueue($"Version {version.Key} was read with {version.Select(s => s.Title).Distinct().Count()} titles.");

        // By the time at which each ended: whoever began later must have seen at least that version.
        var known = 0;
        var ended = new Queue<Seen>(all.OrderBy(s => s.Ended));
        foreach (var seen in all.OrderBy(s => s.Began))
        {
            while (ended.TryPeek(out var before) && before.Ended < seen.Began)
                known = Math.Max(known, ended.Dequeue().Version);
            if (seen.Version < known)
                faults.Enqueue($"Version {seen.Version} was seen by somebody who asked after version {known} was known.");
        }
    }

    /// <summary>All views are there once, and those of each person in the order in which they were said.</summary>
    private async Task ViewsMustBeInOrder(ServerProcess server, Installation installation, List<Installation.Place> headers)
    {
        var texts = new List<string>();
        foreach (var header in headers)
            texts.Add((await server.As(installation.Lead).Get($"/plans/{header.Plan}/reading")).Expect(200).Text);
        foreach (var client in said.GroupBy(s => s.Client))
        {
            foreach (var text in texts)
            {
                var places = client.Select(s => text.IndexOf(s.Words, StringComparison.Ordinal)).Where(at => at >= 0).ToList();
                if (!places.SequenceEqual(places.Order()))
                    faults.Enqueue($"The views of client {client.Key} are not in the order in which they were said.");
            }
        }

        foreach (var (_, words) in said.Where(s => texts.Sum(text => text.Split(s.Words).Length - 1) != 1))
            faults.Enqueue($"\"{words}\" is not there once.");
    }

    private sealed record Seen(string Review, int Version, string Title, bool Wrote, long Began, long Ended);
}
