using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace CasePlanning.Server.Tests.Identity;

/// <summary>Reads the QR code of a page as a camera would: from what is drawn.</summary>
internal static partial class CameraOnSquare
{
    private const int Border = 4;

    public static string Read(IElement svg)
    {
        var size = int.Parse(svg.GetAttribute("viewBox")!.Split(' ')[2], CultureInfo.InvariantCulture) - (2 * Border);
        var bits = new BitMatrix(size);
        foreach (Match set in Module().Matches(svg.QuerySelectorAll("path")[^1].GetAttribute("d")!))
            bits[At(set.Groups[1]), At(set.Groups[2])] = true;
        return new Decoder().decode(bits, null).Text;

        static int At(Group place) => int.Parse(place.Value, CultureInfo.InvariantCulture) - Border;
    }

    [GeneratedRegex(@"M(\d+) (\d+)h1v1h-1z")]
    private static partial Regex Module();
}
