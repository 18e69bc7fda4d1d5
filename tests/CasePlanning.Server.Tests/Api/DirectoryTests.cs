using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>Who can do what is needed: found by the words in which they say it.</summary>
public sealed class DirectoryTests : IAsyncLifetime
{
    private readonly StoreWork work = new();
    private readonly PlanningHost host;

    public DirectoryTests() => host = new PlanningHost { Replace = services => services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(work)) };

    public async ValueTask InitializeAsync()
    {
        await Enter("Ada Wren", "Sleep and bedtimes; children's fears", 4, 11, "Thornmere North");
        await Enter("Bram Oake", "Sleeping away from home, self-harm", 12, 18, "Thornmere South");
        await Enter("Cerys Lund", "Reading", 4, 18, "Wexmoor");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_word_begins_one_of_the_offer_or_the_area()
    {
        foreach (var (search, found) in new (string, string[])[]
        {
            ("need=sleep", ["Ada Wren", "Bram Oake"]),
            ("need=SLEEPING", ["Bram Oake"]),
            ("need=childrens+fear", ["Ada Wren"]),
            ("need=self-harm", ["Bram Oake"]),
            ("need=sleep&area=north", ["Ada Wren"]),
            ("need=sleep&age=14", ["Bram Oake"]),
            ("need=sleep+reading", []),
            ("need=eep", []),
            ("need=nothing", []),
            ("area=wexmoor", ["Cerys Lund"]),
        })
            Assert.Equal((search, string.Join(',', found)), (search, string.Join(',', (await Found(search)).Where(IsOurs).Order())));
    }

    [Fact]
    public async Task Pages_follow_each_other_whether_something_is_needed_or_not()
    {
        var hamo = host.SignInAs("hamo.tresk");
        foreach (var search in new[] { "need=thornmere&limit=1", "limit=1" })
        {
            var (names, page) = (new List<string>(), (await hamo.Get($"/directory?{search}")).Expect(200));
            for (; ; page = (await hamo.Get($"/directory?{search}&cursor={page["next"].GetString()}")).Expect(200))
            {
                names.Add(Assert.Single(page.Items).GetProperty("name").GetString()!);
                if (page["next"].GetString() is null)
                    break;
            }

            Assert.Equal(await Found(search.Replace("limit=1", "limit=200", StringComparison.Ordinal)), names);
            Assert.Contains("Ada Wren", names);
        }
    }

    [Fact]
    public async Task Whoever_writes_their_entry_anew_is_found_by_the_new_words_alone()
    {
        var dominic = host.SignInAs("dominic.ferraby");
        await State("Sleep, football");
        Assert.Equal(["Ada Wren", "Bram Oake", "Dominic Ferraby"], (await Found("need=sleep")).Where(n => IsOurs(n) || n == "Dominic Ferraby").Order());
        await State("Football and drawing");
        Assert.DoesNotContain("Dominic Ferraby", await Found("need=sleep"));
        Assert.Contains("Dominic Ferraby", await Found("need=football"));
        Assert.Contains("Dominic Ferraby", await Found("need=draw"));

        async Task State(string canDo) => (await dominic.Put("/me/expertise",
            new { canDo, cannotDo = "Sleep", ageFrom = 4, ageTo = 18, area = "Thornmere", howToReach = "By telephone" })).Expect(200);
    }

    [Fact]
    public async Task What_a_search_costs_does_not_grow_with_the_directory()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "Counts the steps of SQLite.");
        var few = await Cost();
        await host.Write(database =>
        {
            for (var i = 0; i < 200; i++)
                Enter(database, $"Somebody {i}", "Arithmetic", 4, 18, "Wexmoor");
        });
        var many = await Cost();
        Assert.InRange(many, 1, (few * 1.2) + 200);

        async Task<long> Cost()
        {
            await Found("need=sleep");
            work.Take();
            await Found("need=sleep");
            return work.Take().Where(c => c.Key.Contains("ExpertiseWords", StringComparison.Ordinal)).Sum(c => c.Value);
        }
    }

    private static bool IsOurs(string name) => name is "Ada Wren" or "Bram Oake" or "Cerys Lund";

    private async Task<List<string>> Found(string search) =>
        [.. (await host.SignInAs("hamo.tresk").Get($"/directory?{search}")).Expect(200).Items.Select(e => e.GetProperty("name").GetString()!)];

    private Task<int> Enter(string name, string canDo, int from, int to, string area) => host.Write(database => Enter(database, name, canDo, from, to, area));

    private static void Enter(IPlanningDatabase database, string name, string canDo, int from, int to, string area)
    {
        var now = new DateTimeOffset(2026, 9, 1, 9, 0, 0, TimeSpan.Zero);
        var person = new Person(name, email: null, database.Agencies.First().Id, Role.Nurse, now);
        var entry = new ExpertiseEntry(person.Id);
        entry.Confirm(canDo, "Nothing that a prescription is needed for", from, to, area, "By telephone", DateOnly.FromDateTime(now.UtcDateTime));
        database.Persons.Add(person);
        database.Expertise.Add(entry);
        database.ExpertiseWords.AddRange(ExpertiseWord.Of(entry));
    }
}
