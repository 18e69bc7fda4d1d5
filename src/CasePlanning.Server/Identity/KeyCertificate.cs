using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using CasePlanning.Application;

namespace CasePlanning.Server.Identity;

/// <summary>
/// The certificate that the keys are kept under, so that whoever gets hold of the data directory, or of a copy of it, has not
/// got the keys. Its own dates are nobody's business here: an old one must still open what it once closed.
/// </summary>
internal sealed class KeyCertificate
{
    public const string Setting = "Keys:Certificate";

    private const string PasswordSetting = "Keys:CertificatePassword";
    private const string Label = "CMS";

    private KeyCertificate(X509Certificate2 certificate) => Certificate = certificate;

    public X509Certificate2 Certificate { get; }

    /// <returns>Null when there is none and none is needed.</returns>
    /// <exception cref="StartRefused">It is missing or cannot be used.</exception>
    public static KeyCertificate? Of(IConfiguration configuration, bool isNeeded)
    {
        if (configuration[Setting] is not { Length: > 0 } file)
            return isNeeded ? throw StartRefused.Setting(Setting, "is missing: it names the file of the certificate that the keys are kept under") : null;
        if (!File.Exists(file))
            throw StartRefused.Setting(Setting, "names a file that is not there");
        try
        {
            var certificate = Load(file, configuration[PasswordSetting]);
            using var key = certificate.GetRSAPrivateKey();
            return key is not null
                ? new KeyCertificate(certificate)
                : throw StartRefused.Setting(Setting, "names a certificate without its private RSA key");
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw StartRefused.Setting(Setting, $"names a file that cannot be opened; where it needs a password, {PasswordSetting} says which", failure);
        }
    }

    public string Seal(string text)
    {
        var envelope = new EnvelopedCms(new ContentInfo(Encoding.UTF8.GetBytes(text)), new AlgorithmIdentifier(new Oid("2.16.840.1.101.3.4.1.42")));
        envelope.Encrypt(new CmsRecipient(Certificate, RSAEncryptionPadding.OaepSHA256));
        return PemEncoding.WriteString(Label, envelope.Encode());
    }

    public static bool HasSealed(string text) => PemEncoding.TryFind(text, out var found) && text[found.Label] is Label;

    /// <exception cref="StartRefused">It is not this certificate that the text was sealed under.</exception>
    public static string Unseal(string text, KeyCertificate? certificate, string file)
    {
        try
        {
            var envelope = new EnvelopedCms();
            envelope.Decode(Convert.FromBase64String(text[PemEncoding.Find(text).Base64Data]));
            envelope.Decrypt(certificate is null ? [] : [certificate.Certificate]);
            return Encoding.UTF8.GetString(envelope.ContentInfo.Content);
        }
        catch (CryptographicException failure)
        {
            throw StartRefused.Setting(Setting, $"does not open the key {file}, which was kept under another certificate", failure);
        }
    }

    private static X509Certificate2 Load(string file, string? password)
    {
        var text = File.ReadAllText(file, Encoding.Latin1);
        if (!PemEncoding.TryFind(text, out _))
            return X509CertificateLoader.LoadPkcs12FromFile(file, password);
        if (!text.Contains("PRIVATE KEY", StringComparison.Ordinal))
            return X509CertificateLoader.LoadCertificateFromFile(file);
        return password is null ? X509Certificate2.CreateFromPem(text, text) : X509Certificate2.CreateFromEncryptedPem(text, text, password);
    }
}
