using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using MediatR;

namespace CasePlanning.Application.Contributions;

/// <summary>The key by which the caller's device encrypts the drafts that it keeps.</summary>
public sealed record ReadDraftKey : IQuery<DraftKey>, ISignedIn;

/// <summary>A key for one person's devices.</summary>
/// <param name="Key">256 bits for AES-GCM, in base64.</param>
/// <param name="KeepForHours">After this a device forgets it, and asks again once its person has signed in.</param>
public sealed record DraftKey(string Key, int KeepForHours);

public sealed class ReadDraftKeyHandler(IDeviceKeys keys, CurrentCall call) : IRequestHandler<ReadDraftKey, DraftKey>
{
    /// <summary>A working day, and the evening after it.</summary>
    private const int KeepForHours = 12;

    public async Task<DraftKey> Handle(ReadDraftKey request, CancellationToken cancellationToken) =>
        new(Convert.ToBase64String(await keys.Of(call.PersonId, cancellationToken)), KeepForHours);
}
