using System.Data.Common;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>My work over many plans: asked of the database for all of them at once.</summary>
public sealed class WorkOverPlansTests : IAsyncDisposable
{
    /// <summary>Whether they are signed in, in which plans they take part, and what office they hold.</summary>
    private const int MostForWhatIsKept = 5;

    private static readonly string[] Team = ["hamo.tresk", "dominic.ferraby", "imke.sandover", "sunniva.raike"];

    private readonly PlanningHost host;
    private readonly AskedByRequests asked = new();
    private readonly Dictionary<string, ApiCaller> people;

    public WorkOverPlansTests()
    {
        host = new PlanningHost { Replace = services => services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(asked)) };
        people = Team.ToDictionary(name => name, host.SignInAs);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task It_asks_the_database_as_often_for_twelve_plans_as_for_two()
    {
        for (var i = 0; i < 2; i++)
            await APlanInWhichMuchWaits();
        var forTwo = await Costs();
        for (var i = 2; i < 12; i++)
            await APlanInWhichMuchWaits();
        var forTwelve = await Costs();

        Assert.Equal(Team.Select(who => (who, forTwo[who].Commands)), Team.Select(who => (who, forTwelve[who].Commands)));
        Assert.All(Team, who => Assert.True(forTwelve[who].Items >= forTwo[who].Items + 10, $"{who} is asked nothing more."));
        Assert.All(Team, who => Assert.InRange(forTwelve[who].Commands, 1, 30));
        // And hardly at all for whoever was told of it before, while nothing has changed.
        Assert.All(Team, who => Assert.InRange(forTwelve[who].Again, 0, MostForWhatIsKept));
        Assert.All(Team, who => Assert.True(forTwelve[who].Again <= forTwelve[who].Commands / 2, $"{who} costs as much again."));
    }

    private async Task<Dictionary<string, (int Commands, int Again, int Items)>> Costs()
    {
        At(10, 20);
        var costs = new Dictionary<string, (int, int, int)>();
        foreach (var who in Team)
        {
            // Whatever is looked up once and remembered. Work is remembered for a quarter of an hour.
            await people[who].Get("/me/work?limit=200");
            host.Clock.Now += TimeSpan.FromMinutes(15);
            var before = asked.Count;
            var work = (await people[who].Get("/me/work?limit=200")).Expect(200);
            var between = asked.Count;
            Assert.Equal(work.Text, (await people[who].Get("/me/work?limit=200")).Expect(200).Text);
            costs[who] = (between - before, asked.Count - between, work.Items.Count());
        }

        return costs;
    }

    /// <summary>A view is owed, a voice is missing while the review closes, a decision is in question, an action is held, an answer and a reply are owed.</summary>
    private async Task APlanInWhichMuchWaits()
    {
        At(9, 30);
        var (hamo, dominic, imke, sunniva) = (people["hamo.tresk"], people["dominic.ferraby"], people["imke.sandover"], people["sunniva.raike"]);
        var plan = (await hamo.Post("/plans", new { child = new { givenName = "Tamsin", familyName = "Orrell", dateOfBirth = "2014-05-01" }, kind = "pep" })).Expect(201).Id;
        var participants = new Dictionary<string, string>();
        foreach (var (who, role) in new[] { ("dominic.ferraby", "socialWorker"), ("imke.sandover", "designatedTeacher"), ("sunniva.raike", "nurse") })
            participants[who] = (await hamo.Post($"/plans/{plan}/participants", new { person = new { name = who, email = $"{who}@demo.example" }, role })).Expect(201).Id;
        var review = (await hamo.Post($"/plans/{plan}/reviews", new { title = "Review", opensOn = "2026-09-30", closesOn = "2026-10-07", invite = "everyone" })).Expect(201).Id;

        At(10, 1);
        var view = (await imke.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "be-healthy", words = "She sleeps badly." })).Expect(201).Id;
        foreach (var (who, asking) in new[] { ("dominic.ferraby", sunniva), ("sunniva.raike", dominic), ("imke.sandover", dominic) })
            (await asking.Post($"/contributions/{view}/questions", new { words = "Since when?", to = participants[who] })).Expect(201);
        (await imke.Post($"/reviews/{review}/decisions", new { outcomes = new[] { "be-healthy" }, what = "She comes in later", why = "She sleeps badly" })).Expect(201);
        (await dominic.Post($"/plans/{plan}/actions", new { outcome = "be-healthy", what = "Ask the clinic", due = "2026-10-19" })).Expect(201);

        At(10, 2);
        (await sunniva.Post($"/plans/{plan}/contributions", new
        {
            reviewId = review,
            outcome = "be-healthy",
            words = "The clinic sees her.",
            audience = new { kind = "health" },
            summary = "A clinic sees her.",
        })).Expect(201);
    }

    private void At(int month, int day) => host.Clock.Now = new DateTimeOffset(2026, month, day, 11, 0, 0, TimeSpan.Zero);

    /// <summary>Counts what requests ask of the database, and not what goes on behind them.</summary>
    private sealed class AskedByRequests : DbCommandInterceptor
    {
        private static readonly HttpContextAccessor Request = new();

        private int count;

        public int Count => count;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (Request.HttpContext is not null)
                Interlocked.Increment(ref count);
            return ValueTask.FromResult(result);
        }
    }
}
