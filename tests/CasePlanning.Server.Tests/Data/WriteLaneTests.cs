using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>What the lane of either database promises its callers.</summary>
public sealed class WriteLaneTests(PlanningHost host) : IClassFixture<PlanningHost>
{
    private IWriteLane Lane => host.Services.GetRequiredService<IWriteLane>();

    [Fact]
    public async Task Two_hundred_at_once_are_all_kept_once_each()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => Lane.Run(LaneWork.Add($"Agency {n}"), CancellationToken.None))));

        Assert.Equal(ids.Order(), (await LaneWork.Stored(host, "Agency ")).Order());
    }

    [Fact]
    public async Task One_that_fails_is_told_so_alone_and_leaves_nothing()
    {
        var commands = Enumerable.Range(0, 60).Select(n => Task.Run(() => n % 3 == 0
            ? Lane.Run(LaneWork.AddAndFail($"Fails {n}"), CancellationToken.None)
            : Lane.Run(LaneWork.Add($"Stays {n}"), CancellationToken.None))).ToList();
        await Task.WhenAll(commands).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.All(commands.Where((_, n) => n % 3 == 0), failed => Assert.IsType<LaneWork.Mishap>(Assert.Single(failed.Exception!.InnerExceptions)));
        Assert.All(commands.Where((_, n) => n % 3 != 0), kept => Assert.True(kept.IsCompletedSuccessfully));
        Assert.Equal(40, (await LaneWork.Stored(host, "Stays ")).Count);
        Assert.Empty(await LaneWork.Stored(host, "Fails "));
    }

    [Fact]
    public async Task One_that_breaks_a_constraint_of_the_database_disturbs_no_other()
    {
        var nowhere = new Person("Ada Quill", null, agencyId: Guid.CreateVersion7(StoredPlan.Now), Role.Nurse, StoredPlan.Now);

        var commands = Enumerable.Range(0, 30).Select(n => Lane.Run(n == 7 ? LaneWork.Add(nowhere, nowhere.Id) : LaneWork.Add($"Beside {n}"), CancellationToken.None)).ToList();
        await Task.WhenAll(commands).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.IsType<DbUpdateException>(Assert.Single(commands[7].Exception!.InnerExceptions));
        Assert.Equal(29, (await LaneWork.Stored(host, "Beside ")).Count);
    }

    [Fact]
    public async Task Whoever_is_answered_is_in_the_database_for_everybody_to_see()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async n =>
        {
            var id = await Lane.Run(LaneWork.Add($"Seen {n}"), CancellationToken.None);
            Assert.Contains(id, await LaneWork.Stored(host, $"Seen {n}"));
        }));
    }

    [Fact]
    public async Task What_has_not_been_committed_is_seen_by_nobody_else_and_answered_to_nobody()
    {
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var command = Lane.Run(async (services, cancellation) =>
        {
            var id = await LaneWork.Add("Half done")(services, cancellation);
            inside.SetResult();
            await goOn.Task;
            return id;
        }, CancellationToken.None);

        await inside.Task;
        Assert.Empty(await LaneWork.Stored(host, "Half done"));
        Assert.False(command.IsCompleted);

        goOn.SetResult();
        var kept = await command;
        Assert.Equal([kept], await LaneWork.Stored(host, "Half done"));
    }

    [Fact]
    public async Task Each_has_a_scope_of_its_own_and_nothing_that_another_had_loaded()
    {
        var stored = await StoredPlan.In(host);
        var scopes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Lane.Run(async (services, cancellation) =>
        {
            var database = (PlanningContext)services.GetRequiredService<IPlanningDatabase>();
            Assert.Empty(database.ChangeTracker.Entries());
            await database.Plans.SingleAsync(p => p.Id == stored.Plan.Id, cancellation);
            return services;
        }, CancellationToken.None)));

        Assert.Equal(20, scopes.Distinct().Count());
    }
}
