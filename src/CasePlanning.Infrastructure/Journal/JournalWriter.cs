using System.Threading.Channels;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Infrastructure.Journal;

/// <summary>
/// Keeps looks and denials. Those of all who wait go down the write lane as one command, one insert and one commit, while the
/// next ones gather.
/// </summary>
internal sealed class JournalWriter : IJournal
{
    private const int MostTogether = 512;

    private readonly Channel<Waiting> waiting = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly IWriteLane lane;

    public JournalWriter(IWriteLane lane)
    {
        this.lane = lane;
        // It serves everybody, so it must not carry with it the request that happened to come first.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(KeepWhatWaits);
    }

    public async Task Record(JournalEntry entry, CancellationToken cancellation)
    {
        var record = new Waiting(entry);
        await waiting.Writer.WriteAsync(record, cancellation);
        // Whoever asked may go away; that they asked is kept all the same.
        await record.Kept.Task.WaitAsync(cancellation);
    }

    private async Task KeepWhatWaits()
    {
        var together = new List<Waiting>(MostTogether);
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (together.Count < MostTogether && waiting.Reader.TryRead(out var record))
                together.Add(record);
            try
            {
                await lane.Run((services, cancellation) =>
                {
                    var database = services.GetRequiredService<IPlanningDatabase>();
                    database.Append([.. together.Select(r => r.Entry)]);
                    return database.SaveChangesAsync(cancellation);
                }, CancellationToken.None);
                together.ForEach(r => r.Kept.SetResult());
            }
            catch (Exception failure)
            {
                var away = failure as StoreUnavailable ?? new StoreUnavailable("store.unavailable", failure);
                // Those who came meanwhile would wait as long again, to be told the same.
                while (waiting.Reader.TryRead(out var behind))
                    together.Add(behind);
                together.ForEach(r => r.Kept.SetException(away));
            }

            together.Clear();
        }
    }

    private sealed record Waiting(JournalEntry Entry)
    {
        public TaskCompletionSource Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
