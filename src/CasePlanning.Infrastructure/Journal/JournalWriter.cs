using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Infrastructure.Journal;

/// <summary>Keeps looks and denials. They go down the same lane as writes, and so share its commits.</summary>
internal sealed class JournalWriter(IWriteLane lane) : IJournal
{
    public Task Record(JournalEntry entry, CancellationToken cancellation) => lane.Run(async (services, token) =>
    {
        var database = services.GetRequiredService<IPlanningDatabase>();
        database.Journal.Add(entry);
        return await database.SaveChangesAsync(token);
    }, cancellation);
}
