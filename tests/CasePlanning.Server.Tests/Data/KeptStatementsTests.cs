using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>A statement that is kept does what a new one would do.</summary>
public sealed class KeptStatementsTests : IAsyncLifetime
{
    private readonly PlanningHost host = new() { ComparesJournal = false };

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "SQL Server keeps its own.");
        return host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public Task A_query_that_is_asked_again_finds_what_was_committed_since_and_takes_other_values() => host.With(async database =>
    {
        Task<List<string>> Found(string beginning) => database.Agencies.Where(a => a.Name.StartsWith(beginning)).OrderBy(a => a.Name).Select(a => a.Name).ToListAsync();
        Assert.Empty(await Found("Kept"));

        foreach (var name in (string[])["Kept 1", "Kept 2", "Other"])
            await host.Write(store => store.Agencies.Add(new Agency(name, AgencyKind.Other, "thornmere", StoredPlan.Now)));

        Assert.Equal(["Kept 1", "Kept 2"], await Found("Kept"));
        Assert.Equal(["Other"], await Found("Other"));
        return true;
    });

    [Fact]
    public Task One_that_is_being_read_can_be_asked_again_meanwhile() => host.With(async database =>
    {
        var names = database.Agencies.OrderBy(a => a.Name).Select(a => a.Name);
        var all = await names.ToListAsync();
        var read = new List<string>();
        await foreach (var name in names.AsAsyncEnumerable())
        {
            read.Add(name);
            Assert.Equal(all, await names.ToListAsync());
        }

        Assert.True(all.Count > 1);
        Assert.Equal(all, read);
        return true;
    });

    [Fact]
    public Task However_many_are_asked_the_first_still_answers() => host.With(async database =>
    {
        var agencies = await database.Agencies.CountAsync();
        for (var round = 0; round < 2; round++)
        {
            // Each number written out is a statement of its own, and more of them than are kept.
            for (var length = -70; length < 0; length++)
                Assert.Equal(agencies, await database.Agencies.CountAsync(a => a.Name.Length > EF.Constant(length)));
        }

        return true;
    });

    [Fact]
    public async Task What_is_appended_is_stored_as_EF_Core_would_store_it()
    {
        var entry = new JournalEntry(
            new Actor(Guid.NewGuid(), "client", Guid.NewGuid(), Guid.NewGuid(), "request"),
            new Deed("ReadPlan", true, Guid.NewGuid(), "Plan", Guid.NewGuid(), Guid.NewGuid(), "to see"), Verdict.Emergency, [1, 2, 3], StoredPlan.Now);
        var bare = new JournalEntry(new Actor(null, null, null, null, "bare"), new Deed("Search", false, null, null, null), Verdict.Denied, [], StoredPlan.Now);
        var record = new IdempotencyRecord("person:1", "key", "AddContribution", new string('a', 64), Guid.NewGuid(), StoredPlan.Now);

        var plan = await StoredPlan.In(host);
        var view = plan.Says(plan.Nurse, "Sleeps late.", new Audience(AudienceKind.Named, [plan.Lead.Id, plan.Child.Id], []), "About sleep.");

        async Task Append(IPlanningDatabase store)
        {
            store.Append(entry, bare);
            store.Append(record);
            store.Append(view);
            store.Append(view.Versions);
            await store.SaveChangesAsync(CancellationToken.None);
        }

        // Once with a new statement, and once with the one that was kept.
        await SeenStored(Append);
        var appended = await SeenStored(Append);
        var added = await SeenStored(store =>
        {
            ((PlanningContext)store).AddRange(entry, bare, record, view);
            return store.SaveChangesAsync(CancellationToken.None);
        });

        Assert.Equal(5, added.Count - (await SeenStored(_ => Task.CompletedTask)).Count);
        Assert.Equal(added, appended);
    }

    /// <summary>What is in the rows, column by column with its type, before all of it is taken back.</summary>
    private async Task<List<string>> SeenStored(Func<IPlanningDatabase, Task> add)
    {
        var seen = new List<string>();
        await Assert.ThrowsAsync<LaneWork.Mishap>(() => host.Services.GetRequiredService<IWriteLane>().Run<bool>(async (services, cancellation) =>
        {
            var store = services.GetRequiredService<IPlanningDatabase>();
            await add(store);
            var connection = (SqliteConnection)((PlanningContext)store).Database.GetDbConnection();
            foreach (var table in (string[])["Journal\" WHERE \"RequestId\" IN ('request', 'bare') ORDER BY \"RequestId", "IdempotencyRecords", "Contributions", "ContributionVersions"])
            {
                await using var command = connection.CreateCommand();
                command.CommandText = $"SELECT * FROM \"{table}\"";
                await using var rows = await command.ExecuteReaderAsync(cancellation);
                while (await rows.ReadAsync(cancellation))
                {
                    seen.Add(string.Join(", ", Enumerable.Range(0, rows.FieldCount).Select(i =>
                        $"{rows.GetName(i)} {rows.GetValue(i).GetType().Name} {(rows.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : rows.GetValue(i))}")));
                }
            }

            throw new LaneWork.Mishap();
        }, CancellationToken.None));
        return seen;
    }
}
