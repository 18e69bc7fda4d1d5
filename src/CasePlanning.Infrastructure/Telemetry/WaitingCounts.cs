using System.Diagnostics.Metrics;
using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure.Telemetry;

/// <summary>Counts every quarter of a minute what waits in the database. A number that stays up says that nobody works it off.</summary>
internal sealed class WaitingCounts : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private readonly IServiceScopeFactory scopes;
    private readonly ILogger<WaitingCounts> log;
    private (int Unnumbered, int Mails)? counted;

    public WaitingCounts(IServiceScopeFactory scopes, IMeterFactory meters, ILogger<WaitingCounts> log)
    {
        (this.scopes, this.log) = (scopes, log);
        var meter = meters.Create(StoreMeasures.Name);
        // What could not be counted is not reported, and is not nothing.
        meter.CreateObservableGauge("caseplanning.journal.unnumbered", () => Of(counted?.Unnumbered), "{entry}", "Entries of the journal that wait for their number.");
        meter.CreateObservableGauge("caseplanning.mail.waiting", () => Of(counted?.Mails), "{mail}", "Mails that have not gone.");
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.Run(Pause, Count, log, stoppingToken);

    private async Task Count(CancellationToken cancellation)
    {
        counted = null;
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IPlanningDatabase>();
        counted = (await database.Journal.CountAsync(e => e.Sequence == null, cancellation), await database.OutgoingMails.CountAsync(m => m.NextAttemptAt != null, cancellation));
    }

    private static IEnumerable<Measurement<int>> Of(int? number) => number is { } known ? [new Measurement<int>(known)] : [];
}
