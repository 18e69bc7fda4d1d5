using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Domain.Plans;

/// <summary>By what a plan is found from an identifier of another system: exactly, and never in part.</summary>
public sealed class IdentifierDigest
{
    public const int DigestBytes = SHA256.HashSizeInBytes;

    private IdentifierDigest()
    {
    }

    public IdentifierDigest(Guid planId, ChildIdentifier identifier) => (PlanId, Digest) = (planId, Of(identifier.System, identifier.Value));

    public Guid PlanId { get; private set; }

    public byte[] Digest { get; private set; } = [];

    /// <summary>Spaces and case make no difference: people type them as they please.</summary>
    public static byte[] Of(string system, string value) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Plain(system)}\n{Plain(value)}"));

    private static string Plain(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
}
