namespace CasePlanning.Domain.Contributions.Files;

/// <summary>MP3. Keeps the frames of sound; the tags before and after them (ID3, APE, Lyrics) are left out.</summary>
internal static class Mp3File
{
    private const int TagHeader = 10;

    private static ReadOnlySpan<short> BitRatesOfVersion1 => [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private static ReadOnlySpan<short> BitRatesOfVersion2 => [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    private static ReadOnlySpan<int> SampleRates => [44100, 48000, 32000];

    public static byte[]? Clean(ReadOnlySpan<byte> file)
    {
        while (file.StartsWith("ID3"u8))
        {
            if (TagLength(file) is not { } length || length > file.Length)
                return null;
            file = file[length..];
        }

        var end = 0;
        while (FrameLength(file[end..]) is { } length && length <= file.Length - end)
            end += length;
        // A last frame that was cut short goes with the tags. Anything else after the frames could be sound that would be lost.
        return end > 0 && IsNoMoreSound(file[end..]) ? file[..end].ToArray() : null;
    }

    private static bool IsNoMoreSound(ReadOnlySpan<byte> rest) =>
        rest.Length < 4 || FrameLength(rest) is not null
        || rest.StartsWith("TAG"u8) || rest.StartsWith("APETAGEX"u8) || rest.StartsWith("LYRICSBEGIN"u8);

    /// <summary>The length of an ID3v2 tag, which is written with seven bits to the byte; its footer counts besides.</summary>
    private static int? TagLength(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < TagHeader)
            return null;
        var hasFooter = (tag[5] & 0x10) != 0;
        var length = (tag[6] & 0x7F) << 21 | (tag[7] & 0x7F) << 14 | (tag[8] & 0x7F) << 7 | (tag[9] & 0x7F);
        return TagHeader + length + (hasFooter ? TagHeader : 0);
    }

    /// <summary>The length that a frame of layer III says of itself; null when no frame begins here.</summary>
    private static int? FrameLength(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 4 || frame[0] != 0xFF || (frame[1] & 0xE6) != 0xE2)
            return null;
        var (version, bitRate, sampleRate, padding) = (frame[1] >> 3 & 3, frame[2] >> 4, frame[2] >> 2 & 3, frame[2] >> 1 & 1);
        const int version25 = 0, reserved = 1, version1 = 3;
        if (version is reserved || bitRate is 0 or 15 || sampleRate is 3)
            return null;
        var bitsPerSecond = 1000 * (version is version1 ? BitRatesOfVersion1 : BitRatesOfVersion2)[bitRate - 1];
        var samplesPerSecond = SampleRates[sampleRate] / (version is version1 ? 1 : version is version25 ? 4 : 2);
        return (version is version1 ? 144 : 72) * bitsPerSecond / samplesPerSecond + padding;
    }
}
