using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Application.Accounts;

/// <summary>
/// That a client has used a signed assertion to get a token. Each works once: until it expires it is remembered here, afterwards
/// its own time refuses it.
/// </summary>
public sealed class UsedAssertion
{
    public const int HashLength = 64;

    private UsedAssertion()
    {
    }

    public UsedAssertion(string clientId, string assertionId, DateTimeOffset expiresAt) =>
        (ClientId, IdHash, ExpiresAt) = (clientId, HashOf(assertionId), expiresAt);

    public string ClientId { get; private set; } = "";

    /// <summary>SHA-256, in hexadecimal, of the id that the client gave it, which can be of any length.</summary>
    public string IdHash { get; private set; } = "";

    public DateTimeOffset ExpiresAt { get; private set; }

    public static string HashOf(string assertionId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(assertionId)));
}
