using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// That a creating request was carried out, written in the same transaction as its effect. Holds what was made, never what was
/// sent or answered: a repeat is answered by reading the thing again under today's permissions.
/// </summary>
public sealed class IdempotencyRecord
{
    public const int KeyLength = 255;
    public const int CallerLength = 100;
    public const int RequestLength = 60;
    public const int FingerprintLength = 64;

    private static readonly Compiled<Func<DbContext, string, string, CancellationToken, Task<IdempotencyRecord?>>> Kept = new(() =>
        EF.CompileAsyncQuery((DbContext context, string caller, string key, CancellationToken _) =>
            context.Set<IdempotencyRecord>().AsNoTracking().SingleOrDefault(r => r.Caller == caller && r.Key == key)));

    private IdempotencyRecord()
    {
    }

    public IdempotencyRecord(string caller, string key, string request, string fingerprint, Guid resultId, DateTimeOffset now)
    {
        (Caller, Key, Request, Fingerprint, ResultId, At) = (caller, key, request, fingerprint, resultId, now);
    }

    /// <summary>Whose key it is: <c>person:{id}</c> or <c>client:{id}</c>. With the key, the record's identity.</summary>
    public string Caller { get; private set; } = "";

    public string Key { get; private set; } = "";

    /// <summary>The name of the request's type.</summary>
    public string Request { get; private set; } = "";

    /// <summary>SHA-256, in hexadecimal, of the whole request: its type, the ids in its address and its body.</summary>
    public string Fingerprint { get; private set; } = "";

    public Guid ResultId { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <returns>What this caller has done with this key; null when nothing.</returns>
    public static Task<IdempotencyRecord?> Find(IPlanningDatabase database, string caller, string key, CancellationToken cancellation) =>
        Kept.For(database, out var context)(context, caller, key, cancellation);
}
