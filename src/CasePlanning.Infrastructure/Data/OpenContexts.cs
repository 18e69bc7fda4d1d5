using System.Collections.Concurrent;
using System.Data.Common;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
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

    public int CountOfIdle => Volatile.Read(ref countOfIdle);

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
        if (context.HasFailed || context.Database.CurrentTransaction is not null || CountOfIdle >= MostIdle)
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

/// <summary>What one scope has taken, until the scope ends or gives it back.</summary>
internal sealed class OpenContext(OpenContexts contexts) : IReadConnection, IDisposable
{
    private PlanningContext? taken;
    private bool isGivenBack;

    public PlanningContext Context => isGivenBack
        ? throw new InvalidOperationException("This call has read all that it wanted, and others read with its connection now.")
        : taken ??= contexts.Take();

    public void GiveBack()
    {
        isGivenBack = true;
        if (Interlocked.Exchange(ref taken, null) is { } context)
            contexts.GiveBack(context);
    }

    public void Dispose() => GiveBack();
}
