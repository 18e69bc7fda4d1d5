using System.Globalization;
using System.Text.Encodings.Web;
using CasePlanning.Domain.Contributions;
using Microsoft.AspNetCore.Html;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Somebody on the line: what they are called, in a few words, and how they see it going.</summary>
public sealed record Spoken(string Name, string Called, bool IsChild, Outlook Outlook);

/// <summary>
/// Where voices stand on one outcome: a line from worried to going well, and everybody on it by their initials. Whoever cannot
/// see it is told all of it in its description; on a phone, and without pictures, the words stand in its place. It has no average
/// and no middle, and the child is found by a heavier ring alone.
/// </summary>
/// <param name="Id">Unique on the page.</param>
public sealed record SpreadLine(string Id, string Outcome, IReadOnlyList<Spoken> Voices) : IHtmlContent
{
    private const int Width = 640;
    private const int Radius = 15;
    private const int Step = 36;
    private const int Margin = 100;
    private const int MostBeside = 5;
    private const int MostRows = 3;
    private const int Below = 34;

    /// <summary>One voice alone is spread over nothing.</summary>
    public bool IsWorthDrawing => Placed.Count() > 1;

    private IEnumerable<Spoken> Placed => Voices.Where(v => PlanWords.Spread.Contains(v.Outlook));

    /// <summary>What the line shows, in words.</summary>
    public IEnumerable<(string Outlook, IReadOnlyList<string> Names)> InWords =>
        from outlook in PlanWords.Spread.Concat(Enum.GetValues<Outlook>().Except(PlanWords.Spread))
        let names = Voices.Where(v => v.Outlook == outlook).Select(v => v.Called).ToList()
        where names.Count > 0
        select (PlanWords.Of(outlook), (IReadOnlyList<string>)names);

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var stops = PlanWords.Spread.Select(outlook => (Outlook: outlook, Voices: Placed.Where(v => v.Outlook == outlook).ToList())).ToList();
        var rows = Math.Min(MostRows, stops.Max(s => (s.Voices.Count + MostBeside - 1) / MostBeside));
        var line = (rows * Step) + 4;
        writer.Write(string.Create(CultureInfo.InvariantCulture,
            $"<svg class=\"app-spread\" viewBox=\"0 0 {Width} {line + Below}\" role=\"img\" aria-labelledby=\"{Id}-t {Id}-d\"><title id=\"{Id}-t\">"));
        encoder.Encode(writer, $"How people see it going: {Outcome}");
        writer.Write($"</title><desc id=\"{Id}-d\">");
        encoder.Encode(writer, string.Join(" ", InWords.Select(w => $"{w.Outlook}: {string.Join("; ", w.Names)}.")));
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"</desc><path d=\"M{Margin} {line}H{Width - Margin}"));
        foreach (var (_, at) in stops.Select((s, place) => (s, At(place))))
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"M{at} {line - 5}v10"));
        writer.Write("\"/>");
        for (var place = 0; place < stops.Count; place++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"<text x=\"{At(place)}\" y=\"{line + 24}\">"));
            encoder.Encode(writer, PlanWords.Of(stops[place].Outlook));
            writer.Write("</text>");
            Draw(writer, encoder, stops[place].Voices, At(place), line);
        }

        writer.Write("</svg>");
    }

    private static int At(int place) => Margin + (place * (Width - (2 * Margin)) / (PlanWords.Spread.Length - 1));

    /// <summary>In rows upon the line, the first lowest; those for whom there is no room are counted in the last place.</summary>
    private static void Draw(TextWriter writer, HtmlEncoder encoder, List<Spoken> voices, int at, int line)
    {
        const int Room = MostBeside * MostRows;
        var shown = voices.Count > Room ? voices.Take(Room - 1).ToList() : voices;
        var marks = shown.Select(v => (Text: PlanWords.Initials(v.Name), v.IsChild)).ToList();
        if (shown.Count < voices.Count)
            marks.Add((string.Create(CultureInfo.InvariantCulture, $"+{voices.Count - shown.Count}"), false));
        for (var i = 0; i < marks.Count; i++)
        {
            var inRow = Math.Min(MostBeside, marks.Count - (i / MostBeside * MostBeside));
            var x = at + ((((i % MostBeside) * 2) - (inRow - 1)) * Step / 2);
            var y = line - (Step / 2) - 3 - (i / MostBeside * Step);
            writer.Write(string.Create(CultureInfo.InvariantCulture,
                $"<circle{(marks[i].IsChild ? " class=\"app-spread__child\"" : "")} cx=\"{x}\" cy=\"{y}\" r=\"{Radius}\"/><text class=\"i\" x=\"{x}\" y=\"{y + 5}\">"));
            encoder.Encode(writer, marks[i].Text);
            writer.Write("</text>");
        }
    }
}
