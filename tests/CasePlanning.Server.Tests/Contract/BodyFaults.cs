using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static CasePlanning.Server.Tests.Contract.BadRequest;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>Everything that can be wrong with a body, one thing at a time, found by walking its schema.</summary>
internal sealed class BodyFaults(ApiRequest valid, JsonNode body, Schema schema)
{
    private const int TooManyBytes = 1024 * 1024 + 1;

    /// <summary>More than any text may be long.</summary>
    private const int TooManyCharacters = 20_001;

    private static readonly byte[][] NotUtf8 = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]];

    private static readonly (ValueKind? Kind, string Json)[] OfEveryType =
    [
        (ValueKind.Text, $"\"{Canary}\""),
        (ValueKind.Whole, "7"),
        (null, "-0.5"),
        (ValueKind.Truth, "true"),
        (ValueKind.List, "[]"),
        (ValueKind.List, $"[\"{Canary}\"]"),
        (ValueKind.Object, "{}"),
        (ValueKind.Object, $$"""{"member":"{{Canary}}"}"""),
    ];

    private static readonly string[] NoDays =
        ["", " ", Canary, "2026-02-30", "2026-13-01", "2026-1-1", "20261014", "14/10/2026", "2026-10-14T00:00:00Z", "10000-01-01", "-0001-01-01", "0000-01-01"];

    private static readonly string[] NoInstants =
    [
        "", " ", Canary, "2026-10-14", "2026-10-14T15:30:00", "2026-10-14 15:30:00Z", "2026-10-14T25:00:00Z", "2026-02-30T10:00:00Z", "2026-10-14T23:59:60Z",
        "2026-10-14T15:30:00+99:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "10000-01-01T00:00:00Z", "1760455800",
    ];

    private static readonly string[] NoIds =
        ["", " ", Canary, "0", "01999f3a5c0070008000000000000000", "{01999f3a-5c00-7000-8000-000000000000}", "01999f3a-5c00-7000-8000-00000000000g", "01999f3a-5c00-7000-8000-0000000000000"];

    public IEnumerable<BadRequest> All() => OfTheWhole().Concat(Places("", schema, body).SelectMany(OfPlace));

    /// <summary>A value of some place's type, so that what lies below can be reached where the example does not go.</summary>
    public static JsonNode Sample(Schema schema) => schema.Kind switch
    {
        ValueKind.Text => JsonValue.Create("Some words"),
        ValueKind.Choice => JsonValue.Create(schema.Choices[0]),
        ValueKind.Id => JsonValue.Create(Nowhere),
        ValueKind.Day => JsonValue.Create("2026-10-14"),
        ValueKind.Instant => JsonValue.Create("2026-10-14T15:30:00Z"),
        ValueKind.Whole => JsonValue.Create(schema.Minimum ?? 1),
        ValueKind.Truth => JsonValue.Create(true),
        ValueKind.List => new JsonArray(Sample(schema.Items)),
        ValueKind.Object => new JsonObject(schema.Members.Where(m => schema.Required.Contains(m.Name)).Select(m => KeyValuePair.Create(m.Name, (JsonNode?)Sample(m.Schema)))),
        _ => Sample(schema.Alternatives[0]),
    };

    /// <summary>Each place in the body with its schema, and a body in which that place is filled.</summary>
    private static IEnumerable<(string Pointer, Schema Schema, JsonNode Body)> Places(string pointer, Schema schema, JsonNode body)
    {
        if (body.At(pointer) is null)
        {
            body = body.DeepClone();
            body.Set(pointer, Sample(schema));
        }

        yield return (pointer, schema, body);
        var below = schema.Kind switch
        {
            ValueKind.Object => schema.Members.SelectMany(m => Places($"{pointer}/{m.Name}", m.Schema, body)),
            ValueKind.List => Places($"{pointer}/0", schema.Items, body),
            _ => [],
        };
        foreach (var place in below)
            yield return place;
    }

    private IEnumerable<BadRequest> OfPlace((string Pointer, Schema Schema, JsonNode Body) place)
    {
        var (pointer, own, filled) = place;
        foreach (var json in WrongTypes(own))
            yield return Malformed("wrong type", pointer, filled.Put(pointer, json));
        if (!own.AllowsNull)
            yield return Malformed("null", pointer, filled.Put(pointer, "null"));
        var faults = own.Kind switch
        {
            ValueKind.Text => OfText(pointer, own, filled),
            ValueKind.Choice => NoChoices(own).Select(json => Malformed("no such choice", pointer, filled.Put(pointer, json))),
            ValueKind.Id => OfId(pointer, filled),
            ValueKind.Day => OfDay(pointer, filled),
            ValueKind.Instant => OfInstant(pointer, filled),
            ValueKind.Whole => OfWhole(pointer, own, filled),
            ValueKind.Truth => new[] { "0", "\"true\"", "\"\"" }.Select(json => Malformed("no truth", pointer, filled.Put(pointer, json))),
            ValueKind.List => OfList(pointer, own, filled),
            ValueKind.Object => OfObject(pointer, own, filled),
            _ => OfEither(pointer, filled),
        };
        foreach (var fault in faults)
            yield return fault;
    }

    private static IEnumerable<string> WrongTypes(Schema schema)
    {
        var right = schema.Kind is ValueKind.Either ? schema.Alternatives.Select(a => a.Kind).ToList() : [schema.Kind];
        return OfEveryType.Where(t => !right.Contains(t.Kind ?? ValueKind.Either) && !(t.Kind is ValueKind.Text && right.Exists(IsWrittenAsText))).Select(t => t.Json);
    }

    private static bool IsWrittenAsText(ValueKind kind) =>
        kind is ValueKind.Text or ValueKind.Choice or ValueKind.Id or ValueKind.Day or ValueKind.Instant;

    private IEnumerable<BadRequest> OfText(string pointer, Schema own, JsonNode filled)
    {
        if (own.MaxLength is not { } most)
            throw new InvalidOperationException($"The document sets no limit to the text at {pointer}.");
        if (own.MinLength is null)
            throw new InvalidOperationException($"The document lets the text at {pointer} be empty.");
        foreach (var length in new[] { most + 1, TooManyCharacters + most })
            yield return Invalid("too long", pointer, filled.Put(pointer, Text(Long(length))));
        foreach (var blank in new[] { "", " ", "\n\t ", "\u00a0\u2003" })
            yield return Invalid("blank", pointer, filled.Put(pointer, Text(blank)));
        foreach (var control in new[] { "\\u0000", $"{Canary}\\u0000{Canary}", "\\u001b[31m", "\\u0007", "\\u007f", "\\u009f" })
            yield return Invalid("control character", pointer, filled.Put(pointer, $"\"{control}\""));
        foreach (var half in new[] { "\\ud800", $"{Canary}\\udc00", "\\udc00\\ud800", "\\ud83d\\u0041" })
            yield return Malformed("half a character", pointer, filled.Put(pointer, $"\"{half}\""));
        foreach (var bare in new[] { "\n", "\0", "\u001f" })
            yield return Malformed("bare control character", "", filled.Put(pointer, $"\"{bare}\""));
        foreach (var escape in new[] { "\\x41", "\\u12", "\\'" })
            yield return Malformed("no escape", "", filled.Put(pointer, $"\"{escape}\""));
        foreach (var bytes in NotUtf8)
        {
            var parts = filled.Put(pointer, $"\"{Canary}|\"").Split('|');
            yield return Malformed("not UTF-8", "", Bytes(parts[0], bytes, parts[1]));
        }
    }

    private IEnumerable<BadRequest> OfId(string pointer, JsonNode filled)
    {
        foreach (var text in NoIds)
            yield return Malformed("no id", pointer, filled.Put(pointer, Text(text)));
        // Which member is to blame can depend on the others, so no place is asked for.
        foreach (var id in new[] { Nowhere, Guid.Empty })
            yield return new("id of nothing", Send(filled.Put(pointer, Text(id.ToString()))), 404, 409, 422);
    }

    private IEnumerable<BadRequest> OfDay(string pointer, JsonNode filled)
    {
        foreach (var text in NoDays)
            yield return Malformed("no date", pointer, filled.Put(pointer, Text(text)));
        foreach (var text in new[] { "0001-01-01", "9999-12-31" })
            yield return Invalid("far-off date", pointer, filled.Put(pointer, Text(text)));
    }

    private IEnumerable<BadRequest> OfInstant(string pointer, JsonNode filled)
    {
        foreach (var text in NoInstants)
            yield return Malformed("no time", pointer, filled.Put(pointer, Text(text)));
        foreach (var text in new[] { "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z" })
            yield return Invalid("far-off time", pointer, filled.Put(pointer, Text(text)));
    }

    private IEnumerable<BadRequest> OfWhole(string pointer, Schema own, JsonNode filled)
    {
        foreach (var json in new[] { "1.5", "1e2", "1e400", "99999999999", "-99999999999", "\"3\"" })
            yield return Malformed("no whole number", pointer, filled.Put(pointer, json));
        foreach (var json in new[] { "01", "+1", "NaN", "Infinity", "0x1", "1." })
            yield return Malformed("no number", "", filled.Put(pointer, json));
        if (own.Minimum is not { } least || own.Maximum is not { } most)
            throw new InvalidOperationException($"The document sets no limits to the number at {pointer}.");
        foreach (var number in new[] { least - 1, most + 1, int.MinValue, int.MaxValue })
            yield return Invalid("out of range", pointer, filled.Put(pointer, number.ToString(CultureInfo.InvariantCulture)));
    }

    private IEnumerable<BadRequest> OfList(string pointer, Schema own, JsonNode filled)
    {
        if (!own.Items.AllowsNull)
            yield return Malformed("null in a list", $"{pointer}/1", filled.Put(pointer, $"[{Sample(own.Items).ToJsonString()},null]"));
        foreach (var json in WrongTypes(own.Items))
            yield return Malformed("wrong type in a list", $"{pointer}/1", filled.Put(pointer, $"[{Sample(own.Items).ToJsonString()},{json}]"));
        var many = string.Join(',', Enumerable.Repeat(Sample(own.Items).ToJsonString(), 1_001));
        yield return Invalid("too many", null, filled.Put(pointer, $"[{many}]"));
    }

    private IEnumerable<BadRequest> OfObject(string pointer, Schema own, JsonNode filled)
    {
        foreach (var name in own.Required)
            yield return Malformed("missing", $"{pointer}/{name}", filled.Without($"{pointer}/{name}"));
        foreach (var name in new[] { "unheardOf", "id2", "$type", "$ref", "__proto__", "" })
            yield return Malformed("unknown member", $"{pointer}/{name}", filled.Plus(pointer, name, $"\"{Canary}\""));
        yield return Malformed("unknown member", $"{pointer}/a~1b~0c", filled.Plus(pointer, "a/b~c", "1"));
        yield return Malformed("half a character in a name", pointer, filled.Plus(pointer, "\\ud800", "1"));
        foreach (var (name, value) in filled.At(pointer)!.AsObject())
        {
            yield return Malformed("given twice", $"{pointer}/{name}", filled.Plus(pointer, name, value?.ToJsonString() ?? "null"));
            yield return Malformed("given twice, escaped", $"{pointer}/{name}", filled.Plus(pointer, $"\\u{(int)name[0]:x4}{name[1..]}", $"\"{Canary}\""));
            yield return Malformed("in the wrong case", $"{pointer}/{char.ToUpperInvariant(name[0])}{name[1..]}", filled.Plus(pointer, $"{char.ToUpperInvariant(name[0])}{name[1..]}", $"\"{Canary}\""));
        }

        foreach (var bytes in NotUtf8)
        {
            var parts = filled.Plus(pointer, "na|me", "1").Split('|');
            yield return Malformed("not UTF-8 in a name", "", Bytes(parts[0], bytes, parts[1]));
        }
    }

    private IEnumerable<BadRequest> OfEither(string pointer, JsonNode filled) =>
        new[] { $"\"{Canary}\"", $"[\"{Canary}\"]", "[null]", "[[]]", "\"\"" }.Select(json => Malformed("none of the alternatives", pointer, filled.Put(pointer, json)));

    private static IEnumerable<string> NoChoices(Schema own) =>
    [
        "0", "1", "-1", "\"0\"", "\"\"", $"\"{Canary}\"", Text(own.Choices[0].ToUpperInvariant()), Text($"{own.Choices[0]} "), Text($"{own.Choices[0]},{own.Choices[^1]}"),
    ];

    private IEnumerable<BadRequest> OfTheWhole()
    {
        var text = body.ToJsonString();
        foreach (var json in new[] { "", "[]", $"[{text}]", $"\"{Canary}\"", "7", "true", "null" })
            yield return Malformed("no object", "", json);
        foreach (var cut in new[] { 1, text.Length / 3, text.Length / 2, text.Length - 1 })
            yield return Malformed("cut off", "", text[..cut]);
        foreach (var json in new[]
        {
            " ", $"{text}{Canary}", $"{text}{text}", $"{text},", $"{text}]", $"/* {Canary} */{text}", $"{text}// {Canary}", $"{text[..^1]},}}",
            text.Replace('"', '\''), $"\uFEFF{text}", $"{{{Canary}:1}}", $"({text})", $"{text}\0",
        })
            yield return Malformed("no JSON", "", json);
        yield return Malformed("UTF-16", "", Encoding.Unicode.GetBytes(text));
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            yield return Malformed("nested too deep", "", body.Plus("", "deep", $"{Repeated(open, 40)}1{Repeated(close, 40)}"));
            yield return Malformed("nested far too deep", "", Repeated(open, 150_000));
        }

        yield return Malformed("thousands of unknown members", null, $"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"\"m{n}\":{n}"))}}}");
        var padded = text + new string(' ', TooManyBytes - Encoding.UTF8.GetByteCount(text));
        yield return new("too large", Send(padded), 413);
        yield return new("too large, length unsaid", Send(padded) with { IsChunked = true }, 413);
        foreach (var type in new[]
        {
            null, "text/plain", "text/json", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=utf-16",
            "application/json; charset=latin1", "application/json-patch+json", $"application/x-{Canary}", Canary, "*/*",
        })
            yield return new("wrong content type", Send(text).With("Content-Type", type), 415);
        yield return new("compressed", Send(text).With("Content-Encoding", "gzip"), 415);
        if (valid.Method != HttpMethod.Patch)
            yield return new("wrong content type", Send(text).With("Content-Type", "application/merge-patch+json"), 415);
    }

    private BadRequest Malformed(string fault, string? pointer, string json) => Malformed(fault, pointer, Encoding.UTF8.GetBytes(json));

    private BadRequest Malformed(string fault, string? pointer, byte[] json) => new(fault, Send(json), 400) { Pointer = pointer };

    private BadRequest Invalid(string fault, string? pointer, string json) => new(fault, Send(json), 422) { Pointer = pointer };

    private ApiRequest Send(string json) => valid.WithNewKey().With(json);

    private ApiRequest Send(byte[] json) => valid.WithNewKey().With(json);

    private static string Text(string text) => JsonSerializer.Serialize(text);

    private static string Long(int length) => Repeated(Canary, length / Canary.Length + 1)[..length];

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
