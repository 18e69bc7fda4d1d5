using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure.Mail;

/// <summary>Writes the mails that must not wait, soon after what they tell of. What to write is read outside the write lane.</summary>
internal sealed class NoticeWriter(IWriteLane lane, IServiceScopeFactory scopes, MailSettings settings, ILogger<NoticeWriter> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.IsConfigured)
            await Rounds.Run(Pause, WriteWhatIsDue, log, stoppingToken);
    }

    internal async Task WriteWhatIsDue(CancellationToken cancellation)
    {
        NoticesDue due;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            due = await scope.ServiceProvider.GetRequiredService<Notices>().Read(cancellation);
            if (!due.IsNothing)
            {
                await lane.Run(async (services, inside) =>
                {
                    await Notices.Keep(services.GetRequiredService<IPlanningDatabase>(), due, inside);
                    return true;
                }, cancellation);
            }
        }
        while (!due.IsNothing);
    }
}
