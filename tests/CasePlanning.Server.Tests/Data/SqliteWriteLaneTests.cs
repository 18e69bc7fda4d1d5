using System.Data.Common;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>The one lane of a SQLite file: its queue, its end, and what it does when the file cannot be written.</summary>
public sealed class SqliteWriteLaneTests : IAsyncLifetime
{
    private static readonly AsyncLocal<string?> Ambient = new();

    private readonly PlanningHost host = new();

    private IWriteLane Lane => host.Services.GetRequiredService<IWriteLane>();

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite alone.");
        return host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Whoever_has_gone_before_it_began_is_not_served()
    {
        using var gone = new CancellationTokenSource();
        var (blocker, release) = Block();
        var waiting = Lane.Run(LaneWork.Add("Gone"), gone.Token);
        await gone.CancelAsync();
        release();
        await blocker;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(await LaneWork.Stored(host, "Gone"));
    }

    [Fact]
    public async Task What_has_begun_runs_to_its_end_though_its_caller_goes()
    {
        using var gone = new CancellationTokenSource();
        var command = Lane.Run(async (services, cancellation) =>
        {
            await gone.CancelAsync();
            return await LaneWork.Add("Begun")(services, cancellation);
        }, gone.Token);

        var kept = await command;
        Assert.Equal([kept], await LaneWork.Stored(host, "Begun"));
    }

    [Fact]
    public async Task At_the_end_everything_that_waits_is_carried_out_and_nothing_new_is_taken()
    {
        var (blocker, release) = Block();
        var waiting = Enumerable.Range(0, 300).Select(n => Lane.Run(LaneWork.Add($"Waits {n}"), CancellationToken.None)).ToList();

        var stopping = ((IHostedService)Lane).StopAsync(CancellationToken.None);
        var refused = await Assert.ThrowsAsync<StoreUnavailable>(() => Lane.Run(LaneWork.Add("Too late"), CancellationToken.None));
        release();
        await stopping;

        Assert.Equal("store.unavailable", refused.Code);
        await blocker;
        await Task.WhenAll(waiting);
        Assert.Equal(300, (await LaneWork.Stored(host, "Waits ")).Count);
        Assert.Empty(await LaneWork.Stored(host, "Too late"));
    }

    [Fact]
    public async Task When_too_many_wait_for_too_long_the_next_is_told_that_the_store_is_busy()
    {
        var (blocker, release) = Block();
        var waiting = Enumerable.Range(0, 5000).Select(n => Lane.Run((_, _) => Task.FromResult(n), CancellationToken.None)).ToList();

        var refused = await Assert.ThrowsAsync<StoreUnavailable>(() => waiting[^1]);
        release();
        await blocker;

        Assert.Equal("store.busy", refused.Code);
        Assert.Equal(Enumerable.Range(0, 4000), await Task.WhenAll(waiting[..4000]));
    }

