using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CasePlanning.Domain.Contributions;
using CasePlanning.Server.Pages.Plans;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

public sealed class SpreadLineTests
{
    [Fact]
    public void Everybody_is_on_the_line_and_in_its_words()
    {
        var line = Line(
            Somebody("Kezia", Outlook.Mixed, isChild: true), Somebody("Imke Sandover", Outlook.Worried), Somebody("Dr Ngaire Holloway-Bose", Outlook.Mixed),
            Somebody("Cal Wexley", Outlook.GoingWell), Somebody("Lee Turner", Outlook.CannotTell));
        var svg = Drawn(line);

        Assert.Equal("img", svg.GetAttribute("role"));
        Assert.All(svg.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.NotNull(svg.QuerySelector($"#{id}")));
        Assert.Equal("How people see it going: Enjoy & achieve", svg.QuerySelector("title")!.TextContent);
        Assert.Equal("Worried: Imke Sandover, of this plan. Mixed: Kezia, of this plan; Dr Ngaire Holloway-Bose, of this plan. "
            + "Going well: Cal Wexley, of this plan. Can’t tell: Lee Turner, of this plan.", svg.QuerySelector("desc")!.TextContent);

        Assert.Equal(["IS", "K", "NH", "CW"], Initials(svg));
        Assert.Equal(["Worried", "Mixed", "Going well"], svg.QuerySelectorAll("text:not(.i)").Select(t => t.TextContent));
        var ring = Assert.Single(svg.QuerySelectorAll(".app-spread__child"));
        Assert.Equal("K", ring.NextElementSibling!.TextContent);
    }

    [Fact]
    public void Who_thinks_alike_stands_in_one_place_and_nobody_on_another()
    {
        var svg = Drawn(Line([.. Enumerable.Range(0, 12).Select(i => Somebody($"Person {i}", Outlook.Mixed))]));
        var places = svg.QuerySelectorAll("circle").Select(c => (X: Number(c, "cx"), Y: Number(c, "cy"))).ToList();
        Assert.Equal(12, places.Distinct().Count());
        Assert.All(places, a => Assert.All(places.Where(b => b != a), b => Assert.True(Math.Abs(a.X - b.X) >= 30 || Math.Abs(a.Y - b.Y) >= 30)));
        Assert.All(places, p => Assert.True(Math.Abs(p.X - 320) < 110, "It would stand at another's place."));
        Assert.All(places, p => Assert.True(p.Y >= 15, "It would be cut off."));
    }

    [Fact]
    public void For_two_hundred_there_is_a_number_and_the_words_name_them_all()
    {
        var line = Line([.. Enumerable.Range(0, 200).Select(i => Somebody($"Person {i}", Outlook.Worried)), Somebody("Kezia", Outlook.Mixed, isChild: true)]);
        var svg = Drawn(line);
        Assert.Equal(15 + 1, svg.QuerySelectorAll("circle").Length);
        Assert.Contains("+186", Initials(svg));
        Assert.Equal(200, line.InWords.First().Names.Count);
        Assert.Contains("Person 199", svg.QuerySelector("desc")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void One_voice_alone_is_spread_over_nothing()
    {
        Assert.False(Line(Somebody("Kezia", Outlook.Mixed)).IsWorthDrawing);
        Assert.False(Line(Somebody("Kezia", Outlook.Mixed), Somebody("Lee Turner", Outlook.OutsideMyExpertise)).IsWorthDrawing);
        Assert.True(Line(Somebody("Kezia", Outlook.Mixed), Somebody("Lee Turner", Outlook.Mixed)).IsWorthDrawing);
    }

    [Fact]
    public void A_name_is_text_whatever_is_in_it()
    {
        using var writer = new StringWriter();
        Line(Somebody("</desc><script>alert(1)</script>", Outlook.Mixed), Somebody("<b> <i>", Outlook.Worried)).WriteTo(writer, HtmlEncoder.Default);
        Assert.DoesNotContain("<script", writer.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("<b", writer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Imke Sandover", "IS")]
    [InlineData("Dr Ngaire Holloway-Bose", "NH")]
    [InlineData("Kezia", "K")]
    [InlineData("Llŷr ap Gwynedd", "LG")]
    [InlineData("éva Ångström", "ÉÅ")]
    [InlineData("نور الهدى", "نا")]
    [InlineData("Dr", "?")]
    [InlineData("", "?")]
    public void A_name_has_initials(string name, string initials) => Assert.Equal(initials, PlanWords.Initials(name));

    private static SpreadLine Line(params Spoken[] voices) => new("spread-enjoy", "Enjoy & achieve", voices);

    private static Spoken Somebody(string name, Outlook outlook, bool isChild = false) => new(name, $"{name}, of this plan", isChild, outlook);

    private static IElement Drawn(SpreadLine line)
    {
        using var writer = new StringWriter();
        line.WriteTo(writer, HtmlEncoder.Default);
        return new HtmlParser().ParseDocument(writer.ToString()).QuerySelector("svg")!;
    }

    private static IEnumerable<string> Initials(IElement svg) => svg.QuerySelectorAll("text.i").Select(t => t.TextContent);

    private static int Number(IElement element, string name) => int.Parse(element.GetAttribute(name)!, System.Globalization.CultureInfo.InvariantCulture);
}
