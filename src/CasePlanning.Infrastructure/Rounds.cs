using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure;

/// <summary>Does something again and again, in the background. What fails because the store is away, or another host was first, is done in the next round.</summary>
internal static class Rounds
{
    public static async Task Run(TimeSpan pause, Func<CancellationToken, Task> round, ILogger log, CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(pause);
        do
        {
            try
            {
                await round(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is StaleVersion or StoreUnavailable or DbUpdateException)
            {
                if (log.IsEnabled(LogLevel.Debug))
                    log.LogDebug("This round was left to the next: {Failure}", failure.WithoutWords());
            }
            catch (Exception failure)
            {
                // A fault of ours must not end the host.
                log.LogError("A round failed: {Failure}", failure.WithoutWords());
            }
        }
        while (await Next(timer, stopping));
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
