using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.IdentityModel.Tokens;

namespace CasePlanning.Server.Identity;

/// <summary>
/// The keys of this host, made on first use and read ever after: those of the issuer, and those by which ASP.NET Core protects
/// cookies. The account that runs the host may read the files, and nobody else. Hosts that share a database share this
/// directory, or they would refuse each other's tokens.
/// </summary>
internal sealed class KeyFiles(string directory) : IXmlRepository
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Signs access tokens.</summary>
    public RsaSecurityKey Signing()
    {
        var key = RSA.Create();
        key.ImportFromPem(ReadOrMake("signing.pem", MakeRsa));
        return new RsaSecurityKey(key);

        static string MakeRsa()
        {
            using var made = RSA.Create(3072);
            return made.ExportPkcs8PrivateKeyPem();
        }
    }

    /// <summary>Encrypts what the issuer alone reads again, such as authorization codes.</summary>
    public SymmetricSecurityKey Encryption() =>
        new(Convert.FromBase64String(ReadOrMake("encryption.key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))));

    /// <summary>From this each person's device key is derived.</summary>
    public byte[] Devices() => Convert.FromBase64String(ReadOrMake("devices.key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

    /// <summary>Signs the journal's checkpoints.</summary>
    public ECDsa Journal()
    {
        var key = ECDsa.Create();
        key.ImportFromPem(ReadOrMake("journal.pem", MakeEc));
        return key;

        static string MakeEc()
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return made.ExportPkcs8PrivateKeyPem();
        }
    }

    // The repository that comes with ASP.NET Core would do, but begins each key as a file in the system's temporary directory.
    IReadOnlyCollection<XElement> IXmlRepository.GetAllElements() =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, "*.xml").Select(path => XElement.Load(path))] : [];

    void IXmlRepository.StoreElement(XElement element, string friendlyName)
    {
        CreateDirectory();
        Write($"{friendlyName}.xml", element.ToString());
    }

    /// <summary>Of two hosts that start at once, one makes the key and both use it.</summary>
    private string ReadOrMake(string name, Func<string> make)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path))
        {
            CreateDirectory();
            using var turn = TakeTurn();
            if (!File.Exists(path))
                Write(name, make());
        }

        return File.ReadAllText(path);
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
