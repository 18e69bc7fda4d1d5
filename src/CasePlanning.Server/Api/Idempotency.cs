using System.Collections.Concurrent;
using CasePlanning.Application.Ports;
using Microsoft.Extensions.Primitives;

namespace CasePlanning.Server.Api;

/// <summary>
/// The <c>Idempotency-Key</c> at the edge: that it is there, that it has a usable shape, and that one caller's key is not in
/// two requests at once. That a key has one effect for good is seen to where the effect is written.
/// </summary>
public sealed class Idempotency
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";
    public const int MostCharacters = 255;

    private readonly ConcurrentDictionary<(string Caller, string Key), bool> running = new();

    /// <summary>The key of a request, or null when it has none that could be used.</summary>
    public static string? KeyOf(HttpContext context) =>
        context.Request.Headers[Header] is [{ Length: > 0 and <= MostCharacters } key] && key.All(c => c is > ' ' and <= '~') ? key : null;

    /// <summary>
    /// Claims the request's key until the returned claim is disposed. Two hosts, or a second request a moment later, are kept
    /// apart by the stored key; this is the quick and polite answer for one that overtakes itself.
    /// </summary>
    public IDisposable Claim(HttpContext context)
    {
        if (StringValues.IsNullOrEmpty(context.Request.Headers[Header]))
            throw RequestRefused.At(ProblemTypes.KeyMissing, Header, "required", "Send this header.");
        var key = KeyOf(context)
            ?? throw RequestRefused.At(ProblemTypes.KeyMalformed, Header, "not-accepted", "Send 1 to 255 visible ASCII characters, once.");
        var claim = (CallerOf(context), key);
        return running.TryAdd(claim, true) ? new Claimed(running, claim) : throw new RequestRefused(ProblemTypes.KeyInProgress);
    }

    /// <summary>Who calls, as one word: keys and cursors of different callers never meet.</summary>
    internal static string CallerOf(HttpContext context)
    {
        var caller = context.RequestServices.GetRequiredService<ICaller>();
        return caller.PersonId is { } person ? $"person {person}" : $"client {caller.ClientId}";
    }

    private sealed class Claimed(ConcurrentDictionary<(string, string), bool> running, (string, string) claim) : IDisposable
    {
        public void Dispose() => running.TryRemove(claim, out _);
    }
}
