using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static CasePlanning.Server.Tests.Contract.BadRequest;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>Bodies that nobody would think of. The same seed gives the same ones.</summary>
/// <param name="ids">Of existing things, of whatever kind.</param>
internal sealed class RandomBodies(Random random, IReadOnlyList<string> ids)
{
    private static readonly string[] Texts =
    [
        Canary, "", " ", "null", "0", "-1", "true", "[]", "{}", "\0", "a\0b", "\r\n", "\t", "\u2028", "\u202etxet", "\u200b", "\ufeff", "\uffff", "\ufdd0", "e\u0301\u0323\u0489", "😀👩‍👩‍👧‍👦", "İıſß",
        "\u0085", "Ł\u0153", "'; DROP TABLE Plans; --", "\" onload=\"x", "<script>", "%s%n", "%00", "../../etc/passwd", "${jndi:ldap://x}", "{{7*7}}", "\\", "/", "~1", "a@b", "@", "2026-10-14",
        "everyone", "enjoy-and-achieve", "ENJOY-AND-ACHIEVE", "every-child-matters", "shanarri", "thornmere",
    ];

    private static readonly string[] Numbers = ["0", "-0", "-1", "1.5", "1e400", "-1e-400", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999999999", "0.1e1"];

    private static readonly string[] Days = ["2026-09-14", "2026-09-15", "2026-09-16", "2026-09-26", "2026-12-01", "1900-01-01", "2199-12-31", "1899-12-31", "2200-01-01", "2024-02-29"];

    private static readonly string[] Instants =
    [
        "2026-09-15T11:00:00Z", "2026-09-15T10:59:59.9999999Z", "2026-09-15T11:00:00.0000001Z", "2026-10-25T01:30:00+01:00", "2026-03-29T01:30:00Z", "1900-01-01T00:00:00Z",
        "2199-12-31T23:59:59.9999999Z", "2026-09-15T23:59:59-14:00", "2026-09-15T00:00:00+14:00", "2027-01-01T00:00:00Z",
    ];

    /// <summary>A body in which every value has the type that the document asks for. Much of it is right.</summary>
    public JsonNode? Plausible(Schema schema, JsonNode? example)
    {
        if (schema.AllowsNull && OneIn(8))
            return null;
        if (example is not null && schema.Kind is not (ValueKind.Object or ValueKind.List) && !OneIn(4))
            return example.DeepClone();
        return schema.Kind switch
        {
            ValueKind.Text => Text(schema),
            ValueKind.Choice => OneOf(schema.Choices),
            ValueKind.Id => OneIn(6) ? Nowhere.ToString() : OneOf(ids),
            ValueKind.Day => OneOf(Days),
            ValueKind.Instant => OneOf(Instants),
            ValueKind.Whole => random.Next(schema.Minimum ?? -5, (schema.Maximum ?? 500) + 1),
            ValueKind.Truth => OneIn(2),
            ValueKind.List => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(n => Plausible(schema.Items, example?.At($"/{n}")))]),
            ValueKind.Object => new JsonObject(
                from member in schema.Members
                let given = example?[member.Name]
                where schema.Required.Contains(member.Name) || (given is null ? OneIn(4) : !OneIn(4))
                select KeyValuePair.Create(member.Name, Plausible(member.Schema, given))),
            _ => Plausible(OneOf(schema.Alternatives), null),
        };
    }

    /// <summary>Anything in any place, and in the end something that is certainly wrong.</summary>
    public byte[] Scrambled(JsonNode body)
    {
        var copy = body.DeepClone();
        for (var edits = random.Next(5); edits > 0; edits--)
        {
            if (PlacesBelow(copy, "").ToList() is { Count: > 0 } places)
                copy.Set(OneOf(places), Anything(3));
        }

        var text = copy.ToJsonString();
        var names = copy.AsObject().Select(member => member.Key).ToList();
        var broken = random.Next(4) switch
        {
            0 => text[..random.Next(text.Length)],
            1 when names.Count > 0 => copy.Plus("", OneOf(names), Json(3)),
            _ => copy.Plus("", $"unheardOf{random.Next(100)}", Json(4)),
        };
        var bytes = Encoding.UTF8.GetBytes(broken);
        if (OneIn(4) && bytes.Length > 0)
            bytes[random.Next(bytes.Length)] = 0xff;
        return bytes;
    }

    /// <summary>A file with some bytes changed, and perhaps a part of it gone or given twice.</summary>
    public byte[] Damaged(byte[] file)
    {
        var bytes = file.ToArray();
        for (var changes = random.Next(6); changes > 0; changes--)
            bytes[random.Next(bytes.Length)] = OneIn(3) ? (byte)0xff : (byte)random.Next(256);
        var (from, to) = (random.Next(bytes.Length), random.Next(bytes.Length));
        return random.Next(4) switch
        {
            0 => bytes[..from],
            1 => [.. bytes[..Math.Min(from, to)], .. bytes[Math.Max(from, to)..]],
            2 => [.. bytes[..Math.Max(from, to)], .. bytes[Math.Min(from, to)..]],
            _ => bytes,
        };
    }

    /// <summary>A value for a query parameter, as it stands in an address.</summary>
    public string Plausible(Schema schema) => Uri.EscapeDataString((Plausible(schema, null) ?? "").ToString());

    public bool OneIn(int times) => random.Next(times) == 0;

    public T OneOf<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];

    private static IEnumerable<string> PlacesBelow(JsonNode? node, string pointer) => node switch
    {
        JsonObject known => known.SelectMany(m => PlacesBelow(m.Value, $"{pointer}/{m.Key}").Prepend($"{pointer}/{m.Key}")),
        JsonArray list => list.SelectMany((item, index) => PlacesBelow(item, $"{pointer}/{index}").Prepend($"{pointer}/{index}")),
        _ => [],
    };

    private string Text(Schema schema)
    {
        var most = schema.MaxLength ?? 200;
        return random.Next(8) switch
        {
            0 => string.Concat(Enumerable.Repeat("😀", most / 2)),
            1 => new string('x', most),
            2 => new string('ﷺ', most),
            3 => OneOf(Texts) + new string('y', most),
            _ => OneOf(Texts),
        };
    }

    private JsonNode? Anything(int depth) => JsonNode.Parse(Json(depth));

    private string Json(int depth) => random.Next(depth > 0 ? 7 : 5) switch
    {
        0 => "null",
        1 => OneIn(2) ? "true" : "false",
        2 => OneOf(Numbers),
        3 => JsonSerializer.Serialize(OneOf(Texts)),
        4 => JsonSerializer.Serialize(OneIn(2) ? OneOf(ids) : OneOf(Instants)),
        5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(depth - 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(n => string.Create(CultureInfo.InvariantCulture, $"\"m{n}\":{Json(depth - 1)}")))}}}",
    };
}
