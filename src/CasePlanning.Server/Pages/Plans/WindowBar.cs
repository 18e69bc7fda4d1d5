using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>
/// The window of a review as a line from its first day to its last, with today and its meetings on it. All that it shows is also
/// said in words beside it, so whoever cannot see it misses nothing.
/// </summary>
public sealed record WindowBar(DateOnly OpensOn, DateOnly ClosesOn, DateOnly Today, IReadOnlyList<DateOnly> Meetings) : IHtmlContent
{
    private const int Left = 2;
    private const int Length = 96;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var today = At(Today);
        writer.Write("<svg class=\"app-window__bar\" width=\"100%\" height=\"28\" aria-hidden=\"true\" focusable=\"false\">");
        Line(writer, "app-window__all", Left, Left + Length);
        if (Today >= OpensOn)
            Line(writer, "app-window__gone", Left, today);
        foreach (var meeting in Meetings)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<rect class=\"app-window__meeting\" x=\"{At(meeting):0.##}%\" y=\"4\" width=\"6\" height=\"20\" transform=\"translate(-3)\"/>"));
        if (Today >= OpensOn && Today <= ClosesOn)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<circle class=\"app-window__today\" cx=\"{today:0.##}%\" cy=\"14\" r=\"9\"/>"));
        writer.Write("</svg>");
    }

    private static void Line(TextWriter writer, string style, double from, double to) => writer.Write(string.Create(
        CultureInfo.InvariantCulture, $"<line class=\"{style}\" x1=\"{from:0.##}%\" y1=\"14\" x2=\"{to:0.##}%\" y2=\"14\"/>"));

    private double At(DateOnly day)
    {
        var days = Math.Max(1, ClosesOn.DayNumber - OpensOn.DayNumber);
        return Left + (Length * Math.Clamp((day.DayNumber - OpensOn.DayNumber) / (double)days, 0, 1));
    }
}
