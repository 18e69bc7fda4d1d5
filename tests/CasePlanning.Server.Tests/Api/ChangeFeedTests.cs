using System.Diagnostics;
using System.Net;
using System.Text.Json;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>What a system that follows the changes is told, when, and what it is not told.</summary>
public sealed class ChangeFeedTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string School = "Larkmoor Academy";
    private const string Health = "Thornmere Community Health";
    private const string OtherSchool = "Saltmarsh Free School";
    private const string Enjoy = "enjoy-and-achieve";

    private readonly PlanningHost host = new();
    private ApiCaller hamo = null!;
    private ApiCaller imke = null!;
    private ApiCaller dominic = null!;
    private Follower school = null!;
    private string plan = "";
    private string review = "";

    public async ValueTask InitializeAsync()
    {
        await host.InitializeAsync();
        (hamo, imke, dominic) = (host.SignInAs("hamo.tresk"), host.SignInAs("imke.sandover"), host.SignInAs("dominic.ferraby"));
        school = await SystemOf(School);
        plan = (await imke.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
        review = (await imke.Get($"/plans/{plan}"))["reviews"][0].GetProperty("id").GetString()!;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>A plan that has one of everything, and a system of the agency that leads it.</summary>
    [Fact]
    public async Task From_the_beginning_a_system_is_told_of_all_that_it_can_read_and_of_nothing_that_it_cannot()
    {
        var one = await OneOfEverything.For(await OneOfEverything.Gather(host));
        var agency = (await one.Callers[0].Get($"/plans/{one.Plan}/participants?limit=200")).Items.First(p => p.GetProperty("isLead").GetBoolean()).GetProperty("agencyId").GetString()!;
        var council = await SystemOf(agency);

        var told = await council.FollowToTheEnd("from=beginning&limit=7");
        output.WriteLine($"Feed: {told.Count} events of {told.Select(e => e.Type).Distinct().Count()} types: {string.Join(", ", told.Select(e => e.Type).Distinct().Order(StringComparer.Ordinal))}");
        told = [.. told.DistinctBy(e => e.Id)];
        Assert.Equal((await council.FollowToTheEnd("from=beginning")).Select(e => e.Id), told.Select(e => e.Id));
        foreach (var href in told.Select(e => e.Href).Distinct())
            (await council.Caller.Get(href!["/api/v1".Length..])).Expect(200);

        var of = told.Where(e => e.Plan == one.Plan).ToList();
        Assert.Contains(of, e => e.Type == "plan.access-granted");
        var reading = (await council.Caller.Get($"/plans/{one.Plan}/reading")).Expect(200);
        var views = reading["outcomes"].EnumerateArray().SelectMany(o => o.GetProperty("contributions").EnumerateArray()).Select(c => c.GetProperty("id").GetString()).ToList();
        Assert.NotEmpty(views);
        Assert.Empty(views.Except(of.Where(e => e.Type == "contribution.added").Select(e => e.Resource)));
    }

    [Fact]
    public async Task A_cursor_gives_the_same_again_and_what_came_since()
    {
        for (var i = 0; i < 12; i++)
            await Say(dominic, new { kind = i % 4 == 3 ? "professionals" : "everyone" });
        await host.SignJournal();
        var first = (await school.Caller.Get("/changes?limit=5")).Expect(200);
        Assert.Equal(5, first.Items.Count());
        var cursor = first["next"].GetString();
        var once = (await school.Caller.Get($"/changes?limit=3&cursor={cursor}")).Expect(200);
        var twice = (await school.Caller.Get($"/changes?limit=4&cursor={cursor}")).Expect(200);

        Assert.Equal(Ids(once), Ids(twice).Take(3));
        Assert.Empty(Ids(first).Intersect(Ids(twice)));
        Assert.Equal((false, true), (once["caughtUp"].GetBoolean(), twice["caughtUp"].GetBoolean()));
        Assert.Equal(304, (int)(await school.Caller.Get($"/changes?limit=3&cursor={cursor}", ifNoneMatch: once.ETag)).Status);
        Assert.Contains("rel=\"next\"", Assert.Single(once.Headers.GetValues("Link")), StringComparison.Ordinal);

        var view = await Say(dominic, new { kind = "everyone" });
        await host.SignJournal();
        Assert.Equal(Ids(twice), Ids((await school.Caller.Get($"/changes?cursor={cursor}")).Expect(200)).SkipLast(1));
        Assert.Contains(view, (await school.Caller.Get($"/changes?cursor={cursor}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_now_a_system_is_told_of_what_happens_next()
    {
        var start = await school.Start("from=now");
        Assert.Empty(await school.Next());

        var view = await Say(dominic, new { kind = "everyone" });
        var told = Assert.Single(await school.Next());
        Assert.Equal(("contribution.added", plan, view, $"/api/v1/contributions/{view}"), (told.Type, told.Plan, told.Resource, told.Href));
        Assert.Empty(await school.Next());
        Assert.True(start["caughtUp"].GetBoolean());
        Assert.DoesNotContain("She eats", (await school.Caller.Get("/changes?limit=200")).Text, StringComparison.Ordinal);
    }

    /// <summary>What is hidden is in no item; what an outsider is told, and all else that it gets, is the same with it and without.</summary>
    [Fact]
    public async Task What_a_system_may_not_read_leaves_no_trace()
    {
        var outsider = await SystemOf(OtherSchool);
        await school.Start("from=now");
        await outsider.Start("from=now");

        var hidden = await Say(dominic, new { kind = "professionals" });
        (await imke.Post($"/contributions/{hidden}/responses", new { stance = "partly", reason = "Not quite." })).Expect(201);
        (await dominic.Post($"/contributions/{hidden}/versions", new { words = "Among us still." })).Expect(201);
        var draft = (await dominic.Post($"/plans/{plan}/contributions", View(new { kind = "everyone" }, draft: true))).Expect(201).Id;

        Assert.Empty(await school.Next());
        Assert.Empty(await outsider.Next());
        Assert.Equal(304, (int)(await school.Caller.Get($"/changes?cursor={school.Cursor}", ifNoneMatch: school.Answer!.ETag)).Status);

        // A page that ends between hidden ones does not tell that there is more.
        await Say(dominic, new { kind = "professionals" });
        host.Clock.Now += TimeSpan.FromSeconds(1);
        await Say(dominic, new { kind = "everyone" });
        host.Clock.Now += TimeSpan.FromSeconds(1);
        await Say(dominic, new { kind = "professionals" });
        await host.SignJournal();
        var shown = (await school.Caller.Get($"/changes?limit=1&cursor={school.Cursor}")).Expect(200);
        Assert.Equal((1, true), (shown.Items.Count(), shown["caughtUp"].GetBoolean()));
        Assert.Empty((await outsider.Caller.Get($"/changes?cursor={outsider.Cursor}")).Expect(200).Items);
        Assert.DoesNotContain(draft, (await school.Caller.Get("/changes")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(hidden, (await school.Caller.Get("/changes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_told_of_when_it_is_signed_and_what_was_done_to_it_before_is_never_told()
    {
        await school.Start("from=now");
        var draft = (await dominic.Post($"/plans/{plan}/contributions", View(new { kind = "everyone" }, draft: true))).Expect(201).Id;
        Assert.Empty(await school.Next());
        host.Clock.Now += TimeSpan.FromMinutes(5);
        (await dominic.Post($"/contributions/{draft}/sign")).Expect(200);

        var told = Assert.Single(await school.Next());
        Assert.Equal(("contribution.added", draft, host.Clock.Now), (told.Type, told.Resource, told.Time));
        Assert.Single(await school.FollowToTheEnd("from=beginning"), e => e.Resource == draft);
    }

    [Fact]
    public async Task Of_a_view_that_is_read_in_summary_only_the_summary_is_told_of()
    {
        await school.Start("from=now");
        var view = (await dominic.Post($"/plans/{plan}/contributions", View(new { kind = "professionals" }))).Expect(201).Id;
        Pass();
        (await dominic.Post($"/contributions/{view}/versions", new { words = "Said with a summary.", summary = "There is support." })).Expect(201);
        Pass();
        (await dominic.Post($"/contributions/{view}/versions", new { words = "Said differently among us.", summary = "There is support." })).Expect(201);
        Pass();
        (await dominic.Post($"/contributions/{view}/versions", new { words = "More.", summary = "There is more support." })).Expect(201);
        Pass();
        (await imke.Post($"/contributions/{view}/responses", new { stance = "partly", reason = "Not quite." })).Expect(201);

        Assert.Equal(["contribution.added", "contribution.revised"], (await school.Next()).Select(e => e.Type));
        var read = (await school.Caller.Get($"/contributions/{view}")).Expect(200);
        Assert.Equal(2, read["versions"].GetArrayLength());

        void Pass() => host.Clock.Now += TimeSpan.FromMinutes(1);
    }

    [Fact]
    public async Task When_an_agency_comes_in_its_systems_are_told_to_fetch_the_plan_and_when_it_leaves_to_erase_it()
    {
        var other = await SystemOf(OtherSchool);
        await other.Start("from=now");
        var agency = (await hamo.Get("/agencies?limit=200")).Items.Single(a => a.GetProperty("name").GetString() == OtherSchool).GetProperty("id").GetString();
        await Say(dominic, new { kind = "everyone" });
        Assert.Empty(await other.Next());

        var joined = (await hamo.Post($"/plans/{plan}/participants",
            new { person = new { name = "Odile Farrow", email = "odile@demo.example" }, role = "teacher", agencyId = agency })).Expect(201).Id;
        var granted = Assert.Single(await other.Next());
        Assert.Equal(("plan.access-granted", plan, $"/api/v1/plans/{plan}"), (granted.Type, granted.Plan, granted.Href));
        Assert.Contains(await other.FollowToTheEnd("from=beginning"), e => e.Plan == plan && e.Type == "contribution.added");
        await other.Next();

        host.Clock.Now += TimeSpan.FromMinutes(1);
        (await hamo.Patch($"/plans/{plan}/participants/{joined}", new { until = host.Clock.Now, cover = await ParticipantOf("Hamo Tresk") },
            (await hamo.Get($"/plans/{plan}/participants/{joined}")).ETag)).Expect(200);
        await Say(dominic, new { kind = "everyone" });
        var ended = (await other.Next()).DistinctBy(e => e.Id).ToList();
        Assert.Equal(("plan.access-ended", plan, plan, null), Assert.Single(ended.Select(e => (e.Type, e.Plan, e.Resource, e.Href))));

        // The older events are gone, and whoever begins now is not told that there was anything.
        Assert.DoesNotContain(await other.FollowToTheEnd("from=beginning"), e => e.Plan == plan);
        Assert.DoesNotContain(await (await SystemOf(OtherSchool)).FollowToTheEnd("from=beginning"), e => e.Plan == plan);
    }

    [Fact]
    public async Task What_begins_and_ends_on_a_day_that_was_set_is_told_on_that_day()
    {
        var other = await SystemOf(OtherSchool);
        await other.Start("from=now");
        var agency = (await hamo.Get("/agencies?limit=200")).Items.Single(a => a.GetProperty("name").GetString() == OtherSchool).GetProperty("id").GetString();
        (await hamo.Post($"/plans/{plan}/participants", new
        {
            person = new { name = "Odile Farrow", email = "odile@demo.example" },
            role = "teacher",
            agencyId = agency,
            from = host.Clock.Now.AddDays(1),
            until = host.Clock.Now.AddDays(2),
        })).Expect(201);
        Assert.Empty(await other.Next());

        host.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal("plan.access-granted", Assert.Single(await other.Next()).Type);
        Assert.Empty(await other.Next());
        host.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal("plan.access-ended", Assert.Single(await other.Next()).Type);
        Assert.Empty(await other.Next());
    }

    [Fact]
    public async Task What_is_hidden_from_a_colleague_is_to_be_erased_and_is_back_when_it_is_lifted()
    {
        var view = await Say(dominic, new { kind = "everyone" });
        await school.Start("from=now");
        var restriction = (await hamo.Post($"/plans/{plan}/restrictions", new
        {
            kind = "view",
            from = await ParticipantOf("Cal Wexley"),
            contribution = view,
            reason = "It was shared by mistake",
            reviewOn = "2027-01-11",
        })).Expect(201);

        Assert.Equal(("contribution.access-ended", view, null), Assert.Single((await school.Next()).Select(e => (e.Type, e.Resource, e.Href))));
        Assert.DoesNotContain(view, (await school.Caller.Get("/changes")).Text, StringComparison.Ordinal);

        (await hamo.Post($"/plans/{plan}/restrictions/{restriction.Id}/lift", ifMatch: restriction.ETag)).Expect(200);
        Assert.Equal(("contribution.access-granted", view), Assert.Single((await school.Next()).Select(e => (e.Type, e.Resource))));
    }

    [Fact]
    public async Task A_cursor_is_of_no_use_to_another_system()
    {
        await school.Start("from=now");
        var colleague = await SystemOf(School);

        foreach (var cursor in new[] { school.Cursor, "made-up", school.Cursor[..^2] + "AA" })
            Assert.Equal("cursor", (await colleague.Caller.Get($"/changes?cursor={cursor}")).ExpectProblem(400, "request.bad-cursor")["errors"][0].GetProperty("parameter").GetString());
        var list = (await school.Caller.Get($"/plans/{plan}/participants?limit=1"))["next"].GetString();
        (await school.Caller.Get($"/changes?cursor={list}")).ExpectProblem(400, "request.bad-cursor");
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=201", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("from=yesterday", "from")]
    [InlineData("form=now", "form")]
    public async Task What_cannot_be_asked_is_named(string query, string parameter) =>
        Assert.Equal(parameter, (await school.Caller.Get($"/changes?{query}")).ExpectProblem(400, "request.bad-parameter")["errors"][0].GetProperty("parameter").GetString());

    [Fact]
    public async Task Whoever_gives_a_cursor_says_no_beginning()
    {
        await school.Start("from=now");
        (await school.Caller.Get($"/changes?from=beginning&cursor={school.Cursor}")).ExpectProblem(400, "request.bad-parameter");
    }

    [Fact]
    public async Task Systems_follow_that_may_read_and_people_do_not()
    {
        (await imke.Get("/changes")).ExpectProblem(403, "access.not-allowed");
        var client = await host.Integrators.Register(School);
        (await host.Integrators.As(client, ClientScopes.ContributionsWrite).Get("/changes")).ExpectProblem(403, "access.scope-needed");
    }

    [Fact]
    public async Task What_was_told_is_journaled_and_what_told_of_nothing_is_not()
    {
        await school.Start("from=now");
        await school.Next();
        Assert.Equal(0, await Entries());
        await Say(dominic, new { kind = "everyone" });
        await school.Next();
        Assert.Equal(1, await Entries());

        Task<int> Entries() => host.With(database => database.Journal.CountAsync(e => e.Act == "FollowChanges"));
    }

    [Fact]
    public async Task A_wait_ends_with_what_happens()
    {
        await school.Start("from=now");
        var waiting = school.Wait(20);
        await Task.Delay(700, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        var view = await Say(dominic, new { kind = "everyone" });
        var since = Stopwatch.StartNew();
        var (status, text, applied) = await waiting;
        output.WriteLine($"A system that waited heard of a view {since.ElapsedMilliseconds} ms after it was acknowledged.");
        Assert.Equal((HttpStatusCode.OK, "wait=20"), (status, applied));
        Assert.Contains(view, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_in_which_nothing_happens_ends_empty_and_with_a_cursor()
    {
        await school.Start("from=now");
        var since = Stopwatch.StartNew();
        var (status, text, _) = await school.Wait(2);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.InRange(since.Elapsed.TotalSeconds, 1.9, 4);
        Assert.Empty(JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray());
        (await school.Caller.Get($"/changes?cursor={JsonDocument.Parse(text).RootElement.GetProperty("next").GetString()}")).Expect(200);
    }

    [Fact]
    public async Task A_system_that_is_ended_while_it_waits_hears_it_within_a_second()
    {
        await school.Start("from=now");
        var waiting = school.Wait(20);
        await Task.Delay(700, TestContext.Current.CancellationToken);
        var since = Stopwatch.StartNew();
        await host.Integrators.End(school.Client);
        var (status, _, _) = await waiting;
        output.WriteLine($"A system that was ended while it waited was answered 401 after {since.ElapsedMilliseconds} ms.");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"{since.Elapsed} is more than a second.");
    }

    [Fact]
    public async Task When_the_host_stops_whoever_waits_is_answered_at_once()
    {
        await using var stopped = new PlanningHost { ComparesJournal = false };
        // A server that is in process without a socket does not wait for whom it is answering.
        stopped.UseKestrel(0);
        await stopped.InitializeAsync();
        var client = await stopped.Integrators.Register(School);
        var system = new Follower(stopped, client, stopped.Integrators.As(client));
        await system.Start("from=now");
        var waiting = system.Wait(20);
        await Task.Delay(700, TestContext.Current.CancellationToken);
        var since = Stopwatch.StartNew();
        stopped.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        var (status, _, _) = await waiting;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(1), $"{since.Elapsed} is more than a second.");
    }

    [Fact]
    public async Task Nothing_is_lost_and_nothing_comes_in_another_order_while_eight_write_and_one_follows()
    {
        const int writers = 8, each = 25;
        await school.Start("from=now");
        var told = new List<Told>();
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(async _ =>
        {
            var written = new List<string>();
            for (var i = 0; i < each; i++)
                written.Add((await dominic.Post($"/plans/{plan}/contributions", View(new { kind = i % 5 == 0 ? "professionals" : "everyone" }))).Expect(201).Id);
            return written.Where((_, i) => i % 5 != 0).ToList();
        }));
        while (!writing.IsCompleted)
            told.AddRange(await school.Next(numberFirst: false));
        told.AddRange(await school.Next());

        Assert.Equal((await writing).SelectMany(w => w).Order(StringComparer.Ordinal), told.Select(e => e.Resource).Order(StringComparer.Ordinal));
        Assert.Equal((await school.FollowToTheEnd("from=beginning&limit=11")).Select(e => e.Id).Where(told.Select(t => t.Id).ToHashSet().Contains), told.Select(e => e.Id));
        output.WriteLine($"Feed: {told.Count} of {writers * each} views told to a system that followed while {writers} wrote, each once; {writers * each / 5} hidden ones not told.");
    }

    private async Task<Follower> SystemOf(string agency)
    {
        var client = await host.Integrators.Register(agency);
        return new Follower(host, client, host.Integrators.As(client));
    }

    private async Task<string> Say(ApiCaller who, object audience) => (await who.Post($"/plans/{plan}/contributions", View(audience))).Expect(201).Id;

    private object View(object audience, bool draft = false) => new { reviewId = review, outcome = Enjoy, words = "She eats lunch again.", audience, draft };

    private async Task<string> ParticipantOf(string name) =>
        (await hamo.Get($"/plans/{plan}/participants?limit=200")).Items.Single(p => p.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;

    private static IEnumerable<string?> Ids(Answer answer) => answer.Items.Select(i => i.GetProperty("id").GetString());

    private sealed record Told(string Id, string Type, DateTimeOffset Time, string Plan, string Resource, string? Href)
    {
        public static Told Of(JsonElement item)
        {
            var resource = item.GetProperty("resource");
            return new Told(item.GetProperty("id").GetString()!, item.GetProperty("type").GetString()!, item.GetProperty("time").GetDateTimeOffset(), item.GetProperty("plan").GetString()!,
                resource.GetProperty("id").GetString()!, resource.TryGetProperty("href", out var href) ? href.GetString() : null);
        }
    }

    /// <summary>A system that remembers how far it has followed.</summary>
    private sealed class Follower(PlanningHost host, string client, ApiCaller caller)
    {
        public string Client => client;

        public ApiCaller Caller => caller;

        public string Cursor { get; private set; } = "";

        public Answer? Answer { get; private set; }

        public async Task<Answer> Start(string query)
        {
            await host.SignJournal();
            Answer = (await caller.Get($"/changes?{query}")).Expect(200);
            Cursor = Answer["next"].GetString()!;
            return Answer;
        }

        public async Task<List<Told>> Next(bool numberFirst = true)
        {
            if (numberFirst)
                await host.SignJournal();
            var told = new List<Told>();
            do
            {
                Answer = (await caller.Get($"/changes?cursor={Cursor}")).Expect(200);
                Cursor = Answer["next"].GetString()!;
                told.AddRange(Answer.Items.Select(Told.Of));
            }
            while (!Answer["caughtUp"].GetBoolean());
            return told;
        }

        public async Task<List<Told>> FollowToTheEnd(string query)
        {
            var kept = Cursor;
            var told = (await Start(query)).Items.Select(Told.Of).ToList();
            if (!Answer!["caughtUp"].GetBoolean())
                told.AddRange(await Next());
            Cursor = kept;
            return told;
        }

        public async Task<(HttpStatusCode Status, string Text, string? Applied)> Wait(int seconds)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/changes?cursor={Cursor}");
            request.Headers.Add("Prefer", $"wait={seconds}");
            using var response = await caller.Http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(),
                response.Headers.TryGetValues("Preference-Applied", out var applied) ? applied.Single() : null);
        }
    }
}
