using CasePlanning.Domain.Journal;

namespace CasePlanning.Application.Ports;

/// <summary>
/// Where looks and denials are kept. What a command does is not recorded here: its entry is saved in the same transaction as its
/// effect.
/// </summary>
public interface IJournal
{
    /// <summary>Ends only when the entry is committed.</summary>
    /// <exception cref="Pipeline.StoreUnavailable">It could not be kept, so what was read must not be sent.</exception>
    Task Record(JournalEntry entry, CancellationToken cancellation);
}
