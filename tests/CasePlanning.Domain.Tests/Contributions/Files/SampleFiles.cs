using System.Buffers.Binary;
using System.Text;

namespace CasePlanning.Domain.Tests.Contributions.Files;

/// <summary>Small files as cameras and recorders write them, with <see cref="Canary"/> in every place where they tell of themselves.</summary>
public static class SampleFiles
{
    public const string Canary = "54.4821N 1.2034W Larch Cottage";

    public static byte[] Of(string mediaType) => mediaType switch
    {
        "image/png" => Png(),
        "image/jpeg" => Jpeg(),
        "audio/mpeg" => Mp3(),
        "audio/ogg" => Ogg(),
        "audio/webm" => Webm(),
        _ => throw new ArgumentOutOfRangeException(nameof(mediaType)),
    };

    public static byte[] Png() =>
    [
        0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
        .. PngChunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        .. PngChunk("tEXt", Text($"Comment\0{Canary}")),
        .. PngChunk("eXIf", Text(Canary)),
        .. PngChunk("IDAT", [0x78, 0x9C, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01]),
        .. PngChunk("IEND", []),
        .. Text(Canary),
    ];

    public static byte[] PngChunk(string type, byte[] data) => [.. BigEndian((uint)data.Length), .. Text(type), .. data, 0, 0, 0, 0];

    /// <summary>JFIF; EXIF with a place, XMP, profile and comment; one frame; a scan with an escaped FF and a restart; a trailer.</summary>
    public static byte[] Jpeg() =>
    [
        0xFF, 0xD8,
        .. JpegSegment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 72, 0, 72, 0, 0]),
        .. JpegSegment(0xE1, Text($"Exif\0\0GPS {Canary}")),
        .. JpegSegment(0xE1, Text($"http://ns.adobe.com/xap/1.0/\0{Canary}")),
        .. JpegSegment(0xE2, Text($"ICC_PROFILE\0{Canary}")),
        .. JpegSegment(0xE0, Text($"JFXX\0{Canary}")),
        .. JpegSegment(0xED, Text($"Photoshop 3.0\0{Canary}")),
        .. JpegSegment(0xEF, Text(Canary)),
        .. JpegSegment(0xFE, Text(Canary)),
        0xFF,
        .. JpegSegment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
        .. JpegSegment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
        .. JpegSegment(0xC4, [0, .. new byte[16]]),
        .. JpegSegment(0xDA, [1, 1, 0, 0, 63, 0]),
        .. JpegScan,
        0xFF, 0xD9,
        .. Text(Canary),
    ];

    public static byte[] JpegScan => [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56];

    public static byte[] JpegSegment(byte marker, byte[] data) => [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    /// <summary>An ID3v2 tag, three frames of 128 kbit/s at 44.1 kHz, part of a fourth, and an ID3v1 tag where that fits.</summary>
    public static byte[] Mp3() =>
        [.. "ID3"u8, 4, 0, 0, 0, 0, 0, (byte)Canary.Length, .. Text(Canary), .. Mp3Frame, .. Mp3Frame, .. Mp3Frame, .. "TAG"u8, .. Text(Canary), .. new byte[95]];

    public static byte[] Mp3Frame => [0xFF, 0xFB, 0x90, 0x00, .. new byte[413]];

    /// <summary>Opus: what it is, comments long enough to run over two pages, and a page of sound.</summary>
    public static byte[] Ogg()
    {
        byte[] comments = [.. "OpusTags"u8, 4, 0, 0, 0, .. Text("maker"), .. new byte[300], .. Text(Canary)];
        return
        [
            .. OggPage(2, 0, [19], [.. "OpusHead"u8, 1, 1, 0, 0, .. new byte[7]]),
            .. OggPage(0, 1, [255], comments[..255]),
            .. OggPage(1, 2, [(byte)(comments.Length - 255)], comments[255..]),
            .. OggPage(4, 3, [5], [1, 2, 3, 4, 5]),
        ];
    }

    public static byte[] OggPage(byte kind, byte number, byte[] segments, byte[] body) =>
        [.. "OggS\0"u8, kind, .. new byte[8], 7, 0, 0, 0, number, 0, 0, 0, 0xDE, 0xAD, 0xBE, 0xEF, (byte)segments.Length, .. segments, .. body];

    /// <summary>As a browser records it: a segment and a cluster without a known end.</summary>
    public static byte[] Webm() =>
    [
        .. Element([0x1A, 0x45, 0xDF, 0xA3], Element([0x42, 0x82], Text("webm"))),
        0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        .. Element([0x15, 0x49, 0xA9, 0x66], [.. Element([0x2A, 0xD7, 0xB1], [0x0F, 0x42, 0x40]), .. Element([0x7B, 0xA9], Text(Canary))]),
        .. Element([0x16, 0x54, 0xAE, 0x6B], Element([0xAE], [.. Element([0xD7], [1]), .. Element([0x53, 0x6E], Text("Mic")), .. Element([0x86], Text("A_OPUS"))])),
        .. Element([0x12, 0x54, 0xC3, 0x67], Element([0x73, 0x73], Text(Canary))),
        0x1F, 0x43, 0xB6, 0x75, 0xFF,
        .. Element([0xE7], [0]),
        .. WebmBlock,
    ];

    public static byte[] WebmBlock => Element([0xA3], [0x81, 0, 0, 0x80, 1, 2, 3]);

    public static byte[] Element(byte[] id, byte[] content) => [.. id, (byte)(0x80 | content.Length), .. content];

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] BigEndian(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
