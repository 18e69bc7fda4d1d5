using System.Collections.Frozen;

namespace CasePlanning.Domain.Contributions.Files;

/// <summary>
/// WebM, as browsers record it. What is not needed to play it (tags, title, date, chapters, attached files) is overwritten with
/// void elements of the same length, so that nothing else moves. Vorbis keeps comments inside its settings; Opus, which browsers
/// use, does not, so WebM with Vorbis is not taken.
/// </summary>
internal static class WebmFile
{
    private const uint Header = 0x1A45DFA3;
    private const uint Cluster = 0x1F43B675;
    private const uint CodecPrivate = 0x63A2;
    private const byte Void = 0xEC;

    /// <summary>Looked into: segment, info, tracks, one track, cluster. The first and last may have no known end.</summary>
    private static readonly FrozenSet<uint> Entered = new uint[] { 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, Cluster }.ToFrozenSet();

    private static readonly FrozenSet<uint> Kept = new uint[]
    {
        Header, Void,
        // Where things are: seek head, cues.
        0x114D9B74, 0x1C53BB6B,
        // Info: scale of time, duration, the programs that wrote it.
        0x2AD7B1, 0x4489, 0x4D80, 0x5741,
        // A track: number, id, type, flags, durations, language, codec with its settings and delays, sound, picture, encodings.
        0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x6DF8, 0x23E383, 0x22B59C, 0x22B59D, 0x86,
        CodecPrivate, 0x56AA, 0x56BB, 0xE1, 0xE0, 0x6D80,
        // A cluster: time, blocks, position, size of the one before.
        0xE7, 0xA3, 0xA0, 0xA7, 0xAB,
    }.ToFrozenSet();

    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        var clean = file.ToArray();
        var hasSound = false;
        for (var at = 0; at < clean.Length;)
        {
            if (ElementAt(clean.AsSpan(at)) is not var (id, start, size) || (at == 0) != (id == Header))
                return null;
            hasSound |= id == Cluster;
            if (Entered.Contains(id))
            {
                at += start;
                continue;
            }

            if (size is not { } known || known > clean.Length - at - start)
                return null;
            var element = clean.AsSpan(at, start + (int)known);
            if (id == Header && element.IndexOf("webm"u8) < 0 || id == CodecPrivate && element.IndexOf("vorbis"u8) >= 0)
                return null;
            if (!Kept.Contains(id))
                Empty(element);
            at += element.Length;
        }

        return hasSound ? clean : null;
    }

    /// <summary>What begins here: its id, where its content starts, and the content's size if that is known.</summary>
    private static (uint Id, int Start, long? Size)? ElementAt(ReadOnlySpan<byte> rest)
    {
        if (NumberAt(rest) is not (var id, <= 4 and var idLength) || NumberAt(rest[idLength..]) is not var (size, sizeLength))
            return null;
        // The length's own bit is part of an id and no part of a size; a size of ones only is not known.
        var most = (1L << 7 * sizeLength) - 1;
        return ((uint)id, idLength + sizeLength, (size & most) == most ? null : size & most);
    }

    /// <summary>A number of one to eight bytes: as many as its first byte has leading noughts, and one.</summary>
    private static (long Value, int Length)? NumberAt(ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || byte.LeadingZeroCount(rest[0]) is var noughts && rest.Length <= noughts || noughts == 8)
            return null;
        var value = 0L;
        foreach (var part in rest[..(noughts + 1)])
            value = value << 8 | part;
        return (value, noughts + 1);
    }

    /// <summary>A void element of the same length: its size takes one byte, or eight where one does not do.</summary>
    private static void Empty(Span<byte> element)
    {
        var length = element.Length;
        element.Clear();
        element[0] = Void;
        if (length < 9)
        {
            element[1] = (byte)(0x80 | length - 2);
            return;
        }

        element[1] = 0x01;
        for (var (place, size) = (8, length - 9); size > 0; size >>= 8)
            element[place--] = (byte)size;
    }
}
