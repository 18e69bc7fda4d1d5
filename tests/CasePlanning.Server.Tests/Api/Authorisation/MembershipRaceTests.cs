using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CasePlanning.Application.Ports;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api.Authorisation;

/// <summary>
/// Somebody reads, lists and writes as fast as they can while their participation is ended. Once the ending is answered, nothing
/// more is served to them and nothing more of theirs is kept. <c>MEMBERSHIP_RACES</c> sets how often.
/// </summary>
public sealed class MembershipRaceTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Plans = 20;

    private static readonly int Rounds =
        int.Parse(Environment.GetEnvironmentVariable("MEMBERSHIP_RACES") ?? "2000", CultureInfo.InvariantCulture);

    private readonly PlanningHost host = new();
    private readonly ConcurrentBag<string> faults = [];
    private int served;
    private int refused;
    private int written;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Nothing_is_served_or_kept_after_a_participation_has_ended()
    {
        host.StartServer();
        await Parallel.ForEachAsync(Enumerable.Range(0, Plans), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (place, _) =>
        {
            using var lead = host.SignInAs("hamo.tresk");
            var opened = (await lead.Post("/plans", new
            {
                child = new { givenName = "Wren", familyName = "Oldacre", dateOfBirth = "2013-03-14" },
                kind = "pep",
            })).Expect(201);
            var plan = opened.Id;
            var invite = new[] { opened["me"].GetProperty("participantId").GetString() };
            var review = (await lead.Post($"/plans/{plan}/reviews", new
            {
                title = "Autumn",
                opensOn = "2026-10-01",
                closesOn = "2026-10-30",
                invite,
            })).Expect(201).Id;
            for (var round = place; round < Rounds; round += Plans)
                await Race(lead, plan, review, $"racer-{round}");
        });

        output.WriteLine($"T18: {Rounds} rounds, {served} served and {written} written before, {refused} refused after, {faults.Count} served or kept after the end.");
        Assert.True(served > Rounds / 2 && written > Rounds / 10 && refused >= Rounds * 3, "The race was none: too little happened on one side of the end.");
        Found.Nothing(faults);
    }

    private async Task Race(ApiCaller lead, string plan, string review, string name)
    {
        var joined = (await lead.Post($"/plans/{plan}/participants", new
        {
            person = new { name, email = $"{name}@demo.example" },
            role = "socialWorker",
        })).Expect(201);
        using var racer = host.SignInAs(name);
        var ended = false;
        Task[] running =
        [
            Run(() => racer.Get($"/plans/{plan}")),
            Run(() => racer.Get("/plans"), answer => answer.Status == HttpStatusCode.OK && !answer.Text.Contains(plan, StringComparison.Ordinal)),
            Run(() => racer.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words = "Before the end." })),
        ];
        // The rounds differ in how far everybody has come.
        await Task.Delay(Random.Shared.Next(6));
        (await lead.Patch($"/plans/{plan}/participants/{joined.Id}", new { until = host.Clock.Now }, joined.ETag)).Expect(200);
        Volatile.Write(ref ended, true);
        var kept = await Kept(joined.Id);
        await Task.WhenAll(running);
        if (await Kept(joined.Id) != kept)
            faults.Add($"{name}: words were kept after the end");

        async Task Run(Func<Task<Answer>> call, Func<Answer, bool>? isRefused = null)
        {
            isRefused ??= answer => answer.Status is HttpStatusCode.NotFound;
            for (var isOver = false; !isOver;)
            {
                isOver = Volatile.Read(ref ended);
                var answer = await call();
                if (isOver && !isRefused(answer))
                    faults.Add($"{name}: served after the end with {(int)answer.Status}");
                Interlocked.Increment(ref isOver ? ref refused : ref served);
                if (answer.Status is HttpStatusCode.Created)
                    Interlocked.Increment(ref written);
            }
        }
    }

    private async Task<int> Kept(string participant)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var id = Guid.Parse(participant);
        return await scope.ServiceProvider.GetRequiredService<IPlanningDatabase>().Contributions.CountAsync(c => c.VoiceId == id);
    }
}
