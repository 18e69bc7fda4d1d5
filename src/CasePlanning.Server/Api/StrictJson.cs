using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace CasePlanning.Server.Api;

/// <summary>
/// Reads a body strictly and names everything that is wrong with it at once, each by its JSON pointer. The serialiser alone
/// would stop at the first fault, and would let a null into a list or a choice in the wrong case pass.
/// </summary>
internal static class StrictJson
{
    /// <summary>A body with more faults than this is not a slip but something else; naming the rest helps nobody.</summary>
    private const int MostFaultsNamed = 50;

    private const int LongestNameRepeated = 60;

    /// <summary>The value, or what is wrong with the JSON; never both.</summary>
    public static (T? Value, IReadOnlyList<ProblemError> Faults) Read<T>(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty)
            return (default, [Fault("", "empty", "Send a JSON object.")]);
        if (!Utf8.IsValid(utf8.Span))
            return (default, [Fault("", "not-utf-8", "This is not valid UTF-8.")]);
        try
        {
            // Duplicate members are let in here, so that they can be named below.
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = Json.MaxDepth });
            var check = new Check();
            check.Value(document.RootElement, JsonShape.Of(typeof(T)), "");
            return check.Faults.Count > 0 ? (default, check.Faults) : (document.Deserialize<T>(Json.Options), []);
        }
        catch (JsonException notJson)
        {
            var (line, at) = (notJson.LineNumber + 1, notJson.BytePositionInLine + 1);
            return (default, [Fault("", "not-json", string.Create(CultureInfo.InvariantCulture,
                $"This is not JSON, or it is nested deeper than {Json.MaxDepth} levels (line {line}, byte {at})."))]);
        }
        catch (InvalidOperationException)
        {
            return (default, [Fault("", "bad-unicode", "Some text in this is not valid Unicode.")]);
        }
    }

    private static ProblemError Fault(string pointer, string code, string message) => new(code, message) { Pointer = pointer };

    private sealed class Check
    {
        public List<ProblemError> Faults { get; } = [];

        public void Value(JsonElement value, JsonShape shape, string pointer)
        {
            if (value.ValueKind is JsonValueKind.Null)
            {
                if (!shape.AllowsNull)
                    Add(pointer, "null", "This must not be null.");
            }
            else if (shape.IsObject)
                Object(value, shape, pointer);
            else if (shape.Items is { } items)
                List(value, items, pointer);
            else if (!HoldsUnicode(value))
                Add(pointer, "bad-unicode", "This is not valid Unicode text.");
            else if (!Fits(value, shape))
                Add(pointer, CodeOf(shape), MessageOf(shape));
        }

        private void Object(JsonElement value, JsonShape shape, string pointer)
        {
            if (value.ValueKind is not JsonValueKind.Object)
            {
                Add(pointer, "not-an-object", "This must be an object.");
                return;
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in value.EnumerateObject())
            {
                if (Faults.Count == MostFaultsNamed)
                    return;
                if (NameOf(property) is not { } name)
                    Add(pointer, "bad-unicode", "The name of a member is not valid Unicode text.");
                else if (!seen.Add(name))
                    Add(Below(pointer, name), "duplicate-member", "This member is given more than once.");
                else if (!shape.Members.TryGetValue(name, out var member))
                    Add(Below(pointer, name), "unknown-member", "There is no such member.");
                else
                    Value(property.Value, member.Shape, Below(pointer, name));
            }

            foreach (var missing in shape.Members.Values.Where(m => m.MustBeSent && !seen.Contains(m.Name)))
                Add(Below(pointer, missing.Name), "missing-member", "This member is missing.");
        }

        private void List(JsonElement value, JsonShape items, string pointer)
        {
            if (value.ValueKind is not JsonValueKind.Array)
            {
                Add(pointer, "not-a-list", "This must be a list.");
                return;
            }

            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                if (Faults.Count == MostFaultsNamed)
                    return;
                Value(item, items, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index++}"));
            }
        }

        private void Add(string pointer, string code, string message)
        {
            if (Faults.Count < MostFaultsNamed)
                Faults.Add(Fault(pointer, code, message));
        }
    }

    /// <summary>A half of a surrogate pair can be written as an escape; it shows only when the text is read.</summary>
    private static bool HoldsUnicode(JsonElement value)
    {
        try
        {
            return value.ValueKind is not JsonValueKind.String || value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a single value can be read as the type. Choices are compared exactly; the serialiser would take any case.</summary>
    private static bool Fits(JsonElement value, JsonShape shape)
    {
        if (shape.Type.IsEnum)
            return value.ValueKind is JsonValueKind.String && shape.Choices.Contains(value.GetString()!, StringComparer.Ordinal);
        try
        {
            // A double takes any number and may make infinity of it, which could never be written again.
            return value.Deserialize(shape.Type, Json.Options) is not (null or double.PositiveInfinity or double.NegativeInfinity);
        }
        catch (Exception unfit) when (unfit is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>A name that was sent, cut to a length that can be repeated.</summary>
    public static string Shown(string name) =>
        name.Length <= LongestNameRepeated ? name
        : $"{name[..(char.IsHighSurrogate(name[LongestNameRepeated - 1]) ? LongestNameRepeated - 1 : LongestNameRepeated)]}…";

    private static string Below(string pointer, string name) =>
        $"{pointer}/{Shown(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    private static string CodeOf(JsonShape shape) => shape.Type switch
    {
        { IsEnum: true } => "unknown-choice",
        var t when t == typeof(string) => "not-text",
        var t when t == typeof(bool) => "not-true-or-false",
        var t when t == typeof(int) || t == typeof(long) => "not-a-whole-number",
        var t when t == typeof(decimal) || t == typeof(double) => "not-a-number",
        var t when t == typeof(Guid) => "not-an-id",
        var t when t == typeof(DateOnly) => "not-a-date",
        var t when t == typeof(DateTimeOffset) => "not-a-time",
        _ => "not-accepted",
    };

    private static string MessageOf(JsonShape shape) => CodeOf(shape) switch
    {
        "unknown-choice" => $"This must be one of: {string.Join(", ", shape.Choices)}.",
        "not-text" => "This must be text.",
        "not-true-or-false" => "This must be true or false.",
        "not-a-whole-number" => "This must be a whole number that is not too large.",
        "not-a-number" => "This must be a number that is not too large.",
        "not-an-id" => "This must be a UUID.",
        "not-a-date" => "This must be a date such as 2026-10-14.",
        "not-a-time" => "This must be a time with its offset, such as 2026-10-14T15:30:00Z.",
        _ => "This cannot be accepted here.",
    };
}
