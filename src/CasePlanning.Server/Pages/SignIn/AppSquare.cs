using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using ZXing.QrCode.Internal;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>A link as a QR code, drawn in the page itself: the secret in it is asked for by no second request and lies in no cache.</summary>
/// <param name="Link">Of an authenticator app.</param>
public sealed record AppSquare(string Link) : IHtmlContent
{
    /// <summary>So much white all round as cameras need to find it.</summary>
    private const int Border = 4;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var square = Encoder.encode(Link, ErrorCorrectionLevel.M).Matrix;
        var size = square.Width + (2 * Border);
        writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"<svg class=\"app-square\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\""));
        encoder.Encode(writer, "QR code that holds the key. If you cannot scan it, use the link or the key below.");
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\""));
        for (var y = 0; y < square.Height; y++)
        {
            for (var x = 0; x < square.Width; x++)
            {
                if (square[x, y] == 1)
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"M{x + Border} {y + Border}h1v1h-1z"));
            }
        }

        writer.Write("\"/></svg>");
    }
}
