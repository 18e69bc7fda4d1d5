using System.Globalization;
using System.Text;
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

/// <summary>Nobody is given an older reading than they would be if none were kept.</summary>
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
        var (accepted, changing) = (0, 0);
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
            if (!after.Kept.SequenceEqual(after.Made))
                faults.Add($"After {operation.Id} somebody is given an older reading.");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accepted} writes, after {changing} of which somebody reads something else."));
        Assert.True(accepted > 60 && changing > 20, $"Only {accepted} writes were accepted, and {changing} changed a reading.");
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

    /// <summary>For everybody who takes part: the reading that is kept, and the one that would be made now.</summary>
    private static async Task<(List<string> Kept, List<string> Made)> Read(PlanningHost host, OneOfEverything one)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var (kept, made) = (new List<string>(), new List<string>());
        foreach (var viewer in await Viewers(scope, one))
        {
            kept.Add(Text(await Kept(scope, viewer)));
            made.Add(Text(await Made(scope, viewer)));
            kept.Add(Text(await KeptBeside(scope, viewer)));
            made.Add(Text(await MadeBeside(scope, viewer)));
        }

        return (kept, made);
    }

    /// <summary>All that anything that reads by it shows.</summary>
    private static string Text(MadeReading made) => string.Join('\n',
        Encoding.UTF8.GetString(Json.Bytes(made.Reading)),
        Encoding.UTF8.GetString(Json.Bytes(made.Reviews.Select(r => ReviewSummary.Of(r, made.Today)))),
        Encoding.UTF8.GetString(Json.Bytes(made.Team.Members.Select(m => new { m.Who, m.IsKnown, m.Participant.Focus, m.Participant.From, m.Participant.Until }))),
        Encoding.UTF8.GetString(Json.Bytes(made.Heard.Select(h => VoicesHeard.View(h, made.Viewer, made.Team)))));

    private static string Text(BesideReading beside) => Encoding.UTF8.GetString(Json.Bytes(
        new { beside.Targets, beside.Actions, beside.CarriedForward, beside.Addenda, beside.Restrictions }));

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
}
