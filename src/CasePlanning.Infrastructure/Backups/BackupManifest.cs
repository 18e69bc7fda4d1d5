using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;

namespace CasePlanning.Infrastructure.Backups;

/// <summary>What a copy holds, as it was when it was made. It is signed with the journal's key, so that a changed copy cannot bring a manifest of its own.</summary>
/// <param name="BegunAt">Whatever was acknowledged before this is in it.</param>
/// <param name="Origin">Whose journal it is.</param>
/// <param name="Schema">The last migration of the database.</param>
internal sealed record BackupManifest(
    int Format, string Release, DateTimeOffset BegunAt, DateTimeOffset EndedAt, string Origin, string Schema, JournalState Journal,
    IReadOnlyList<BackupPart> Parts)
{
    public const int CurrentFormat = 1;
    public const string FileName = "manifest.json";
    private const string SignatureFileName = "manifest.json.sig";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public async Task WriteTo(string directory, Func<string, byte[]> sign, CancellationToken cancellation)
    {
        var text = JsonSerializer.Serialize(this, Json);
        await PrivateFiles.Write(Path.Combine(directory, FileName), Encoding.UTF8.GetBytes(text), cancellation);
        await PrivateFiles.Write(Path.Combine(directory, SignatureFileName), Encoding.UTF8.GetBytes(Convert.ToBase64String(sign(text))), cancellation);
    }

    /// <exception cref="BackupRefused">There is none, or it is not signed with this key.</exception>
    public static async Task<BackupManifest> ReadFrom(string directory, Func<string, byte[], bool> isSigned, CancellationToken cancellation)
    {
        var file = Path.Combine(directory, FileName);
        var text = await File.ReadAllTextAsync(file, cancellation);
        // What is not signed is not even read.
        if (!isSigned(text, await Signature(directory, cancellation)))
            throw new BackupRefused("Its manifest was changed, or it is of another installation: this key has not signed it.");
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(text, Json)!;
            if (manifest.Format != CurrentFormat)
                throw new BackupRefused($"It has the format {manifest.Format}, of which this release knows nothing.");
            return manifest.Parts.FirstOrDefault(part => !part.HasAPlace) is { } stray
                ? throw new BackupRefused($"Its manifest names {stray.Path}, which belongs in no backup.")
                : manifest;
        }
        catch (JsonException fault)
        {
            throw new BackupRefused("Its manifest cannot be read.", fault);
        }
    }

    private static async Task<byte[]> Signature(string directory, CancellationToken cancellation)
    {
        try
        {
            return Convert.FromBase64String(await File.ReadAllTextAsync(Path.Combine(directory, SignatureFileName), cancellation));
        }
        catch (Exception fault) when (fault is FormatException or FileNotFoundException)
        {
            throw new BackupRefused("Its manifest is not signed.", fault);
        }
    }
}

/// <summary>One file of a copy.</summary>
/// <param name="Path">Within the copy, with <c>/</c>.</param>
internal sealed partial record BackupPart(string Path, long Bytes, string Sha256)
{
    public const string Database = "caseplanning.db";
    public const string PublicKey = "journal-key.pem";
    public const string Checkpoints = "journal/checkpoints.ndjson";

    /// <summary>A manifest can send no file anywhere else.</summary>
    [JsonIgnore]
    public bool HasAPlace => Path is Database or PublicKey or Checkpoints || Added().IsMatch(Path);

    public string In(string directory) => System.IO.Path.Combine(directory, Path.Replace('/', System.IO.Path.DirectorySeparatorChar));

    [GeneratedRegex("^(keys|frameworks)/[A-Za-z0-9_-][A-Za-z0-9._-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Added();
}

/// <summary>How far the journal in a copy had come.</summary>
/// <param name="Entries">Those that have a number.</param>
/// <param name="Unnumbered">Those that wait for one.</param>
internal sealed record JournalState(long Entries, long Unnumbered, SignedRoot? LastCheckpoint);

internal sealed record SignedRoot(long Size, string Root, DateTimeOffset At, string Signature)
{
    public static SignedRoot? Of(Checkpoint? checkpoint) =>
        checkpoint is null ? null : new(checkpoint.Size, Convert.ToBase64String(checkpoint.Root), checkpoint.At, checkpoint.Signature);
}

/// <summary>The half of the journal's key that anybody may have.</summary>
internal sealed class PublicKey(ECDsa key) : IDisposable
{
    public string Print { get; } = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <exception cref="BackupRefused">The file holds no such key.</exception>
    public static async Task<PublicKey> In(string file, CancellationToken cancellation)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(await File.ReadAllTextAsync(file, cancellation));
            return new PublicKey(key);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException or FileNotFoundException or DirectoryNotFoundException)
        {
            key.Dispose();
            throw new BackupRefused($"{file} holds no public key of a journal.", fault);
        }
    }

    public bool HasSigned(string text, byte[] signature) => key.VerifyData(Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256);

    public void Dispose() => key.Dispose();
}
