using System.Security.Cryptography;
using System.Text.Json;
using CasePlanning.Application.Ports;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// Last before a command's handler: goes down the write lane, checks access again inside the transaction (a participation that
/// ended meanwhile writes nothing), answers a repeat from its idempotency record, and saves everything once, with its journal
/// entry.
/// </summary>
public sealed class CommandBehaviour<TRequest, TResponse>(IWriteLane lane, CurrentCall call) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand, IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var caller = call.Caller;
        var key = request is ICreates ? caller.IdempotencyKey : null;
        var digest = SHA256.HashData(BytesOf(request));
        var fingerprint = Convert.ToHexStringLower(digest);

        return lane.Run(async (services, cancellation) =>
        {
            var inside = services.GetRequiredService<CurrentCall>();
            inside.Begin(caller);
            await services.GetRequiredService<AccessCheck>().Check(request, inside, cancellation);

            var database = services.GetRequiredService<IPlanningDatabase>();
            if (key is not null && await Earlier(database, caller.KeyScope, key, fingerprint, cancellation) is { } replay)
                return (TResponse)(object)replay;

            var response = await services.GetRequiredService<IRequestHandler<TRequest, TResponse>>().Handle(request, cancellation);
            if (request is IFromVersion && response is Written { Version: null })
                throw new InvalidOperationException($"{typeof(TRequest).Name} does not say which version it makes.");
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var entry = EntryOf.Allowed(request, inside, digest, now, (response as Written)?.Id);
            database.Append(entry);
            if (key is not null && response is Written written)
                database.Append(new IdempotencyRecord(caller.KeyScope, key, typeof(TRequest).Name, fingerprint, written.Id, now));
            await database.SaveChangesAsync(cancellation);
            return response is Written done ? (TResponse)(object)(done with { Receipt = Convert.ToHexStringLower(entry.LeafHash) }) : response;
        }, cancellationToken);
    }

    private static async Task<Written?> Earlier(
        IPlanningDatabase database, string scope, string key, string fingerprint, CancellationToken cancellation)
    {
        if (await IdempotencyRecord.Find(database, scope, key, cancellation) is not { } record)
            return null;
        return record.Fingerprint == fingerprint ? new Written(record.ResultId, Replayed: true) : throw new KeyUsedForAnotherRequest();
    }

    /// <summary>Of the request as understood, so that white space in its body makes no difference.</summary>
    private static byte[] BytesOf(TRequest request)
    {
        var type = request.GetType();
        return [.. JsonSerializer.SerializeToUtf8Bytes(type.FullName), .. JsonSerializer.SerializeToUtf8Bytes(request, type)];
    }
}
