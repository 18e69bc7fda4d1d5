using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using CasePlanning.Application;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.IdentityModel.Tokens;

namespace CasePlanning.Server.Identity;

/// <summary>
/// The keys of this host: those of the issuer and of the journal, and those by which ASP.NET Core protects cookies. The account
/// that runs the host may read the files, and nobody else. Hosts that share a database share this directory, or they would
/// refuse each other's tokens.
/// </summary>
/// <param name="certificate">Keeps them unreadable at rest; there is none in Development.</param>
/// <param name="makesMissing">
/// A key is made on first use. Only in Development: elsewhere a missing one means that the directory is the wrong one, and a new
/// one would put an end to every token and to the proof that the journal is whole.
/// </param>
internal sealed class KeyFiles(string directory, KeyCertificate? certificate = null, bool makesMissing = true) : IXmlRepository
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Dictionary<string, Func<string>> Kinds = new()
    {
        ["signing.pem"] = MakeRsa,
        ["encryption.key"] = () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["journal.pem"] = MakeEc,
    };

    /// <exception cref="StartRefused">A key or the certificate is missing or cannot be used.</exception>
    public static KeyFiles Of(IConfiguration configuration, IHostEnvironment environment, string dataDirectory)
    {
        var development = environment.IsDevelopment();
        var keys = new KeyFiles(PlaceIn(dataDirectory), KeyCertificate.Of(configuration, isNeeded: !development), makesMissing: development);
        if (!development)
            keys.ReadAll();
        return keys;
    }

    public static string PlaceIn(string dataDirectory) => Path.Combine(dataDirectory, "keys");

    public X509Certificate2? KeptUnder => certificate?.Certificate;

    /// <summary>Signs access tokens.</summary>
    public RsaSecurityKey Signing()
    {
        var key = RSA.Create();
        key.ImportFromPem(ReadOrMake("signing.pem"));
        return new RsaSecurityKey(key);
    }

    /// <summary>Encrypts what the issuer alone reads again, such as authorization codes; people's device keys are derived from it.</summary>
    public SymmetricSecurityKey Encryption() => new(Convert.FromBase64String(ReadOrMake("encryption.key")));

    /// <summary>Signs the journal's checkpoints.</summary>
    public ECDsa Journal()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(ReadOrMake("journal.pem"));
        return key;
    }

    /// <summary>Sees that every key is there and can be read, by nobody without the certificate.</summary>
    public void ReadAll()
    {
        foreach (var name in Kinds.Keys)
            ReadOrMake(name);
        if (certificate is not null && Ring.FirstOrDefault(key => HasPlainSecret(key.Element)).Path is { } plain)
            throw StartRefused.Setting(KeyCertificate.Setting, $"does not keep the key {plain}, by which anybody could sign in: remove it, and invite anew whoever has not come in yet");
    }

    // The repository that comes with ASP.NET Core would do, but begins each key as a file in the system's temporary directory.
    IReadOnlyCollection<XElement> IXmlRepository.GetAllElements() => [.. Ring.Select(key => key.Element)];

    void IXmlRepository.StoreElement(XElement element, string friendlyName)
    {
        CreateDirectory();
        Write($"{friendlyName}.xml", element.ToString());
    }

    /// <summary>What ASP.NET Core protects cookies by: it makes a new key every ninety days, under the certificate when there is one.</summary>
    private IEnumerable<(string Path, XElement Element)> Ring =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.xml").Select(path => (path, XElement.Load(path))) : [];

    private static bool HasPlainSecret(XElement key) => key.Descendants("masterKey").Any();

    /// <summary>Of two hosts that start at once, one makes the key and both use it.</summary>
    private string ReadOrMake(string name)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            if (!makesMissing)
                throw StartRefused.Setting("Data:Directory", $"leads to no key {path}: bring the keys of this installation or, once, make them with the verb 'keys create'");
            CreateDirectory();
            using var turn = TakeTurn();
            if (!File.Exists(path))
                Write(name, Kept(Kinds[name]()));
        }

        var text = File.ReadAllText(path);
        return KeyCertificate.HasSealed(text) ? KeyCertificate.Unseal(text, certificate, path) : KeepAtLast(name, text);
    }

    /// <summary>A key from a time when there was no certificate is kept under it from now on.</summary>
    private string KeepAtLast(string name, string key)
    {
        if (certificate is null)
            return key;
        if (!makesMissing)
            throw StartRefused.Setting(KeyCertificate.Setting, $"does not keep the key {Path.Combine(directory, name)}, which anybody could read: run the verb 'keys create'");
        Write(name, Kept(key));
        return key;
    }

    private string Kept(string key) => certificate?.Seal(key) ?? key;

    private static string MakeRsa()
    {
        using var made = RSA.Create(3072);
        return made.ExportPkcs8PrivateKeyPem();
    }

    private static string MakeEc()
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return made.ExportPkcs8PrivateKeyPem();
    }

    /// <summary>Writes under another name first, so that nobody ever reads half a key.</summary>
    private void Write(string name, string content)
    {
        var path = Path.Combine(directory, name);
        using (var file = Open($"{path}.new", FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes(content));
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.new", path, overwrite: true);
    }

    /// <summary>One process at a time; the operating system ends the turn of one that dies.</summary>
    private FileStream TakeTurn()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Open(Path.Combine(directory, ".lock"), FileMode.OpenOrCreate);
            }
            catch (IOException) when (attempt < 500)
            {
                Thread.Sleep(20);
            }
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
    }
}
