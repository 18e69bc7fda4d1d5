using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>Whoever waits for the write lane holds up no reader.</summary>
public sealed class ReadConnectionTests : IAsyncLifetime
{
    private readonly Gate gate = new();
    private readonly PlanningHost host;

    public ReadConnectionTests() => host = new PlanningHost
    {
        ComparesJournal = false,
        Replace = services => services.Replace(ServiceDescriptor.Singleton<IJournal>(gate)),
    };

    private OpenContexts Contexts => host.Services.GetRequiredService<OpenContexts>();

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "SQL Server's connections go back to their pool by themselves.");
        return host.InitializeAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task While_a_look_is_being_journaled_what_it_was_read_with_is_for_others()
    {
        var imke = host.SignInAs("imke.sandover");
        var plan = (await imke.Get("/plans")).Items.Single().GetProperty("id").GetString()!;
        foreach (var address in (string[])["/plans", $"/plans/{plan}/reading", "/me/work"])
        {
            (await imke.Get(address)).Expect(200);
            var all = Contexts.CountOfIdle;
            Assert.True(all > 0);

            gate.Close();
            var reading = imke.Get(address);
            await gate.Reached.WaitAsync(TimeSpan.FromSeconds(20));
            Assert.True(all == Contexts.CountOfIdle, $"{address} holds a connection while it waits.");
            gate.Open();
            (await reading).Expect(200);
            Assert.Equal(all, Contexts.CountOfIdle);
        }
    }

    [Fact]
    public void What_was_given_back_is_the_next_ones_and_nobody_asks_for_it_by_accident()
    {
        using var first = host.Services.CreateScope();
        var taken = first.ServiceProvider.GetRequiredService<IPlanningDatabase>();
        Assert.Same(taken, first.ServiceProvider.GetRequiredService<IPlanningDatabase>());
        first.ServiceProvider.GetRequiredService<IReadConnection>().GiveBack();

        using var second = host.Services.CreateScope();
        Assert.Same(taken, second.ServiceProvider.GetRequiredService<IPlanningDatabase>());
        Assert.Throws<InvalidOperationException>(first.ServiceProvider.GetRequiredService<IPlanningDatabase>);

        // Its end gives back nothing that is another's by now.
        first.Dispose();
        using var third = host.Services.CreateScope();
        Assert.NotSame(taken, third.ServiceProvider.GetRequiredService<IPlanningDatabase>());
    }

    /// <summary>A journal at which everybody waits while it is closed.</summary>
    private sealed class Gate : IJournal
    {
        private TaskCompletionSource opened = new();
        private TaskCompletionSource reached = new();

        public Gate() => opened.SetResult();

        public Task Reached => reached.Task;

        public void Close() => (opened, reached) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously));

        public void Open() => opened.SetResult();

        public Task Record(JournalEntry entry, CancellationToken cancellation)
        {
            reached.TrySetResult();
            return opened.Task;
        }
    }
}
