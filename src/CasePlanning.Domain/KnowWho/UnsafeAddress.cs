namespace CasePlanning.Domain.KnowWho;

/// <summary>
/// Somebody else may read what is sent to a participant, so nothing is sent: not about this plan, nor about any other, as long as
/// this is here. No part of the <see cref="Plans.Participant"/>, whose version others read: they must not see that it was marked.
/// </summary>
public sealed class UnsafeAddress
{
    private UnsafeAddress()
    {
    }

    public UnsafeAddress(Guid participantId, Guid markedById, DateTimeOffset now) =>
        (ParticipantId, MarkedById, MarkedAt) = (participantId, markedById, now);

    public Guid ParticipantId { get; private set; }

    public Guid MarkedById { get; private set; }

    public DateTimeOffset MarkedAt { get; private set; }
}
