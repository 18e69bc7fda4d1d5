using System.Globalization;
using CasePlanning.Application.Feed;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>Nobody who follows is told anything else than they would be if nothing were kept of the journal, or of who takes part.</summary>
public sealed class KeptFeedTests(ITestOutputHelper output)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    /// <summary>A request that looks along the journal looks along parts of it that are kept, parts that are not, and its end, which grows.</summary>
    [Fact]
    public async Task A_journal_that_grows_is_told_from_memory_as_it_is_told_from_the_store()
    {
        await using var host = new PlanningHost { ComparesJournal = false, NumbersByItself = false };
        var imke = host.SignInAs("imke.sandover");
        var plan = (await imke.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
        var review = (await imke.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString()!;
        var client = Of((await host.SignInAs("hamo.tresk").Get($"/plans/{plan}/participants?limit=200")).Items
            .First(p => p.GetProperty("name").GetString() == "Imke Sandover").GetProperty("agencyId").GetGuid());
        using var entries = new KeptEntries();
        var random = new Random(2026);
        var (asked, told) = (0, 0);
        for (var round = 0; round < 12; round++)
        {
            (await imke.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "enjoy-and-achieve", words = $"She eats lunch again: {round}." })).Expect(201);
            await Look(host, random.Next(20, 260));
            (await imke.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "enjoy-and-achieve", words = $"And again: {round}." })).Expect(201);
            await host.SignJournal();
            for (var i = 0; i < 12; i++)
            {
                var limit = random.Next(1, 30);
                var after = i == 0 ? null : (await Follow(host, client, entries: null, after: null, random.Next(1, 40))).Next;
                for (var pages = 0; pages < 4; pages++)
                {
                    var (kept, made) = (await Follow(host, client, entries, after, limit), await Follow(host, client, entries: null, after, limit));
                    Assert.Equal(made.Items, kept.Items);
                    Assert.Equal((made.CaughtUp, PlaceOf(made)), (kept.CaughtUp, PlaceOf(kept)));
                    (asked, told, after) = (asked + 1, told + kept.Items.Count, kept.Next);
                }
            }
        }

        var length = await host.With(database => database.JournalLengths.Select(l => l.Size).SingleAsync(Cancellation));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Kept journal: {asked} pages over {length} entries, {told} events, each as the store tells it."));
        Assert.True(length > 1_100 && told > 300, $"{length} entries and {told} events are too few.");
    }

    /// <summary>Who takes part, and what is hidden from them, is what it is after each write that is accepted.</summary>
    [Fact]
    public async Task After_every_write_there_is_the_systems_of_all_agencies_are_told_what_they_would_be_told_anew()
    {
        await using var host = new PlanningHost();
        host.UseKestrel(0);
        host.StartServer();
        var document = await ApiDocument.Of(host.Anonymous().Http);
        var cast = await OneOfEverything.Gather(host);
        var one = await OneOfEverything.For(cast);
        var agencies = await host.With(database => database.Agencies.Select(a => a.Id).ToListAsync(Cancellation));
        var clients = agencies.ConvertAll(Of);
        var (accepted, changing) = (0, 0);
        var before = "";
        foreach (var operation in document.Operations.Where(o => o.Method != HttpMethod.Get))
        {
            // So that it is kept as it was.
            await Told(host, clients, host.Services.GetRequiredService<KeptSeats>());
            if (!await IsAccepted(operation, one))
            {
                // What was accepted before may have changed too much.
                one = await OneOfEverything.For(cast);
                await host.SignJournal();
                before = await Told(host, clients, host.Services.GetRequiredService<KeptSeats>());
                if (!await IsAccepted(operation, one))
                    continue;
            }

            accepted++;
            await host.SignJournal();
            var kept = await Told(host, clients, host.Services.GetRequiredService<KeptSeats>());
            Assert.Equal(await Told(host, clients, seats: null), kept);
            changing += kept == before ? 0 : 1;
            before = kept;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Kept seats: {accepted} writes, after {changing} of which systems are told something else, each as the store tells it."));
        Assert.True(accepted > 60 && changing > 30, $"Only {accepted} writes were accepted, and {changing} told.");
    }

    [Fact]
    public void What_is_open_is_so_until_the_plan_changes_or_somebody_writes_beside_or_its_reader_leaves()
    {
        var (beside, clock, now) = (0L, new TurnedClock(), DateTimeOffset.UnixEpoch);
        var changes = new PlanChanges(areAllTold: true, () => beside);
        var seats = new KeptSeats(changes, clock);
        var (agency, plan) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.False(seats.IsOpen(agency, plan, now));
        Keep(until: now.AddHours(1));
        Assert.True(seats.IsOpen(agency, plan, now));
        Assert.False(seats.IsOpen(Guid.NewGuid(), plan, now));
        Assert.False(seats.IsOpen(agency, plan, now.AddTicks(-1)));
        Assert.True(seats.IsOpen(agency, plan, now.AddHours(1).AddTicks(-1)));
        Assert.False(seats.IsOpen(agency, plan, now.AddHours(1)));

        beside++;
        Assert.False(seats.IsOpen(agency, plan, now));
        Keep(until: null);
        Assert.True(seats.IsOpen(agency, plan, now));
        changes.Changed(plan);
        Assert.False(seats.IsOpen(agency, plan, now));
        Keep(until: null);
        changes.EverythingChanged();
        Assert.False(seats.IsOpen(agency, plan, now));
        Keep(until: null);
        clock.Seconds = 60;
        Assert.False(seats.IsOpen(agency, plan, now));

        void Keep(DateTimeOffset? until) => seats.Keep(agency, plan, seats.AsOfNow(plan), now, until);
    }

    [Fact]
    public void Where_others_write_too_no_plan_is_kept_as_open()
    {
        var seats = new KeptSeats(new PlanChanges(areAllTold: false, () => 0), TimeProvider.System);
        var (agency, plan) = (Guid.NewGuid(), Guid.NewGuid());
        seats.Keep(agency, plan, seats.AsOfNow(plan), DateTimeOffset.UnixEpoch, until: null);
        Assert.False(seats.IsOpen(agency, plan, DateTimeOffset.UnixEpoch));
    }

    private static async Task<string> Told(PlanningHost host, List<Client> clients, KeptSeats? seats)
    {
        var told = new List<string>();
        foreach (var client in clients)
        {
            for (string? after = null; ;)
            {
                var feed = await Follow(host, client, seats is null ? null : host.Services.GetRequiredService<KeptEntries>(), after, limit: 200, seats);
                told.AddRange(feed.Items.Select(i => $"{client.Name} {i}"));
                if (feed.CaughtUp)
                    break;
                after = feed.Next;
            }
        }

        return string.Join('\n', told);
    }

    /// <param name="entries">Null to keep nothing.</param>
    private static async Task<EventFeed> Follow(PlanningHost host, Client client, KeptEntries? entries, string? after, int limit, KeptSeats? seats = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        using var noEntries = new KeptEntries();
        var noSeats = new KeptSeats(new PlanChanges(areAllTold: false, () => 0), TimeProvider.System);
        var call = new CurrentCall();
        call.CallFor(client);
        var handler = new FollowChangesHandler(
            scope.ServiceProvider.GetRequiredService<IPlanningDatabase>(), entries ?? noEntries, seats ?? noSeats, call,
            scope.ServiceProvider.GetRequiredService<TimeProvider>());
        return await handler.Handle(new FollowChanges(after, FromNow: false, limit), Cancellation);
    }

    /// <summary>Without the time of asking, in which two requests differ.</summary>
    private static string PlaceOf(EventFeed feed) => feed.Next.Split(' ')[1];

    private static Task<int> Look(PlanningHost host, int times) => host.Write(database => database.Journal.AddRange(Enumerable.Range(0, times).Select(i => new JournalEntry(
        Actor.AtTheConsole(null, $"look-{i}"), new Deed("ReadPlan", Writes: false, PlanId: null, Part: null, PartId: null), Verdict.Allowed, [], host.Clock.GetUtcNow()))));

    private static Client Of(Guid agency) => new($"system-of-{agency:N}", $"{agency:N}", agency, [], until: null, DateTimeOffset.UnixEpoch);

    private static async Task<bool> IsAccepted(ApiOperation operation, OneOfEverything one)
    {
        foreach (var example in ExampleRequest.All(operation, one))
        {
            var caller = one.Callers[example.Caller].Http;
            using var message = (await example.Of(one)).Message(caller.BaseAddress!);
            using var answer = await caller.SendAsync(message, Cancellation);
            if (answer.IsSuccessStatusCode)
                return true;
        }

        return false;
    }

    private sealed class TurnedClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
