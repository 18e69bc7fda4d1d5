using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// The call being answered, within one scope: who makes it and, once access is checked, as which participant. A command is
/// checked twice (at the door, and again inside its transaction), each time in a scope of its own.
/// </summary>
public sealed class CurrentCall
{
    private Viewer? viewer;

    /// <summary>Taken by value, because a command may outlive the connection that brought it.</summary>
    public Caller Caller { get; private set; } = Caller.Nobody;

    /// <summary>The caller's participation in the plan the request is about.</summary>
    /// <exception cref="InvalidOperationException">The request is not about a plan.</exception>
    public Viewer Viewer => viewer ?? throw new InvalidOperationException("This request is not about one plan, so nobody views it.");

    /// <summary>The person who is signed in.</summary>
    /// <exception cref="NotAllowed">An integrator client is calling, and only a person can do this.</exception>
    public Guid PersonId => Caller.PersonId ?? throw new NotAllowed("Only a person who is signed in can do this.");

    public void Begin(ICaller caller)
    {
        Caller = new Caller(
            caller.PersonId, caller.ClientId, caller.Scopes, caller.AuthenticatedAt, caller.HasSecondFactor, caller.RequestId, caller.IdempotencyKey);
        (viewer, Author, Client) = (null, null, null);
        Appointments = [];
    }

    /// <summary>The viewer, or nobody when the request is not about one plan or was refused before it came to that.</summary>
    public Viewer? ViewerIfAny => viewer;

    /// <summary>The integrator client that calls, as it is registered now; null when a person does.</summary>
    public Client? Client { get; private set; }

    /// <summary>The professional for whom a client writes.</summary>
    public Viewer? Author { get; private set; }

    /// <summary>Whose participation bounds what is done: that of the professional for whom a client writes, or else the viewer's own.</summary>
    public Viewer Acting => Author ?? Viewer;

    /// <summary>The caller's appointments to the office that the request asks for.</summary>
    public IReadOnlyList<Appointment> Appointments { get; private set; } = [];

    public void ViewAs(Viewer somebody) => viewer = somebody;

    public void CallFor(Client client) => Client = client;

    public void ActFor(Viewer author) => Author = author;

    public void HoldOffice(IReadOnlyList<Appointment> appointments) => Appointments = appointments;
}

/// <summary>A copy of who is calling.</summary>
public sealed record Caller(
    Guid? PersonId, string? ClientId, IReadOnlyList<string> Scopes, DateTimeOffset? AuthenticatedAt, bool HasSecondFactor, string RequestId,
    string? IdempotencyKey) : ICaller
{
    public static readonly Caller Nobody = new(null, null, [], null, false, "", null);

    public bool IsSignedIn => PersonId is not null || ClientId is not null;

    /// <summary>Whose idempotency keys these are.</summary>
    public string KeyScope => PersonId is { } person ? $"person:{person:N}" : $"client:{ClientId}";
}