    [Fact]
    public async Task A_command_that_sends_another_is_refused_instead_of_waiting_for_itself()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Lane.Run((_, cancellation) => Lane.Run(LaneWork.Add("Inner"), cancellation), CancellationToken.None));
    }

    [Fact]
    public async Task The_lane_carries_nothing_of_whoever_came_first()
    {
        Ambient.Value = "whoever starts the lane";
        await using var started = new PlanningHost();
        await started.InitializeAsync();

        var lane = started.Services.GetRequiredService<IWriteLane>();
        Assert.Null(await lane.Run((_, _) => Task.FromResult(Ambient.Value), CancellationToken.None));
    }

    [Fact]
    public async Task While_another_process_holds_the_file_callers_are_told_and_afterwards_all_is_well()
    {
        await Lane.Run(LaneWork.Add("Before"), CancellationToken.None);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "caseplanning.db")}");
        await other.OpenAsync();
        var held = other.BeginTransaction(deferred: false);

        var waiting = Enumerable.Range(0, 5).Select(n => Lane.Run(LaneWork.Add($"Locked {n}"), CancellationToken.None)).ToList();
        foreach (var command in waiting)
            Assert.Equal("store.unavailable", (await Assert.ThrowsAsync<StoreUnavailable>(() => command)).Code);

        await held.DisposeAsync();
        await Lane.Run(LaneWork.Add("After"), CancellationToken.None);
        Assert.Single(await LaneWork.Stored(host, "After"));
        Assert.Empty(await LaneWork.Stored(host, "Locked "));
    }

    [Fact]
    public async Task When_the_disk_is_full_callers_are_told_and_when_it_is_not_all_is_well()
    {
        await Lane.Run(Limit("(SELECT page_count + 2 FROM pragma_page_count)"), CancellationToken.None);

        var waiting = Enumerable.Range(0, 300).Select(n => Lane.Run(LaneWork.Add($"Full {n}"), CancellationToken.None)).ToList();
        await Task.WhenAll(waiting).ContinueWith(_ => { }, TaskScheduler.Default);
        var kept = waiting.Where(command => command.IsCompletedSuccessfully).ToList();
        var refused = waiting.Except(kept).Select(command => Assert.IsType<StoreUnavailable>(Assert.Single(command.Exception!.InnerExceptions))).ToList();
        await Lane.Run(Limit("1073741823"), CancellationToken.None);
        await Lane.Run(LaneWork.Add("After"), CancellationToken.None);

        Assert.Contains(refused, refusal => refusal.Code == "store.full");
        Assert.Equal(kept.Count, (await LaneWork.Stored(host, "Full ")).Count);
        Assert.Single(await LaneWork.Stored(host, "After"));

        static Func<IServiceProvider, CancellationToken, Task<bool>> Limit(string pages) => async (services, cancellation) =>
        {
            var database = ((PlanningContext)services.GetRequiredService<IPlanningDatabase>()).Database;
            await using var command = database.GetDbConnection().CreateCommand();
            command.Transaction = database.CurrentTransaction!.GetDbTransaction();
            command.CommandText = $"SELECT {pages};";
            var limit = (long)(await command.ExecuteScalarAsync(cancellation))!;
            command.CommandText = $"PRAGMA max_page_count={limit};";
            await command.ExecuteNonQueryAsync(cancellation);
            return true;
        };
    }

    [Fact]
    public async Task A_commit_that_fails_fails_everybody_in_it_and_the_next_one_does_not()
    {
        var commits = new FailingCommits();
        await using var failing = new PlanningHost
        {
            Replace = services => services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(commits)),
        };
        await failing.InitializeAsync();
        var lane = failing.Services.GetRequiredService<IWriteLane>();

        commits.Fail = true;
        var waiting = Enumerable.Range(0, 10).Select(n => lane.Run(LaneWork.Add($"Lost {n}"), CancellationToken.None)).ToList();
        foreach (var command in waiting)
            Assert.Equal("store.unavailable", (await Assert.ThrowsAsync<StoreUnavailable>(() => command)).Code);
        commits.Fail = false;
        await lane.Run(LaneWork.Add("Lost no more"), CancellationToken.None);

        await using var scope = failing.Services.CreateAsyncScope();
        Assert.Equal("Lost no more", await scope.ServiceProvider.GetRequiredService<PlanningContext>().Agencies
            .Where(a => a.Name.StartsWith("Lost")).Select(a => a.Name).SingleAsync());
    }

    /// <summary>Holds the lane until it is released, so that what comes next has to wait.</summary>
    private (Task Blocker, Action Release) Block()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocker = Lane.Run(async (_, _) =>
        {
            await goOn.Task;
            return true;
        }, CancellationToken.None);
        return (blocker, goOn.SetResult);
    }

    private sealed class FailingCommits : DbTransactionInterceptor
    {
        public bool Fail { get; set; }

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Fail ? throw new SqliteException("disk I/O error", 10) : ValueTask.FromResult(result);
    }
}
