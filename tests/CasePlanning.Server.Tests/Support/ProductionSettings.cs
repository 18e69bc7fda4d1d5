using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CasePlanning.Server.Identity;
using Microsoft.Extensions.Configuration;

namespace CasePlanning.Server.Tests.Support;

/// <summary>What a host outside Development must be told, with keys made as the verb makes them.</summary>
internal static class ProductionSettings
{
    private static readonly Lock Turn = new();
    private static readonly string Certificate = NewCertificate("CasePlanning keys");

    public static IReadOnlyDictionary<string, string> In(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, "certificate.pem");
        var settings = new Dictionary<string, string>
        {
            ["Database:Provider"] = "Sqlite",
            ["Identity:Issuer"] = "https://localhost/",
            ["Keys:Certificate"] = file,
        };
        lock (Turn)
        {
            if (File.Exists(file))
                return settings;
            File.WriteAllText(file, Certificate);
            var certificate = KeyCertificate.Of(new ConfigurationBuilder().AddInMemoryCollection(settings!).Build(), isNeeded: true);
            new KeyFiles(KeyFiles.PlaceIn(dataDirectory), certificate).ReadAll();
        }

        return settings;
    }

    /// <summary>A new certificate and its key, in one PEM file's text, as the instructions for deployment make it.</summary>
    public static string NewCertificate(string name)
    {
        using var certificate = NewCertificateOf(name);
        return certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";
    }

    public static X509Certificate2 NewCertificateOf(string name)
    {
        using var key = RSA.Create(2048);
        var asked = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return asked.CreateSelfSigned(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
