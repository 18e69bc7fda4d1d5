using System.Globalization;
using System.Text.Json.Nodes;
using CasePlanning.Application.Pipeline;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Api.V1;
using CasePlanning.Server.Tests.Contract;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// Every operation of the API, and the pages that people open most: on a small database, and on one with
/// ten times as many plans of others. What nobody gets must cost nobody anything, so that SQLite has as much to do on one as on the
/// other. A query that reads a table for the few rows that it gives passes every other test.
/// </summary>
public sealed class GrowthTests(ITestOutputHelper output) : IDisposable
{
    private const int Few = 3;
    private const int Many = 30;
    private const string DatabaseName = "caseplanning.db";
    private const string Control = "a query that reads a table, to show that it is found";

    /// <summary>An index is a little deeper, and a page of it split elsewhere.</summary>
    private const double MostGrowth = 1.2;
    private const long Slack = 200;

    /// <summary>What is given costs something, here so much for each item of a list.</summary>
    private const long OfAnItem = 40;

    /// <summary>Requests that look at more than they give, and why that is borne.</summary>
    private static readonly Dictionary<string, string> Borne = new()
    {
        ["listEmergencyAccesses by petra"] = "emergencies are few, and her list begins with the oldest that nobody has reviewed",
        ["readMyWork by petra"] = "she is shown every emergency that nobody has reviewed",
        ["readMyWork by edda"] = "she is shown those that nobody has reviewed in time",
        ["followChanges from the beginning by a system"] = "it looks along the writes of everybody, a thousand at most in one request, and sees no more of those of others than which plan they are in",
    };

