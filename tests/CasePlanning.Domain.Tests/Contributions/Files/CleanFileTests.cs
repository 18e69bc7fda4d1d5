using System.Text;
using CasePlanning.Domain.Contributions.Files;
using CsCheck;
using Xunit;
using static CasePlanning.Domain.Tests.Contributions.Files.SampleFiles;

namespace CasePlanning.Domain.Tests.Contributions.Files;

public sealed class CleanFileTests
{
    public static TheoryData<string> MediaTypes => [.. CleanFile.MediaTypes];

    [Theory, MemberData(nameof(MediaTypes))]
    public void Nothing_is_kept_of_what_a_file_tells_of_its_maker(string mediaType)
    {
        Assert.Contains(Canary, Encoding.Latin1.GetString(Of(mediaType)), StringComparison.Ordinal);
        Assert.DoesNotContain("Larch", Encoding.Latin1.GetString(Clean(mediaType, Of(mediaType))), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(MediaTypes))]
    public void A_clean_file_is_left_as_it_is(string mediaType)
    {
        var clean = Clean(mediaType, Of(mediaType));
        Assert.Equal(clean, Clean(mediaType, clean));
    }

    [Theory, MemberData(nameof(MediaTypes))]
    public void A_file_of_one_type_is_not_taken_for_another(string mediaType) =>
        Assert.All(CleanFile.MediaTypes.Where(other => other != mediaType), other => Assert.Null(CleanFile.From(other, Of(mediaType))));

    /// <summary>Cut off anywhere, and changed anywhere: refused or cleaned, and never anything else.</summary>
    [Theory, MemberData(nameof(MediaTypes))]
    public void No_broken_file_is_more_than_refused(string mediaType)
    {
        var file = Of(mediaType);
        for (var length = 0; length < file.Length; length++)
            CleanFile.From(mediaType, file.AsSpan(0, length));
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].Sample(changes =>
        {
            var broken = file.ToArray();
            foreach (var (place, value) in changes)
                broken[place] = value;
            CleanFile.From(mediaType, broken);
        });
    }

    [Theory, MemberData(nameof(MediaTypes))]
    public void A_beginning_alone_is_no_file(string mediaType)
    {
        Assert.Null(CleanFile.From(mediaType, []));
        Assert.Null(CleanFile.From(mediaType, Of(mediaType).AsSpan(0, 60)));
    }

    [Fact]
    public void A_type_that_is_not_known_is_not_taken() => Assert.Null(CleanFile.From("image/svg+xml", "<svg/>"u8));

    [Fact]
    public void A_jpeg_keeps_what_draws_it() => Assert.Equal(
        [
            0xFF, 0xD8,
            .. JpegSegment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 72, 0, 72, 0, 0]),
            .. JpegSegment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. JpegSegment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
            .. JpegSegment(0xC4, [0, .. new byte[16]]),
            .. JpegSegment(0xDA, [1, 1, 0, 0, 63, 0]),
            .. JpegScan,
            0xFF, 0xD9,
        ],
        Clean("image/jpeg", Jpeg()));

    [Fact]
    public void A_png_keeps_what_draws_it() => Assert.Equal(
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
            .. PngChunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
            .. PngChunk("IDAT", [0x78, 0x9C, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01]),
            .. PngChunk("IEND", []),
        ],
        Clean("image/png", Png()));

    [Fact]
    public void An_mp3_keeps_its_whole_frames_and_no_sound_is_cut_away_unseen()
    {
        byte[] sound = [.. Mp3Frame, .. Mp3Frame, .. Mp3Frame];
        Assert.Equal(sound, Clean("audio/mpeg", Mp3()));
        Assert.Equal(sound, Clean("audio/mpeg", [.. sound, .. Mp3Frame[..100]]));
        Assert.Null(CleanFile.From("audio/mpeg", [.. Mp3Frame, .. "something else"u8, .. Mp3Frame]));
    }

    /// <summary>The check sums are those of an independent implementation.</summary>
    [Fact]
    public void An_ogg_keeps_its_pages_and_their_check_sums_are_right()
    {
        var (before, after) = (Ogg(), Clean("audio/ogg", Ogg()));
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(before[^33..], after[^33..]);
        var second = after.AsSpan(47, 27 + 1 + 255);
        Assert.Equal("OpusTags"u8, second.Slice(28, 8));
        Assert.Equal(0, second[36..].ToArray().Sum(b => b));
        Assert.Equal(0x07398045U, BitConverter.ToUInt32(second[22..26]));
    }

    [Fact]
    public void A_webm_keeps_its_length_and_its_blocks_and_takes_no_vorbis()
    {
        var after = Clean("audio/webm", Webm());
        Assert.Equal(Webm().Length, after.Length);
        Assert.Equal(WebmBlock, after[^WebmBlock.Length..]);
        Assert.Contains("A_OPUS", Encoding.Latin1.GetString(after), StringComparison.Ordinal);
        Assert.DoesNotContain("Mic", Encoding.Latin1.GetString(after), StringComparison.Ordinal);
        Assert.Null(CleanFile.From("audio/webm", [.. Webm(), .. Element([0x63, 0xA2], [.. "vorbis"u8])]));
    }

    private static byte[] Clean(string mediaType, byte[] file) => CleanFile.From(mediaType, file)!.Bytes;
}
