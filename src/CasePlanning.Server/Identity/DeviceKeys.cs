using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Derives each person's key from one of this host and from what their sign-ins must carry now, so that nothing is stored, and a
/// device that was lost opens nothing any more once its person has signed out everywhere.
/// </summary>
internal sealed class DeviceKeys(KeyFiles keys, Sessions sessions) : IDeviceKeys
{
    private const int Bytes = 32;

    private readonly Lazy<byte[]> secret = new(() => keys.Encryption().Key);

    public async Task<byte[]> Of(Guid personId, CancellationToken cancellation)
    {
        var stamp = await sessions.StampOf(personId, cancellation) ?? throw new NotSignedIn();
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Value, Bytes, info: Encoding.UTF8.GetBytes($"drafts of {personId} {stamp}"));
    }
}
