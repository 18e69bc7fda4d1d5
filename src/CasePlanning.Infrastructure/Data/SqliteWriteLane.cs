using System.Threading.Channels;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Infrastructure.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// SQLite has one writer, so there is one lane to it. All commands that wait are carried out in turn on one kept context, each
/// under a savepoint of its own, and share one commit; nobody is answered before it.
/// </summary>
internal sealed class SqliteWriteLane : IWriteLane, IHostedService, IAsyncDisposable
{
    private const int MostWaiting = 4096;
    private const int MostInOneCommit = 128;
    private const string Begin = "SAVEPOINT command;";
    private const string Keep = "RELEASE command;";
    private const string TakeBack = "ROLLBACK TO command; RELEASE command;";
    private static readonly TimeSpan LongestQueueing = TimeSpan.FromSeconds(5);

    /// <summary>Set while the lane carries out commands: one of them that waited for another would wait for itself.</summary>
    private static readonly AsyncLocal<bool> InTheLane = new();

    private readonly Channel<Command> waiting = Channel.CreateBounded<Command>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly IServiceScopeFactory scopes;
    private readonly DbContextOptions<PlanningContext> options;
    private readonly PlanChanges plans;
    private readonly FactWrites facts;
    private readonly StoreMeasures measures;
    private readonly ILogger<SqliteWriteLane> log;
    private readonly Task lane;
    private PlanningContext? kept;
    private ShownChanges changes = new();

    public SqliteWriteLane(
        IServiceScopeFactory scopes, DbContextOptions<PlanningContext> options, PlanChanges plans, FactWrites facts, StoreMeasures measures, ILogger<SqliteWriteLane> log)
    {
        (this.scopes, this.options, this.plans, this.facts, this.measures, this.log) = (scopes, options, plans, facts, measures, log);
        // The lane serves everybody, so it must not carry with it the request that happened to come first.
        using (ExecutionContext.SuppressFlow())
            lane = Task.Run(CarryOutWhatWaits);
    }

    public async Task<T> Run<T>(Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        if (InTheLane.Value)
            throw new InvalidOperationException("A command in the write lane cannot send another: it would wait for itself.");
        var command = new Command<T>(work, cancellation);
        if (!waiting.Writer.TryWrite(command))
            await Queue(command, cancellation);
        return await command.Answer;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Takes nothing new, and ends when everything that waits is committed and answered: also when the host's time to stop is over,
    /// because somebody never finished what they were sending.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        return lane;
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task Queue(Command command, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(LongestQueueing);
        try
        {
            await waiting.Writer.WriteAsync(command, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new StoreUnavailable("store.busy");
        }
        catch (ChannelClosedException stopped)
        {
            throw new StoreUnavailable("store.unavailable", stopped);
        }
    }

    private async Task CarryOutWhatWaits()
    {
        InTheLane.Value = true;
        var commands = new List<Command>(MostInOneCommit);
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (commands.Count < MostInOneCommit && waiting.Reader.TryRead(out var command))
                commands.Add(command);
            await CarryOutTogether(commands);
            commands.Clear();
        }

        LetGoOfContext();
    }

    private async Task CarryOutTogether(List<Command> commands)
    {
        using var commit = measures.Begin(commands.Count);
        try
        {
            var context = await KeptContext();
            await using (var transaction = await context.Database.BeginTransactionAsync())
            {
                foreach (var command in commands)
                    await CarryOut(command, context, (SqliteTransaction)transaction.GetDbTransaction());
                await transaction.CommitAsync();
            }

            commit.WasKept = true;
        }
        catch (Exception failure)
        {
            log.LogError("A commit of {Commands} commands failed; none of them was kept: {Failure}", commands.Count, failure.WithoutWords());
            // Whoever has queued meanwhile would wait as long again, to be told the same.
            while (failure.AsStoreUnavailable() is not null && waiting.Reader.TryRead(out var behind))
                commands.Add(behind);
            commands.ForEach(command => command.Fail(failure.AsStoreUnavailable() ?? new StoreUnavailable("store.unavailable", failure)));
            LetGoOfContext();
        }

        // Whoever is told that something is written must find it in the next reading, and whoever's time ended must find nothing.
        facts.Committed();
        changes.TellTo(plans);
        changes = new ShownChanges();
        commands.ForEach(command => command.Tell());
    }

    private async Task CarryOut(Command command, PlanningContext context, SqliteTransaction transaction)
    {
        var statements = context.Statements!;
        statements.Execute(Begin, transaction);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ContextOfTheLane>().Context = context;
            await command.CarryOut(scope.ServiceProvider);
            // One that stays would have SQLite write down every page that the next commands change, for each of them.
            statements.Execute(Keep, transaction);
        }
        catch (Exception failure) when (failure.AsStoreUnavailable() is null)
        {
            // When the store itself fails (a full disk), SQLite has taken back the whole transaction, and all who share it fail.
            statements.Execute(TakeBack, transaction);
            command.Fail(failure);
        }
        finally
        {
            context.ChangeTracker.Clear();
        }
    }

    private async Task<PlanningContext> KeptContext()
    {
        if (kept is not null)
            return kept;
        kept = new PlanningContext(options) { OutlivesScopes = true };
        // While a disk is read-only SQLite opens what it can only read from, without a word. From a pool the lane would get such a
        // connection again and again, long after the disk is well; its own is closed for good.
        kept.Database.SetConnectionString(SqliteDialect.Unpooled(kept.Database.GetConnectionString()));
        kept.Database.AutoSavepointsEnabled = false;
        kept.SavingChanges += (context, _) => changes.Note((PlanningContext)context!);
        await kept.Database.OpenConnectionAsync();
        await SqliteDialect.UndoInMemory(kept);
        facts.Watch(kept);
        kept.Statements = new KeptStatements { Appending = (type, record) => changes.Note(type, record) };
        return kept;
    }

    private void LetGoOfContext()
    {
        if (kept is null)
            return;
        var context = kept;
        kept = null;
        try
        {
            context.End();
        }
        catch (Exception failure)
        {
            // Whatever is wrong with the old connection, the next commit opens a new one.
            log.LogWarning("The write lane could not close its connection: {Failure}", failure.WithoutWords());
        }
    }

    /// <summary>Somebody's work, and what they will be told once the commit has happened or failed.</summary>
    private abstract class Command
    {
        public abstract Task CarryOut(IServiceProvider services);

        public abstract void Fail(Exception failure);

        public abstract void Tell();
    }

    private sealed class Command<T>(Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken cancellation) : Command
    {
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? failure;

        public Task<T> Answer => answer.Task;

        /// <summary>A caller who has gone before it began need not be served; what has begun runs to its end.</summary>
        public override async Task CarryOut(IServiceProvider services)
        {
            cancellation.ThrowIfCancellationRequested();
            result = await work(services, CancellationToken.None);
        }

        public override void Fail(Exception failure) => this.failure = failure;

        public override void Tell()
        {
            if (failure is OperationCanceledException && cancellation.IsCancellationRequested)
                answer.SetCanceled(cancellation);
            else if (failure is not null)
                answer.SetException(failure);
            else
                answer.SetResult(result!);
        }
    }
}

/// <summary>The lane's kept context, as seen from the scope of one command; empty in every other scope.</summary>
internal sealed class ContextOfTheLane
{
    public PlanningContext? Context { get; set; }
}
