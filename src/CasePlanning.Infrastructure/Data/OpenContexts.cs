using System.Collections.Concurrent;
using System.Data.Common;
using CasePlanning.Application.Pipeline;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// Contexts to read SQLite with, which scopes take in turn. EF Core opens and closes a connection for every query, and that costs
/// more than most queries do: these keep theirs open. Where a command failed the connection may be why, and goes with its context.
/// </summary>
internal sealed class OpenContexts(DbContextOptions<PlanningContext> options, KeptFacts facts) : IDisposable
{
    public static readonly IInterceptor Failures = new NoteFailures();

    private const int MostIdle = 64;

    /// <summary>The one that was used last is taken first: its statements are ready, and its pages at hand.</summary>
    private readonly ConcurrentStack<PlanningContext> idle = [];

    private int countOfIdle;

    public PlanningContext Take()
    {
        if (idle.TryPop(out var kept))
        {
            Interlocked.Decrement(ref countOfIdle);
            return kept;
        }

        var context = new PlanningContext(options);
        try
        {
            context.Database.OpenConnection();
        }
        catch
        {
            context.Dispose();
            throw;
        }

        context.OutlivesScopes = true;
        context.Statements = new KeptStatements();
        context.Facts = facts;
        // What is not written in the lane is in nobody's knowledge: what was kept in memory would be believed for too long.
        context.SavingChanges += (_, _) => throw new InvalidOperationException("This context is for reading: whatever is written is written in the write lane.");
        return context;
    }

    public void GiveBack(PlanningContext context)
    {
        context.ChangeTracker.Clear();
        if (context.HasFailed || context.Database.CurrentTransaction is not null || Volatile.Read(ref countOfIdle) >= MostIdle)
        {
            context.End();
            return;
        }

        Interlocked.Increment(ref countOfIdle);
        idle.Push(context);
    }

    public void Dispose()
    {
        while (idle.TryPop(out var context))
            context.End();
    }

    private sealed class NoteFailures : DbCommandInterceptor
    {
        public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Note(eventData.Context);

        public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
        {
            Note(eventData.Context);
            return Task.CompletedTask;
        }

        private static void Note(DbContext? context)
        {
            if (context is PlanningContext failed)
                failed.HasFailed = true;
        }
    }
}

/// <summary>What one scope has taken, until the scope ends.</summary>
internal sealed class OpenContext(OpenContexts contexts) : IDisposable
{
    public PlanningContext Context { get; } = contexts.Take();

    public void Dispose() => contexts.GiveBack(Context);
}
