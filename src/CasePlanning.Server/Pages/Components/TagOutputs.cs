using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace CasePlanning.Server.Pages.Components;

internal static class TagOutputs
{
    /// <summary>Puts the component in place of the tag; nothing when there is none.</summary>
    public static void BecomeOnly(this TagHelperOutput output, IHtmlContent? component)
    {
        output.TagName = null;
        output.Attributes.Clear();
        if (component is null)
            output.SuppressOutput();
        else
            output.Content.SetHtmlContent(component);
    }

    /// <summary>The attributes that no property takes, for the element that people meet.</summary>
    public static IReadOnlyDictionary<string, string>? OtherAttributes(this TagHelperOutput output) => output.Attributes.Count == 0
        ? null
        : output.Attributes.ToDictionary(a => a.Name, a => a.Value is IHtmlContent html ? Decoded(html) : a.Value?.ToString() ?? "");

    /// <summary>Razor gives what is written in the source as it is written there; it is encoded again when it is shown.</summary>
    private static string Decoded(IHtmlContent html)
    {
        using var writer = new StringWriter();
        html.WriteTo(writer, HtmlEncoder.Default);
        return WebUtility.HtmlDecode(writer.ToString());
    }
}
