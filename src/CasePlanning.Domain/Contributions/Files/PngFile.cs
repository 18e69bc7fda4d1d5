using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Text;

namespace CasePlanning.Domain.Contributions.Files;

/// <summary>PNG. Keeps the chunks that draw the picture; text, times, EXIF, profiles and whatever is unknown are left out.</summary>
internal static class PngFile
{
    /// <summary>Length, type and check sum of a chunk.</summary>
    private const int Frame = 12;

    private static readonly FrozenSet<string> Kept =
        new[] { "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs" }.ToFrozenSet();

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Signature))
            return null;
        var clean = new MemoryStream(file.Length);
        clean.Write(Signature);
        var hasData = false;
        for (var at = Signature.Length; file.Length - at >= Frame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - Frame)
                return null;
            var chunk = file.Slice(at, (int)length + Frame);
            var type = Encoding.ASCII.GetString(chunk.Slice(4, 4));
            if (at == Signature.Length && type != "IHDR")
                return null;
            if (Kept.Contains(type))
                clean.Write(chunk);
            hasData |= type == "IDAT";
            // What follows the end is not part of the picture.
            if (type == "IEND")
                return hasData ? clean.ToArray() : null;
            at += chunk.Length;
        }

        return null;
    }
}
