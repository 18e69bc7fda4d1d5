using CasePlanning.Application;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>The first start, the second, and the one after something went wrong.</summary>
public sealed class PreparationTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("caseplanning-").FullName;

    public PreparationTests() => Assert.SkipWhen(TestDatabase.IsSqlServer, "Starts hosts again on the same file.");

    private string DatabaseFile => Path.Combine(data, "caseplanning.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_second_start_keeps_what_the_first_had()
    {
        List<Guid> plans;
        await using (var first = await Start())
        {
            await StoredPlan.In(first);
            plans = await Plans(first);
        }

        await using var second = await Start();

        Assert.NotEmpty(plans);
        Assert.Equal(plans, await Plans(second));
        Assert.Equal([Framework.Default, "shanarri"], await With(second, store => store.Frameworks.OrderBy(f => f.Code).Select(f => f.Code).ToListAsync()));
    }

    [Fact]
    public async Task Of_several_that_start_at_once_one_serves_and_when_it_has_gone_another_may()
    {
        var starts = Enumerable.Range(0, 3).Select(_ => Task.Run(Start)).ToList();
        await Task.WhenAll(starts).ContinueWith(_ => { }, TaskScheduler.Default);

        await using (var one = await Assert.Single(starts, start => start.IsCompletedSuccessfully))
            Assert.Equal(2, await With(one, store => store.Frameworks.CountAsync()));
        // The test's host may look for one that was refused when that has ended already, and then does not hear why.
        Assert.All(starts.Where(start => start.IsFaulted).Select(start => Assert.Single(start.Exception!.InnerExceptions)), refused =>
            Assert.True(refused is ObjectDisposedException || (refused is StartRefused why && why.Message.Contains("Another server is running", StringComparison.Ordinal)), $"{refused}"));

        await using var next = await Start();
        Assert.Equal(2, await With(next, store => store.Frameworks.CountAsync()));
    }

    [Fact]
    public async Task Everything_that_is_written_is_in_the_data_directory()
    {
        await using var host = await Start();

        Assert.Contains(DatabaseFile, Directory.GetFiles(data));
    }

    [Fact]
    public async Task Entries_of_the_directory_without_words_are_given_theirs()
    {
        await using (var first = await Start())
        {
            Assert.NotEqual(0, await With(first, store => store.ExpertiseWords.CountAsync()));
            await first.Write(store => store.ExpertiseWords.RemoveRange(store.ExpertiseWords));
        }

        await using var second = await Start();

        var entries = await With(second, store => store.Expertise.AsNoTracking().ToListAsync());
        var words = await With(second, store => store.ExpertiseWords.Select(w => new { w.PersonId, w.Word }).ToListAsync());
        Assert.All(entries, e => Assert.Equal(e.Words.Order(StringComparer.Ordinal), words.Where(w => w.PersonId == e.PersonId).Select(w => w.Word).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_framework_that_is_put_beside_the_data_can_be_planned_by_and_reworded_and_keeps_its_outcomes()
    {
        Put("""{"code":"simple","name":"Simple","outcomes":[{"code":"one","name":"One","childName":"Mine","aims":["An aim"]}]}""");
        await using (var host = await Start())
            Assert.Equal("Simple", await NameOfSimple(host));

        Put("""{"code":"simple","name":"Simpler","outcomes":[{"code":"one","name":"The one","childName":"Mine","aims":[]},{"code":"two","name":"Two","childName":"Ours","aims":[]}]}""");
        await using (var host = await Start())
        {
            Assert.Equal("Simpler", await NameOfSimple(host));
            var outcomes = await With(host, store => store.Frameworks.Where(f => f.Code == "simple").Select(f => f.Outcomes).SingleAsync());
            Assert.Equal([("one", "The one"), ("two", "Two")], outcomes.Select(o => (o.Code, o.Name)));
        }

        Put("""{"code":"simple","name":"Simplest","outcomes":[{"code":"two","name":"Two","childName":"Ours","aims":[]}]}""");
        var fault = await Assert.ThrowsAsync<StartRefused>(Start);
        Assert.Contains("'one'", fault.Message, StringComparison.Ordinal);

        static Task<string> NameOfSimple(PlanningHost host) =>
            With(host, store => store.Frameworks.Where(f => f.Code == "simple").Select(f => f.Name).SingleAsync());
    }

    [Fact]
    public async Task A_faulty_framework_file_stops_the_start()
    {
        Put("{}");

        var fault = await Assert.ThrowsAsync<StartRefused>(Start);

        Assert.Contains("own.json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_was_killed_while_migrating_does_not_hold_up_the_next()
    {
        await using (var connection = new SqliteConnection($"Data Source={DatabaseFile}"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            // What EF Core leaves behind when its process ends between taking its lock and the first migration.
            command.CommandText = """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-10-14 11:00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        var start = Start();
        Assert.Same(start, await Task.WhenAny(start, Task.Delay(TimeSpan.FromSeconds(60))));
        await (await start).DisposeAsync();
    }

    [Theory]
    [InlineData("Database:Provider", "Oracle")]
    [InlineData("Database:Migrate", "perhaps")]
    [InlineData("Authorities:thornmere:Clocks:SignOff:Days", "soon")]
    public async Task A_setting_that_cannot_be_used_stops_the_start_and_is_named(string setting, string value)
    {
        await using var host = new PlanningHost { DataDirectory = data, Settings = new Dictionary<string, string> { [setting] = value } };

        var fault = await Assert.ThrowsAsync<StartRefused>(async () => await host.InitializeAsync());

        Assert.Contains(setting, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SQL_Server_needs_a_connection_string()
    {
        await using var host = new PlanningHost { DataDirectory = data, Settings = new Dictionary<string, string> { ["Database:Provider"] = "SqlServer" } };

        var fault = await Assert.ThrowsAsync<StartRefused>(async () => await host.InitializeAsync());

        Assert.Contains("Database:ConnectionString", fault.Message, StringComparison.Ordinal);
    }

    private async Task<PlanningHost> Start()
    {
        var host = new PlanningHost { DataDirectory = data };
        try
        {
            await host.InitializeAsync();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return host;
    }

    private void Put(string json) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(data, "frameworks")).FullName, "own.json"), json);

    private static Task<List<Guid>> Plans(PlanningHost host) => With(host, store => store.Plans.OrderBy(p => p.Id).Select(p => p.Id).ToListAsync());

    private static async Task<T> With<T>(PlanningHost host, Func<PlanningContext, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<PlanningContext>());
    }
}