    private readonly string home = Directory.CreateTempSubdirectory("caseplanning-growth-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task What_a_request_costs_does_not_grow_with_what_it_does_not_give()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "Counts the steps of SQLite.");
        var began = TimeProvider.System.GetTimestamp();
        var template = await Template();
        var accepted = new Dictionary<string, ExampleRequest>();
        var (fewRows, few) = await Asked(template, Few, accepted);
        var (manyRows, many) = await Asked(template, Many, accepted);

        var faults = few.Keys.Union(many.Keys).Order(StringComparer.Ordinal).Select(request => FaultOf(request, few.GetValueOrDefault(request), many.GetValueOrDefault(request))).OfType<string>().ToList();
        var most = few.Where(f => !Borne.ContainsKey(f.Key) && f.Key != Control && f.Value.Steps > 1000).Select(f => (Request: f.Key, Growth: (double)many[f.Key].Steps / f.Value.Steps)).MaxBy(g => g.Growth);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Growth: {few.Count - 1} requests with {fewRows} rows and with {manyRows} in the store; the cost of {faults.Count} grows with what they do not give, at most {most.Growth:F2} times ({most.Request}); a query that reads a whole table is found ({(double)many[Control].Steps / few[Control].Steps:F1} times); {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s."));
        Found.Nothing(faults);
        Assert.True(many[Control].Steps > few[Control].Steps * 3, "What reads a whole table was not found, so this proves nothing.");
    }

    private static string? FaultOf(string request, Cost? few, Cost? many)
    {
        if (few is null || many is null || few.Status != many.Status)
            return $"{request}: {few?.Status} and {many?.Status}";
        if (request == Control || Borne.ContainsKey(request) || many.Steps <= (few.Steps * MostGrowth) + Slack + (OfAnItem * Math.Max(0, many.Items - few.Items)))
            return null;
        var worst = many.Commands.MaxBy(c => c.Value - few.Commands.GetValueOrDefault(c.Key));
        return $"{request} ({many.Status}): {few.Steps} steps and {many.Steps}, most of them for ({few.Commands.GetValueOrDefault(worst.Key)} and {worst.Value})\n{worst.Key}\n";
    }

    /// <summary>The people, a plan with one of everything, and the demo.</summary>
    private async Task<string> Template()
    {
        var directory = Path.Combine(home, "template");
        PreparedDirectory.CopyTo(directory);
        await using (var host = new PlanningHost { DataDirectory = directory, ComparesJournal = false, NumbersByItself = false })
        {
            await host.InitializeAsync();
            await OneOfEverything.For(await OneOfEverything.Gather(host));
            await host.WriteNotices();
        }

        SqliteConnection.ClearAllPools();
        return directory;
    }

    private async Task<(long Rows, IReadOnlyDictionary<string, Cost> Costs)> Asked(string template, int copies, Dictionary<string, ExampleRequest> accepted)
    {
        var directory = Path.Combine(home, $"{copies}");
        foreach (var file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var rows = await new ManyPlans(Path.Combine(template, DatabaseName)).AddTo(Path.Combine(directory, DatabaseName), copies);
        var work = new StoreWork();
        await using var host = new PlanningHost
        {
            DataDirectory = directory,
            ComparesJournal = false,
            NumbersByItself = false,
            Replace = services => services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(work)),
        };
        await host.InitializeAsync();
        await host.WriteNotices();
        var requests = new Requests(host, work, await OneOfEverything.For(OneOfEverything.GatherAgain(host)), accepted);
        await requests.SendAll();
        return (rows, requests.Costs);
    }

    /// <param name="Items">How many the list has that was given, if it is one.</param>
    private sealed record Cost(int Status, int Items, IReadOnlyDictionary<string, long> Commands)
    {
        /// <summary>How much there was to do in the store.</summary>
        public long Steps { get; } = Commands.Values.Sum();
    }

    /// <summary>The same requests on every database, in the same order.</summary>
    /// <param name="accepted">Of each operation that writes, what was accepted on the first database and is then sent to the next.</param>
    private sealed class Requests(PlanningHost host, StoreWork work, OneOfEverything one, Dictionary<string, ExampleRequest> accepted)
    {
        /// <summary>In the order in which each operation looks for the one who may.</summary>
        private static readonly string[] Names = ["hamo", "dominic", "delphine", "kezia", "sunniva", "petra", "oona", "edda"];

        /// <summary>Who coordinates, a mother, who administers two authorities and one, and a nurse who takes part in nothing.</summary>
        private static readonly string[] Readers = ["hamo", "delphine", "petra", "edda", "oona"];

        private static readonly string[] Pages = ["", "/people", "/reviews", "/actions", "/history", "/restrictions", "/print", "/my-say"];

        private readonly Dictionary<string, Cost> costs = [];

        public IReadOnlyDictionary<string, Cost> Costs => costs;

        public async Task SendAll()
        {
            using var anonymous = host.Anonymous();
            var operations = (await ApiDocument.Of(anonymous.Http)).Operations;
            foreach (var operation in operations.Where(o => o.Reads))
                await Read(operation);
            await Follow();
            foreach (var name in (string[])["hamo", "delphine", "kezia"])
                await Look(name);
            foreach (var operation in operations.Where(o => !o.Reads))
                await Write(operation);
            await Measure("what the journal does by itself", () => Status(host.SignJournal()));
            await Measure("what mail does by itself", () => Status(host.WriteNotices()));
            await Measure(Control, () => Status(host.With(store => store.Participants.CountAsync(p => p.Version < 0))));
        }

        private async Task Read(ApiOperation operation)
        {
            foreach (var address in one.AddressesFor(operation.Path))
            {
                foreach (var reader in Readers)
                    await Measured(operation, reader, new ApiRequest(HttpMethod.Get, address));
            }
        }

        private async Task Write(ApiOperation operation)
        {
            // The system comes after the people, and writes nothing that none of them writes.
            var examples = accepted.TryGetValue(operation.Id, out var known) ? [known] : ExampleRequest.All(operation, one).Where(e => e.Caller < Names.Length);
            foreach (var example in examples)
            {
                if (await Measured(operation, Names[example.Caller], await example.Of(one), isKept: status => status < 300))
                {
                    accepted.TryAdd(operation.Id, example);
                    return;
                }
            }
        }

        /// <summary>Nobody but a system follows the changes.</summary>
        private async Task Follow()
        {
            using var system = host.Integrators.As(await host.Integrators.Register(one.Localise(Examples.Agency.ToString())));
            await host.SignJournal();
            var cursor = (await system.Get("/changes?from=now")).Expect(200)["next"].GetString();
            foreach (var (what, query) in new[] { ("from the beginning", "from=beginning"), ("with nothing new", $"cursor={cursor}") })
            {
                await Measure($"followChanges {what} by a system", async () =>
                {
                    var answer = (await system.Get($"/changes?{query}")).Expect(200);
                    return (200, answer.Items.Count());
                });
            }
        }

        private async Task Look(string name)
        {
            using var visitor = await host.VisitAs(name);
            foreach (var page in (string[])["/", "/plans", "/my-work", "/drafts", "/account", .. Pages.Select(page => $"/plans/{one.Plan}{page}")])
                await Measure($"{page.Replace(one.Plan, "*", StringComparison.Ordinal)} seen by {name}", async () => ((int)(await visitor.Get(page)).Status, 0));
        }

        private async Task<bool> Measured(ApiOperation operation, string caller, ApiRequest request, Func<int, bool>? isKept = null)
        {
            var http = one.Callers[Array.IndexOf(Names, caller)].Http;
            using var message = request.Message(http.BaseAddress!);
            message.RequestUri = new Uri(http.BaseAddress!, request.Path);
            return await Measure($"{operation.Id} by {caller}", async () =>
            {
                using var answer = await http.SendAsync(message);
                var text = await answer.Content.ReadAsStringAsync();
                var list = answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text) as JsonObject : null;
                return ((int)answer.StatusCode, (list?["items"] as JsonArray)?.Count ?? 0);
            }, isKept);
        }

        private async Task<bool> Measure(string what, Func<Task<(int Status, int Items)>> send, Func<int, bool>? isKept = null)
        {
            ForgetFacts();
            work.Take();
            var (status, items) = await send();
            if (isKept?.Invoke(status) == false)
                return false;
            // Others are the same by the same caller, about something else.
            var others = costs.Keys.Count(known => known == what || known.StartsWith($"{what}, ", StringComparison.Ordinal));
            costs.Add(others == 0 ? what : $"{what}, {others + 1}", new Cost(status, items, work.Take()));
            return true;
        }

        /// <summary>What another request has asked already would cost this one nothing, unless a minute has gone by.</summary>
        private void ForgetFacts()
        {
            var facts = host.Services.GetRequiredService<KeptFacts>();
            facts.Writing();
            facts.Written();
        }

        private static async Task<(int Status, int Items)> Status(Task done)
        {
            await done;
            return (200, 0);
        }
    }
}
