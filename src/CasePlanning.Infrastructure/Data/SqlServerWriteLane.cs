using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Infrastructure.Data;

/// <summary>
/// SQL Server has many writers and groups their log flushes itself: each command takes a transaction of its own, and is carried
/// out again from the start, in a new scope, when the server gave it up (a deadlock, a lost connection).
/// </summary>
internal sealed class SqlServerWriteLane(IServiceScopeFactory scopes, StoreMeasures measures) : IWriteLane
{
    public async Task<T> Run<T>(Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await using var outer = scopes.CreateAsyncScope();
        var retries = outer.ServiceProvider.GetRequiredService<PlanningContext>().Database.CreateExecutionStrategy();
        try
        {
            return await retries.ExecuteAsync(token => InOneTransaction(work, token), cancellation);
        }
        catch (Exception failure) when (failure.AsStoreUnavailable() is { } unavailable)
        {
            throw unavailable;
        }
    }

    private async Task<T> InOneTransaction<T>(Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<PlanningContext>();
        using var commit = measures.Begin(ofCommands: 1);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var result = await work(scope.ServiceProvider, cancellation);
        await transaction.CommitAsync(cancellation);
        commit.WasKept = true;
        return result;
    }
}
