using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>
/// T3: what is sent more than once under one key (at once, later, after a restart, altered, by somebody else, after the sender's
/// part in the plan has ended) has one effect, and tells nobody what they may no longer know.
/// </summary>
[Collection(ReleaseBuild.Name)]
public sealed class ReplayTests(ReleaseBuild release, ITestOutputHelper output)
{
    private const int AtOnce = 8;
    private const int MostTimes = 5;
    private static readonly int Keys = Installation.IsLong ? 5_000 : 400;

    private readonly ConcurrentQueue<string> faults = new();
    private int sent;
    private int overtaken;

    [Fact]
    public async Task However_often_and_from_wherever_it_is_sent_one_key_has_one_effect()
    {
        using var installation = await Installation.Copy();
        var requests = Enumerable.Range(0, Keys).Select(i => new Asked(
            i % Installation.Writers, installation.Plans[i % installation.Plans.Count], Guid.NewGuid().ToString(), $"Key {i} of T3.", 1 + i % MostTimes)).ToList();
        var made = new ConcurrentDictionary<string, string>();

        await using (var server = await installation.Serve(release))
        {
            await ForEach(requests, async asked =>
            {
                var answers = await Task.WhenAll(Enumerable.Range(0, asked.Times).Select(_ => Send(server, installation, asked)));
                foreach (var answer in answers)
                    Expect(asked, answer, "at once", a => a.Status is HttpStatusCode.Created || a.Code == "idempotency.in-progress");
                Interlocked.Add(ref overtaken, answers.Count(a => a.Status is HttpStatusCode.Conflict));
                var ids = answers.Where(a => a.Status is HttpStatusCode.Created).Select(a => a.Id).Distinct().ToList();
                Check(asked, ids.Count == 1, $"{ids.Count} ids");
                made[asked.Key] = ids.FirstOrDefault() ?? "none";
            });
            await server.Kill();
        }

        await using var next = await installation.Serve(release);
        await ForEach(requests, async asked =>
        {
            Expect(asked, await Send(next, installation, asked), "after a restart",
                a => a.Status is HttpStatusCode.Created && a.Id == made[asked.Key] && a.Headers.TryGetValues("Idempotency-Replayed", out var replayed) && replayed.Single() == "true");
            Expect(asked, await Send(next, installation, asked with { Words = "Other words." }), "altered",
                a => a.Status is HttpStatusCode.UnprocessableEntity && a.Code == "idempotency.key-reused");
            var somebodyElse = asked with { Writer = (asked.Writer + 1) % Installation.Writers, Words = $"Else: {asked.Words}" };
            Expect(asked, await Send(next, installation, somebodyElse), "from somebody else", a => a.Status is HttpStatusCode.Created && a.Id != made[asked.Key]);
        });

        await MustBeThereOnce(next, installation, requests);
        var refused = await ReplayAfterTheEnd(next, installation, requests);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"T3: {Keys} keys, {sent} requests, {overtaken} overtook themselves; {faults.Count} effects or answers otherwise than they must be; {refused} refused after the sender's part had ended."));
        Found.Nothing(faults);
        Assert.True(overtaken > 0, "No request ever met itself, so nothing was shown of that.");
    }

    private static async Task MustBeThereOnce(ServerProcess server, Installation installation, List<Asked> requests)
    {
        foreach (var plan in requests.GroupBy(r => r.Place))
        {
            var reading = (await server.As(installation.Lead).Get($"/plans/{plan.Key.Plan}/reading")).Expect(200).Text;
            Found.Nothing(plan.Where(asked => Count(reading, $"\"{asked.Words}\"") != 1 || Count(reading, $"\"Else: {asked.Words}\"") != 1)
                .Select(asked => $"{asked.Words} is there {Count(reading, $"\"{asked.Words}\"")} times, and somebody else's {Count(reading, $"\"Else: {asked.Words}\"")} times."));
            Assert.DoesNotContain("Other words.", reading, StringComparison.Ordinal);
        }

        static int Count(string text, string part) => text.Split(part).Length - 1;
    }

    /// <returns>How many were sent again by somebody who does not take part any more.</returns>
    private async Task<int> ReplayAfterTheEnd(ServerProcess server, Installation installation, List<Asked> requests)
    {
        var (lead, place) = (server.As(installation.Lead), installation.Plans[0]);
        var writer = requests.First(r => r.Place == place).Writer;
        var address = $"/plans/{place.Plan}/participants/{place.Participants[writer]}";
        var etag = (await lead.Get(address)).Expect(200).ETag;
        (await lead.Patch(address, new { until = TimeProvider.System.GetUtcNow() }, etag)).Expect(200);
        var theirs = requests.Where(r => r.Place == place && r.Writer == writer).ToList();
        await ForEach(theirs, async asked =>
            Expect(asked, await Send(server, installation, asked), "after their part had ended", a => a.Status is HttpStatusCode.NotFound));
        return theirs.Count;
    }

    private static Task ForEach(IEnumerable<Asked> requests, Func<Asked, Task> send) =>
        Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (asked, _) => await send(asked));

    private Task<Answer> Send(ServerProcess server, Installation installation, Asked asked)
    {
        Interlocked.Increment(ref sent);
        return server.As(installation.TokenOf(asked.Writer)).Post($"/plans/{asked.Place.Plan}/contributions",
            new { reviewId = asked.Place.Review, outcome = Installation.Outcome, words = asked.Words }, asked.Key);
    }

    private void Expect(Asked asked, Answer answer, string when, Func<Answer, bool> isRight) =>
        Check(asked, isRight(answer), $"sent {when}: {(int)answer.Status} {answer.Text}");

    private void Check(Asked asked, bool isRight, string what)
    {
        if (!isRight)
            faults.Enqueue($"{asked.Words} {what}");
    }

    private sealed record Asked(int Writer, Installation.Place Place, string Key, string Words, int Times);
}
