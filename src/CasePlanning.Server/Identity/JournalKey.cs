using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Ports;

namespace CasePlanning.Server.Identity;

/// <summary>Signs the journal with a key of this installation, and shows the half of it by which anybody can check that.</summary>
internal sealed class JournalKey(KeyFiles keys) : IJournalKey
{
    public const string Path = "/.well-known/journal-key";

    private readonly Lazy<ECDsa> key = new(keys.Journal);

    public string PublicKey => key.Value.ExportSubjectPublicKeyInfoPem();

    public byte[] Sign(string text)
    {
        lock (key)
            return key.Value.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256);
    }
}
