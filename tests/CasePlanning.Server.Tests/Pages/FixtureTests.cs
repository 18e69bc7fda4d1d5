using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CasePlanning.Server.Pages.Components;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Html;
using Xunit;

namespace CasePlanning.Server.Tests.Pages;

/// <summary>
/// Each component against the fixtures that its package ships: the same options must give the same HTML. An option is supported
/// when the component has a property of its name; a fixture that uses another is skipped, and every such option is listed here
/// with its reason.
/// </summary>
public sealed partial class FixtureTests(ITestOutputHelper output)
{
    private const string Folder = "src/CasePlanning.Server/Assets/node_modules/govuk-frontend/dist/govuk/components";

    private static readonly Dictionary<string, Type> Components = new()
    {
        ["back-link"] = typeof(BackLink),
        ["breadcrumbs"] = typeof(Breadcrumbs),
        ["button"] = typeof(Button),
        ["checkboxes"] = typeof(Checkboxes),
        ["date-input"] = typeof(DateInput),
        ["details"] = typeof(Details),
        ["error-message"] = typeof(ErrorMessage),
        ["error-summary"] = typeof(ErrorSummary),
        ["fieldset"] = typeof(Fieldset),
        ["hint"] = typeof(Hint),
        ["input"] = typeof(Input),
        ["inset-text"] = typeof(InsetText),
        ["label"] = typeof(Label),
        ["notification-banner"] = typeof(NotificationBanner),
        ["radios"] = typeof(Radios),
        ["select"] = typeof(Select),
        ["service-navigation"] = typeof(ServiceNavigation),
        ["skip-link"] = typeof(SkipLink),
        ["summary-list"] = typeof(SummaryList),
        ["tag"] = typeof(Tag),
        ["textarea"] = typeof(Textarea),
        ["warning-text"] = typeof(WarningText),
    };

    /// <summary>Options, and single fixtures in brackets, that are left out.</summary>
    private static readonly Dictionary<(string Component, string Option), string> LeftOut = new()
    {
        [("button", "isStartButton")] = "pages begin with an ordinary button; the arrow belongs to the style of gov.uk",
        [("date-input", "day")] = "the three parts are given as items, which can say the same",
        [("date-input", "month")] = "the three parts are given as items, which can say the same",
        [("date-input", "year")] = "the three parts are given as items, which can say the same",
        [("date-input", "values")] = "each part has its own value",
        [("input", "prefix")] = "no field of ours has a unit",
        [("input", "suffix")] = "no field of ours has a unit",
        [("input", "inputWrapper")] = "is round units only",
        [("summary-list", "card")] = "no list of ours is in a card",
        [("checkboxes", "[empty conditional]")] = "C# has no such thing but null",
        [("checkboxes", "[with falsy values]")] = "C# has no such thing but null",
        [("radios", "[with empty conditional]")] = "C# has no such thing but null",
        [("service-navigation", "[with navigation having empty values]")] = "C# has no such thing but null",
        [("service-navigation", "[with navigation having only empty values]")] = "C# has no such thing but null",
        [("radios", "[with falsy items]")] = "C# has no such thing but null",
        [("select", "[with falsy items]")] = "C# has no such thing but null",
        [("summary-list", "[with falsy values]")] = "C# has no such thing but null",
    };

    private static readonly JsonSerializerOptions Reading = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new HtmlFromText(), new TextFromAnything() },
    };

    public static TheoryData<string> Names => [.. Components.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_component_writes_what_the_package_writes(string component)
    {
        var faults = new List<string>();
        var compared = 0;
        foreach (var fixture in FixturesOf(component))
        {
            if (ReasonsToSkip(component, fixture).Any())
                continue;
            compared++;
            try
            {
                var made = (IHtmlContent)fixture["options"].Deserialize(Components[component], Reading)!;
                using var writer = new StringWriter();
                made.WriteTo(writer, HtmlEncoder.Default);
                var (expected, actual) = (Canonical(fixture["html"]!.GetValue<string>()), Canonical(writer.ToString()));
                if (expected != actual)
                    faults.Add($"{component}, {fixture["name"]}:\n  expected {expected}\n  actual   {actual}");
            }
            catch (JsonException unknown)
            {
                faults.Add($"{component}, {fixture["name"]}: {unknown.Message}");
            }
        }

        output.WriteLine($"{component}: {compared} fixtures are equal, {FixturesOf(component).Count - compared} are left out.");
        Found.Nothing(faults);
        Assert.NotEqual(0, compared);
    }

    [Fact]
    public void Nothing_is_left_out_that_no_fixture_needs() => Found.Nothing(LeftOut.Keys
        .Where(left => !FixturesOf(left.Component).Any(f => ReasonsToSkip(left.Component, f).Contains(left)))
        .Select(left => $"{left.Component}: {left.Option}"));

    private static IEnumerable<(string, string)> ReasonsToSkip(string component, JsonNode fixture) =>
        LeftOut.Keys.Where(left => left.Component == component
            && (left.Option == $"[{fixture["name"]}]" || Options(fixture["options"]).Contains(left.Option)));

    private static IEnumerable<string> Options(JsonNode? node) => node switch
    {
        JsonObject all => all.SelectMany(o => o.Key is "attributes" ? [o.Key] : Options(o.Value).Prepend(o.Key)),
        JsonArray items => items.SelectMany(Options),
        _ => [],
    };

    private static List<JsonNode> FixturesOf(string component)
    {
        var all = JsonNode.Parse(File.ReadAllText(SourceFiles.At($"{Folder}/{component}/fixtures.json")))!["fixtures"]!.AsArray().OfType<JsonNode>().ToList();
        // The macro takes this slot as text too; here it always has its alignment beside it.
        foreach (var slots in all.Select(f => f["options"]!["slots"]).OfType<JsonObject>())
        {
            if (slots["end"] is JsonValue text)
                slots["end"] = new JsonObject { ["html"] = text.GetValue<string>() };
        }

        return all;
    }

    /// <summary>The HTML as a browser understands it: neither white space between things nor the order of attributes and classes counts.</summary>
    private static string Canonical(string html)
    {
        var parser = new HtmlParser();
        var body = parser.ParseDocument("<body></body>").Body!;
        var text = new StringBuilder();
        foreach (var node in parser.ParseFragment(html, body))
            Write(node, text);
        return text.ToString();
    }

    private static void Write(INode node, StringBuilder text)
    {
        if (node is IText { Data: var data })
        {
            text.Append(Spaces().Replace(data, " ").Trim());
            return;
        }

        if (node is not IElement element)
            return;
        text.Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal))
            text.Append(' ').Append(attribute.Name).Append("=\"").Append(ValueOf(attribute, element)).Append('"');
        text.Append('>');
        foreach (var child in element.ChildNodes)
            Write(child, text);
        text.Append("</").Append(element.LocalName).Append('>');
    }

    private static string ValueOf(IAttr attribute, IElement element) =>
        attribute.Name is "class" ? string.Join(' ', element.ClassList.Order(StringComparer.Ordinal)) : attribute.Value;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    private sealed class HtmlFromText : JsonConverter<IHtmlContent>
    {
        public override IHtmlContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new HtmlString(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, IHtmlContent value, JsonSerializerOptions options) => throw new NotSupportedException();
    }

    /// <summary>The macros take a number where text is meant.</summary>
    private sealed class TextFromAnything : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => reader.GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture),
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            _ => throw new JsonException($"{reader.TokenType} is no text."),
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
