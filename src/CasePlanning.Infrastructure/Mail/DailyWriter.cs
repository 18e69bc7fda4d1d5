using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure.Mail;

/// <summary>Writes everybody's daily mail when their morning has come.</summary>
internal sealed class DailyWriter(
    IWriteLane lane, IServiceScopeFactory scopes, MailSettings settings, TimeProvider time, ILogger<DailyWriter> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.IsConfigured)
            await Rounds.Run(Pause, WriteWhatIsDue, log, stoppingToken);
    }

    internal async Task WriteWhatIsDue(CancellationToken cancellation)
    {
        IReadOnlyList<(Guid PersonId, string Authority)> people;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            var daily = scope.ServiceProvider.GetRequiredService<DailyMails>();
            people = await daily.WhoseMorningHasCome(cancellation);
            foreach (var (person, authority) in people)
            {
                var due = await daily.Read(person, authority, cancellation);
                await lane.Run(async (services, inside) =>
                {
                    await DailyMails.Keep(services.GetRequiredService<IPlanningDatabase>(), due, time.GetUtcNow(), inside);
                    return true;
                }, cancellation);
            }
        }
        while (people.Count > 0);
    }
}
