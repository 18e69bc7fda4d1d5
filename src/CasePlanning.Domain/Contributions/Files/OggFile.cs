using System.Buffers.Binary;

namespace CasePlanning.Domain.Contributions.Files;

/// <summary>
/// Ogg with sound in Opus or Vorbis. The second packet of each stream is its comments (title, place, even a picture): it keeps
/// its length, so that no page moves, and says nothing any more.
/// </summary>
internal static class OggFile
{
    private const int PageHeader = 27;
    private const int CheckSum = 22;
    private const byte BeginsStream = 0x02;
    private static readonly uint[] CheckSums = [.. Enumerable.Range(0, 256).Select(CheckSumOf)];

    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        var clean = file.ToArray();
        var streams = new Dictionary<uint, Sound>();
        for (var at = 0; at < clean.Length;)
        {
            if (PageAt(clean.AsSpan(at)) is not { } length)
                return null;
            var page = clean.AsSpan(at, length);
            var serial = BinaryPrimitives.ReadUInt32LittleEndian(page[14..]);
            if ((page[5] & BeginsStream) != 0)
            {
                if (Sound.BeginningWith(BodyOf(page)) is not { } begun)
                    return null;
                streams[serial] = begun;
            }

            if (!streams.TryGetValue(serial, out var sound) || !sound.Pass(page))
                return null;
            at += length;
        }

        return streams.Count > 0 && streams.Values.All(s => s.IsPastComments) ? clean : null;
    }

    /// <summary>The length of the page that begins here; null when none does, or not the whole of it is there.</summary>
    private static int? PageAt(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < PageHeader || !rest.StartsWith("OggS\0"u8) || rest.Length < PageHeader + rest[26])
            return null;
        var length = PageHeader + rest[26];
        foreach (var segment in rest.Slice(PageHeader, rest[26]))
            length += segment;
        return length <= rest.Length ? length : null;
    }

    private static Span<byte> BodyOf(Span<byte> page) => page[(PageHeader + page[26])..];

    private static void Seal(Span<byte> page)
    {
        var sum = page.Slice(CheckSum, sizeof(uint));
        sum.Clear();
        var remainder = 0u;
        foreach (var value in page)
            remainder = remainder << 8 ^ CheckSums[(byte)(remainder >> 24) ^ value];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, remainder);
    }

    private static uint CheckSumOf(int value)
    {
        var remainder = (uint)value << 24;
        for (var bit = 0; bit < 8; bit++)
            remainder = remainder << 1 ^ ((remainder & 0x80000000) != 0 ? 0x04C11DB7u : 0);
        return remainder;
    }

    /// <summary>One stream of the file, while its pages pass by.</summary>
    private sealed class Sound(byte[] nameOfComments, bool endsInFramingBit)
    {
        private const int Comments = 1;

        private int packet;
        private int place;

        public bool IsPastComments => packet > Comments;

        /// <summary>Nothing of the maker and no comments: two lengths of nought after the packet's name.</summary>
        private int FramingBit => nameOfComments.Length + 2 * sizeof(uint);

        public static Sound? BeginningWith(ReadOnlySpan<byte> body) =>
            body.StartsWith("OpusHead"u8) ? new("OpusTags"u8.ToArray(), endsInFramingBit: false)
            : body.StartsWith("\u0001vorbis"u8) ? new("\u0003vorbis"u8.ToArray(), endsInFramingBit: true)
            : null;

        /// <summary>Passes over one page and silences what it holds of the comments; false when they are not what they should be.</summary>
        public bool Pass(Span<byte> page)
        {
            var body = BodyOf(page);
            var holdsComments = packet is Comments;
            foreach (var segment in page.Slice(PageHeader, page[26]))
            {
                if (packet is Comments && !Silence(body[..segment]))
                    return false;
                body = body[segment..];
                if (segment < byte.MaxValue && !EndPacket())
                    return false;
                holdsComments |= packet is Comments;
            }

            if (holdsComments)
                Seal(page);
            return true;
        }

        private bool Silence(Span<byte> part)
        {
            foreach (ref var value in part)
            {
                if (place < nameOfComments.Length && value != nameOfComments[place])
                    return false;
                if (place >= nameOfComments.Length)
                    value = (byte)(endsInFramingBit && place == FramingBit ? 1 : 0);
                place++;
            }

            return true;
        }

        private bool EndPacket()
        {
            var isTooShort = packet is Comments && place < FramingBit + (endsInFramingBit ? 1 : 0);
            packet++;
            place = 0;
            return !isTooShort;
        }
    }
}
