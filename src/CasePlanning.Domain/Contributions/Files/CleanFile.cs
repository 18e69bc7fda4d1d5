using System.Collections.Frozen;
using System.Security.Cryptography;

namespace CasePlanning.Domain.Contributions.Files;

/// <summary>
/// A picture or a recording that tells no more than is seen or heard in it. What cameras and recorders write into their files
/// besides (the place, the time, the device, names, small copies of a picture before it was cut) can lead to a child's home, so
/// it is taken out; nothing else can be attached.
/// </summary>
public sealed class CleanFile
{
    private static readonly FrozenDictionary<string, FileFormat> Formats = new Dictionary<string, FileFormat>
    {
        ["image/jpeg"] = new("jpg", JpegFile.Clean),
        ["image/png"] = new("png", PngFile.Clean),
        ["audio/mpeg"] = new("mp3", Mp3File.Clean),
        ["audio/ogg"] = new("ogg", OggFile.Clean),
        ["audio/webm"] = new("webm", WebmFile.Clean),
    }.ToFrozenDictionary();

    private CleanFile(string mediaType, byte[] bytes)
    {
        MediaType = mediaType;
        Bytes = bytes;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>What can be attached, in lower case and without parameters.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = [.. Formats.Keys.Order(StringComparer.Ordinal)];

    public string MediaType { get; }

    public byte[] Bytes { get; }

    public string Sha256 { get; }

    /// <summary>Cleans a file; null when it is not a whole one of this media type, or of a kind that cannot be cleaned.</summary>
    public static CleanFile? From(string mediaType, ReadOnlySpan<byte> file) =>
        Formats.TryGetValue(mediaType, out var format) && format.Clean(file) is { } clean ? new(mediaType, clean) : null;

    /// <summary>How the name of such a file ends.</summary>
    public static string ExtensionOf(string mediaType) => Formats[mediaType].Extension;

    private delegate byte[]? Cleaning(ReadOnlySpan<byte> file);

    private sealed record FileFormat(string Extension, Cleaning Clean);
}
