using System.Globalization;

namespace CasePlanning.Domain.Journal;

/// <summary>
/// What the journal was at one time: how many entries, and the root that stands for them, signed. Whoever keeps one can later
/// show that an entry before it was changed, taken out or put in.
/// </summary>
public sealed class Checkpoint
{
    public const int OriginLength = 200;
    public const int SignatureLength = 200;

    private Checkpoint()
    {
    }

    /// <param name="sign">Signs the text with the journal's key.</param>
    public Checkpoint(string origin, long size, byte[] root, Func<string, byte[]> sign, DateTimeOffset now)
    {
        (Origin, Size, Root, At) = (origin, size, root, now);
        Signature = Convert.ToBase64String(sign(Text));
    }

    public long Size { get; private set; }

    /// <summary>Whose journal it is.</summary>
    public string Origin { get; private set; } = "";

    public byte[] Root { get; private set; } = [];

    public DateTimeOffset At { get; private set; }

    /// <summary>ECDSA over P-256 and SHA-256, in base64.</summary>
    public string Signature { get; private set; } = "";

    /// <summary>What is signed: origin, size and root, a line each.</summary>
    public string Text => TextOf(Origin, Size, Root);

    public static string TextOf(string origin, long size, byte[] root) =>
        string.Create(CultureInfo.InvariantCulture, $"{origin}\n{size}\n{Convert.ToBase64String(root)}\n");
}
