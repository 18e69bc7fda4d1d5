using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// May this client send this request, as the database stands now? What its token says is the most it may do: a client that was
/// ended, or a scope that was taken from it, counts from that moment on.
/// </summary>
public sealed class ClientAccess(IPlanningDatabase database, TimeProvider time)
{
    private static readonly Compiled<Func<DbContext, string, DateTimeOffset, CancellationToken, Task<Client?>>> Bound = new(() =>
        EF.CompileAsyncQuery((DbContext context, string id, DateTimeOffset now, CancellationToken _) =>
            context.Set<Client>().AsNoTracking().SingleOrDefault(c => c.ClientId == id && c.From <= now && (c.Until == null || now < c.Until))));

    private Client? found;

    /// <exception cref="NotSignedIn">There is no such client any more.</exception>
    /// <exception cref="NotAllowed">Only people may send this.</exception>
    /// <exception cref="ScopeNeeded">The client was not granted all that this needs.</exception>
    public async Task Check(Type request, string clientId, CurrentCall call, CancellationToken cancellation)
    {
        var client = await Live(clientId, cancellation) ?? throw new NotSignedIn();
        call.CallFor(client);
        var needed = ForClients.ScopesFor(request) ?? throw new NotAllowed("No system can do this: it takes a person who is signed in.");
        if (needed.Except(client.Scopes.Intersect(call.Caller.Scopes)).Any())
            throw new ScopeNeeded(needed);
    }

    /// <returns>The client, bound to its agency as it was when this call began; null when there is none or it has ended.</returns>
    public async ValueTask<Client?> Live(string clientId, CancellationToken cancellation)
    {
        if (found?.ClientId == clientId)
            return found;
        var now = time.GetUtcNow();
        return found = await database.Facts.Of(
            new Asked(clientId), (Client client) => client.IsLive(now), () => Bound.For(database, out var context)(context, clientId, now, cancellation));
    }

    /// <summary>For whom a client writes: somebody of its agency who takes part now, and is no family of the child's.</summary>
    /// <exception cref="InvalidRequest">The request names nobody, or nobody whom this client can name.</exception>
    public async Task<Viewer> AuthorOf(IAuthored request, Viewer viewer, CancellationToken cancellation)
    {
        var author = request.AuthoredBy
            ?? throw InvalidRequest.At(Pointer, "required", "Say by whom: a professional of your agency who takes part in the plan.");
        var now = time.GetUtcNow();
        var found = await Viewers.Load(database, database.Participants.Where(p =>
            p.Id == author && p.PlanId == viewer.PlanId && p.AgencyId == viewer.AgencyId
            && p.From <= now && (p.Until == null || now < p.Until)), cancellation);
        return found is [{ IsFamily: false } professional]
            ? professional
            : throw InvalidRequest.At(Pointer, "unknown", "No professional of your agency takes part in the plan now under this id.");
    }

    /// <summary>People are the authors of what they write, and name none.</summary>
    public static void MustNameNobody(IAuthored request)
    {
        if (request.AuthoredBy is not null)
            throw InvalidRequest.At(Pointer, "only-for-clients", "Only a system says by whom something is: what you write is yours.");
    }

    private const string Pointer = "/authoredBy";

    private readonly record struct Asked(string ClientId);
}
