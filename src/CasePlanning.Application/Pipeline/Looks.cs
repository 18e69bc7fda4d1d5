using CasePlanning.Application.Ports;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// What was read of children in this call and is not journaled yet. Whoever sends it to somebody (a route, a page) journals it
/// first, and sends nothing when that fails. What is not sent (a 304) was not looked at.
/// </summary>
public sealed class Looks(IJournal journal, CurrentCall call, TimeProvider time)
{
    private object? pending;

    /// <summary>A query was answered; what it told will be sent, or not.</summary>
    public void Expect(object query) => pending = query;

    /// <summary>What was read goes nowhere, or is journaled with the write that it shows.</summary>
    public void Forget() => pending = null;

    /// <param name="digest">SHA-256 of the bytes that are about to be sent.</param>
    public async Task Record(ReadOnlyMemory<byte> digest, CancellationToken cancellation)
    {
        if (pending is not { } query)
            return;
        await journal.Record(EntryOf.Allowed(query, call, digest.Span, time.GetUtcNow()), cancellation);
        pending = null;
    }
}
