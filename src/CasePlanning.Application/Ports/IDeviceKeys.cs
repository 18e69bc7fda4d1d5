namespace CasePlanning.Application.Ports;

/// <summary>
/// The keys by which people's devices encrypt what they keep of unsent words. A device forgets its key within hours; whoever
/// signs in again as the same person gets the same one back, until their sign-ins are ended everywhere.
/// </summary>
public interface IDeviceKeys
{
    /// <summary>256 bits for this person, and for nobody else.</summary>
    Task<byte[]> Of(Guid personId, CancellationToken cancellation);
}
