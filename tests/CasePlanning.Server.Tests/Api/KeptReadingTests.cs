using System.Globalization;
using System.Text;
using System.Text.Json;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Api;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>Nobody is given an older reading, or older work, than they would be if none were kept.</summary>
public sealed class KeptReadingTests(ITestOutputHelper output)
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_every_write_there_is_what_is_kept_is_what_would_be_made()
    {
        await using var host = new PlanningHost();
        host.UseKestrel(0);
        host.StartServer();
        var document = await ApiDocument.Of(host.Anonymous().Http);
        var cast = await OneOfEverything.Gather(host);
        var one = await OneOfEverything.For(cast);
        var faults = new List<string>();
        var (accepted, changing, asking) = (0, 0, 0);
        foreach (var operation in document.Operations.Where(o => o.Method != HttpMethod.Get))
        {
            var before = await Read(host, one);
            if (!await IsAccepted(operation, one))
            {
                // What was accepted before may have changed too much.
                one = await OneOfEverything.For(cast);
                before = await Read(host, one);
                if (!await IsAccepted(operation, one))
                    continue;
            }

            accepted++;
            var after = await Read(host, one);
            changing += after.Made.SequenceEqual(before.Made) ? 0 : 1;
            asking += after.MadeWork.SequenceEqual(before.MadeWork) ? 0 : 1;
            if (!after.Kept.SequenceEqual(after.Made))
                faults.Add($"After {operation.Id} somebody is given an older reading.");
            if (!after.KeptWork.SequenceEqual(after.MadeWork))
                faults.Add($"After {operation.Id} somebody is told of older work.");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accepted} writes, after {changing} of which somebody reads something else, and after {asking} something else is asked of somebody."));
        Assert.True(accepted > 60 && changing > 20 && asking > 20, $"Only {accepted} writes were accepted, {changing} changed a reading, and {asking} somebody's work.");
        Found.Nothing(faults);
    }

    [Fact]
    public async Task What_nothing_has_changed_is_made_once_and_a_family_s_is_made_each_time()
    {
        await using var host = new PlanningHost();
        var one = await OneOfEverything.For(await OneOfEverything.Gather(host));
        await using var scope = host.Services.CreateAsyncScope();
        foreach (var viewer in await Viewers(scope, one))
        {
            var (first, second) = (await Kept(scope, viewer), await Kept(scope, viewer));
            Assert.Equal(!viewer.IsFamily && viewer.Hidden == Hidden.Nothing, ReferenceEquals(first, second));
            Assert.Equal(ReferenceEquals(first, second), ReferenceEquals(await KeptBeside(scope, viewer), await KeptBeside(scope, viewer)));
        }
    }

    [Fact]
    public async Task What_is_asked_is_kept_by_plan_and_a_draft_is_its_author_s_alone()
    {
        await using var host = new PlanningHost();
        var one = await OneOfEverything.For(await OneOfEverything.Gather(host));
        await using var scope = host.Services.CreateAsyncScope();
        var viewers = await Viewers(scope, one);
        var (first, second) = (await KeptWork(scope, viewers), await KeptWork(scope, viewers));
        Assert.All(viewers.Select((viewer, i) => (viewer, i)), v =>
            Assert.Equal(!v.viewer.IsFamily && v.viewer.Hidden == Hidden.Nothing, ReferenceEquals(first[v.i], second[v.i])));

        var hamo = one.Callers[0];
        var draft = (await hamo.Post($"/plans/{one.Plan}/contributions", new { reviewId = await OpenReview(hamo, one), outcome = "be-healthy", words = "Not yet", draft = true })).Expect(201).Id;
        var third = await KeptWork(scope, viewers);
        var author = viewers.FindIndex(v => third[viewers.IndexOf(v)].Items.Any(i => i.SubjectId == Guid.Parse(draft)));
        Assert.True(author >= 0, "Whoever has a draft is not told of it.");
        Assert.All(viewers.Select((viewer, i) => (viewer, i)).Where(v => !v.viewer.IsFamily && v.viewer.Hidden == Hidden.Nothing), v =>
            Assert.Equal(v.i != author, ReferenceEquals(second[v.i], third[v.i])));
    }

    [Fact]
    public async Task What_time_alone_changes_is_seen_at_that_instant()
    {
        await using var host = new PlanningHost();
        var hamo = host.SignInAs("hamo.tresk");
        var noon = new DateTimeOffset(2026, 10, 14, 11, 0, 0, TimeSpan.Zero);
        host.Clock.Now = noon;
        var plan = (await hamo.Post("/plans", new { child = new { givenName = "Tamsin", familyName = "Orrell", dateOfBirth = "2014-05-01" }, kind = "pep" })).Expect(201).Id;
        // Nobody asks for it by the quarter: they leave at seven minutes and a half past.
        var leaving = noon.AddMinutes(7.5);
        var (leaver, imke) = (host.SignInAs("dominic.ferraby"), host.SignInAs("imke.sandover"));
        await Join("dominic.ferraby", "socialWorker", leaving);
        await Join("imke.sandover", "designatedTeacher", until: null);
        var held = (await leaver.Post($"/plans/{plan}/actions", new { outcome = "be-healthy", what = "Ask the clinic", due = "2026-10-14" })).Expect(201).Id;
        var review = (await hamo.Post($"/plans/{plan}/reviews", new { title = "Review", opensOn = "2026-10-14", closesOn = "2026-10-14", invite = "everyone" })).Expect(201).Id;

        host.Clock.Now = leaving.AddTicks(-1);
        Assert.DoesNotContain(held, await Subjects(hamo));
        Assert.Contains(held, await Subjects(leaver));
        host.Clock.Now = leaving;
        Assert.Contains(held, await Subjects(hamo));
        Assert.Empty(await Subjects(leaver));

        // And at midnight where the plan is: the view and the action are overdue, and the lead is asked for the missing voice.
        var midnight = new DateTimeOffset(2026, 10, 14, 23, 0, 0, TimeSpan.Zero);
        host.Clock.Now = midnight.AddTicks(-1);
        Assert.DoesNotContain(await Work(hamo), w => w.GetProperty("overdue").GetBoolean() || w.GetProperty("kind").GetString() == "addressVoice");
        Assert.DoesNotContain(await Work(imke), w => w.GetProperty("overdue").GetBoolean());
        host.Clock.Now = midnight;
        Assert.Contains(await Work(hamo), w => w.GetProperty("overdue").GetBoolean() && w.GetProperty("subjectId").GetString() == held);
        Assert.Contains(await Work(hamo), w => w.GetProperty("kind").GetString() == "addressVoice");
        Assert.Contains(await Work(imke), w => w.GetProperty("overdue").GetBoolean() && w.GetProperty("subjectId").GetString() == review);

        async Task Join(string who, string role, DateTimeOffset? until) => (await hamo.Post($"/plans/{plan}/participants",
            new { person = new { name = who, email = $"{who}@demo.example" }, role, until })).Expect(201);

        async Task<List<JsonElement>> Work(ApiCaller of) =>
            [.. (await of.Get("/me/work?limit=200")).Expect(200).Items.Where(w => w.GetProperty("planId").GetString() == plan)];

        async Task<List<string?>> Subjects(ApiCaller of) => [.. (await Work(of)).Select(w => w.GetProperty("subjectId").GetString())];
    }

    private static async Task<string> OpenReview(ApiCaller by, OneOfEverything one) =>
        (await by.Get($"/plans/{one.Plan}/reviews")).Items.First(r => r.GetProperty("state").GetString() == "open").GetProperty("id").GetString()!;

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

    /// <summary>For everybody who takes part: the reading and the work that are kept, and those that would be made now.</summary>
    private static async Task<(List<string> Kept, List<string> Made, List<string> KeptWork, List<string> MadeWork)> Read(PlanningHost host, OneOfEverything one)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var (kept, made) = (new List<string>(), new List<string>());
        var viewers = await Viewers(scope, one);
        foreach (var viewer in viewers)
        {
            kept.Add(Text(await Kept(scope, viewer)));
            made.Add(Text(await Made(scope, viewer)));
            kept.Add(Text(await KeptBeside(scope, viewer)));
            made.Add(Text(await MadeBeside(scope, viewer)));
        }

        return (kept, made, [.. (await KeptWork(scope, viewers)).Select(Text)], [.. (await MadeWork(scope, viewers)).Select(Text)]);
    }

    /// <summary>All that anything that reads by it shows.</summary>
    private static string Text(MadeReading made) => string.Join('\n',
        Encoding.UTF8.GetString(Json.Bytes(made.Reading)),
        Encoding.UTF8.GetString(Json.Bytes(made.Reviews.Select(r => ReviewSummary.Of(r, made.Today)))),
        Encoding.UTF8.GetString(Json.Bytes(made.Team.Members.Select(m => new { m.Who, m.IsKnown, m.Participant.Focus, m.Participant.From, m.Participant.Until }))),
        Encoding.UTF8.GetString(Json.Bytes(made.Heard.Select(h => VoicesHeard.View(h, made.Viewer, made.Team)))));

    private static string Text(BesideReading beside) => Encoding.UTF8.GetString(Json.Bytes(
        new { beside.Targets, beside.Actions, beside.CarriedForward, beside.Addenda, beside.Restrictions }));

    /// <summary>In any order: whoever shows it puts it in order beside that of other plans.</summary>
    private static string Text(WorkInPlan work) => Encoding.UTF8.GetString(Json.Bytes(new { Items = work.Items.OrderBy(i => (i.Id, i.Kind)), work.Until }));

    private static async Task<List<Viewer>> Viewers(AsyncServiceScope scope, OneOfEverything one)
    {
        var database = scope.ServiceProvider.GetRequiredService<IPlanningDatabase>();
        var (plan, now) = (Guid.Parse(one.Plan), scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow());
        return await Application.Pipeline.Viewers.Load(
            database, database.Participants.Where(p => p.PlanId == plan && p.From <= now && (p.Until == null || now < p.Until)), Cancellation);
    }

    private static Task<MadeReading> Kept(AsyncServiceScope scope, Viewer viewer) =>
        scope.ServiceProvider.GetRequiredService<KeptReadings>().Of(
            viewer, reviewId: null, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), () => Made(scope, viewer));

    private static Task<MadeReading> Made(AsyncServiceScope scope, Viewer viewer) => MadeReading.Load(
        scope.ServiceProvider.GetRequiredService<IPlanningDatabase>(), viewer, reviewId: null, scope.ServiceProvider.GetRequiredService<IClocks>(),
        scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), Cancellation);

    private static Task<BesideReading> KeptBeside(AsyncServiceScope scope, Viewer viewer) =>
        scope.ServiceProvider.GetRequiredService<KeptReadings>().Of(
            viewer, reviewId: null, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), () => MadeBeside(scope, viewer));

    private static async Task<BesideReading> MadeBeside(AsyncServiceScope scope, Viewer viewer) => await BesideReading.Load(
        scope.ServiceProvider.GetRequiredService<IPlanningDatabase>(), await Made(scope, viewer), scope.ServiceProvider.GetRequiredService<IClocks>(),
        scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), Cancellation);

    private static Task<IReadOnlyList<WorkInPlan>> KeptWork(AsyncServiceScope scope, IReadOnlyList<Viewer> viewers) =>
        scope.ServiceProvider.GetRequiredService<KeptReadings>().OfEach(
            viewers, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), some => MadeWork(scope, some));

    private static Task<List<WorkInPlan>> MadeWork(AsyncServiceScope scope, IReadOnlyList<Viewer> viewers) => WorkInPlan.Load(
        scope.ServiceProvider.GetRequiredService<IPlanningDatabase>(), viewers, scope.ServiceProvider.GetRequiredService<IClocks>(),
        scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), Cancellation);
}
