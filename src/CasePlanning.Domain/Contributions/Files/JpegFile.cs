using System.Buffers.Binary;

namespace CasePlanning.Domain.Contributions.Files;

/// <summary>
/// JPEG. Keeps the segments that draw the picture; EXIF with its place, XMP, profiles, comments, thumbnails and anything after
/// the end are left out. A photograph that only EXIF says is to be turned is kept as the camera held it.
/// </summary>
internal static class JpegFile
{
    private const byte Escape = 0xFF;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith([Escape, StartOfImage]))
            return null;
        var clean = new MemoryStream(file.Length);
        clean.Write([Escape, StartOfImage]);
        var (hasFrame, hasScan) = (false, false);
        for (var at = 2; NextMarker(file, ref at) is { } marker;)
        {
            if (marker is EndOfImage)
            {
                clean.Write([Escape, EndOfImage]);
                return hasScan ? clean.ToArray() : null;
            }

            if (file.Length - at < 2)
                return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || length > file.Length - at)
                return null;
            var segment = file.Slice(at, length);
            at += length;
            if (!IsKept(marker, segment))
                continue;
            clean.Write([Escape, marker]);
            clean.Write(segment);
            hasFrame |= IsFrame(marker);
            if (marker is not StartOfScan)
                continue;
            if (!hasFrame)
                return null;
            hasScan = true;
            var end = EndOfScan(file, at);
            clean.Write(file[at..end]);
            at = end;
        }

        return null;
    }

    private static bool IsKept(byte marker, ReadOnlySpan<byte> segment) => marker switch
    {
        // Quantisation, number of lines, restart interval.
        StartOfScan or 0xDB or 0xDC or 0xDD => true,
        // Frames and their tables.
        >= 0xC0 and <= 0xCF => true,
        // JFIF without a thumbnail, and the colours as Adobe has them.
        0xE0 => segment.Length == 16 && segment[2..].StartsWith("JFIF\0"u8),
        0xEE => segment.Length == 14 && segment[2..].StartsWith("Adobe"u8),
        _ => false,
    };

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    /// <summary>Reads a marker and any fill bytes before it; null when there is none here.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int at)
    {
        if (at >= file.Length || file[at] != Escape)
            return null;
        while (at < file.Length && file[at] == Escape)
            at++;
        return at < file.Length ? file[at++] : null;
    }

    /// <summary>Where the next marker stands that is neither an escaped FF of the data nor a restart within it.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        for (; at < file.Length - 1; at++)
        {
            if (file[at] == Escape && file[at + 1] is not (0x00 or Escape or (>= 0xD0 and <= 0xD7)))
                return at;
        }

        return file.Length;
    }
}
