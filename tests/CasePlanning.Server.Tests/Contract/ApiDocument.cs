using System.Text.Json.Nodes;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>The API as the host itself describes it, so that whatever is added to it is tried without anybody thinking of it.</summary>
internal sealed class ApiDocument
{
    private readonly JsonNode document;

    private ApiDocument(JsonNode document)
    {
        this.document = document;
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               select new ApiOperation(this, path.Key, operation.Key, operation.Value!),
        ];
    }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public static async Task<ApiDocument> Of(HttpClient http) =>
        new(JsonNode.Parse(await http.GetStringAsync("/swagger/v1/swagger.json"))!);

    /// <summary>The node itself, or what it refers to.</summary>
    public JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference
            ? reference[2..].Split('/').Aggregate(document, (at, step) => at[step]!)
            : node;
}

/// <summary>One operation: what it takes, and what it says it can answer.</summary>
internal sealed class ApiOperation
{
    public ApiOperation(ApiDocument document, string path, string method, JsonNode operation)
    {
        Id = (string)operation["operationId"]!;
        Path = path;
        Method = HttpMethod.Parse(method);
        Parameters =
        [
            .. (operation["parameters"]?.AsArray() ?? []).Select(p => document.Resolve(p!)).Select(p =>
                new ApiParameter((string)p["name"]!, (string)p["in"]!, Schema.Of(document, p["schema"]!))),
        ];
        if (operation["requestBody"]?["content"]?["application/json"] is { } body)
        {
            Body = Schema.Of(document, body["schema"]!);
            Example = body["example"]?.AsObject();
        }

        FileTypes = [.. (operation["requestBody"]?["content"]?.AsObject() ?? []).Where(c => (string?)c.Value!["schema"]!["format"] == "binary").Select(c => c.Key)];
        Answers = operation["responses"]!.AsObject().ToDictionary(
            r => int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture),
            r => CodesOf(document.Resolve(r.Value!)));
    }

    public string Id { get; }

    /// <summary>With its parameters in braces.</summary>
    public string Path { get; }

    public HttpMethod Method { get; }

    public IReadOnlyList<ApiParameter> Parameters { get; }

    public Schema? Body { get; }

    public JsonObject? Example { get; }

    /// <summary>The media types of the file that it takes; empty when it takes none.</summary>
    public IReadOnlyList<string> FileTypes { get; }

    /// <summary>The statuses it can answer with, each with the codes of its problems.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Answers { get; }

    public bool Reads => Method == HttpMethod.Get;

    public bool Takes(string header) => Parameters.Any(p => p.In == "header" && p.Name == header);

    public override string ToString() => $"{Id} ({Method} {Path})";

    private static IReadOnlyList<string> CodesOf(JsonNode response) =>
        [.. (response["content"]?["application/problem+json"]?["examples"]?.AsObject() ?? []).Select(e => e.Key)];
}

/// <param name="In"><c>path</c>, <c>query</c> or <c>header</c>.</param>
internal sealed record ApiParameter(string Name, string In, Schema Schema);

internal enum ValueKind
{
    Text,
    Choice,
    Id,
    Day,
    Instant,
    Whole,
    Truth,
    List,
    Object,
    Either,
}

/// <summary>What the document says of a value.</summary>
internal sealed class Schema
{
    private readonly ApiDocument document;
    private readonly JsonNode node;

    private Schema(ApiDocument document, JsonNode node, ValueKind kind, bool allowsNull)
    {
        this.document = document;
        this.node = node;
        Kind = kind;
        AllowsNull = allowsNull;
    }

    public ValueKind Kind { get; }

    public bool AllowsNull { get; }

    /// <summary>The same, of a value that is there.</summary>
    public Schema Given => new(document, node, Kind, allowsNull: false);

    public int? MinLength => (int?)node["minLength"];

    public int? MaxLength => (int?)node["maxLength"];

    public int? Minimum => (int?)node["minimum"];

    public int? Maximum => (int?)node["maximum"];

    public IReadOnlyList<string> Choices => [.. node["enum"]!.AsArray().Select(c => (string)c!)];

    public Schema Items => Of(document, node["items"]!);

    public IEnumerable<(string Name, Schema Schema)> Members =>
        node["properties"]!.AsObject().Select(p => (p.Key, Of(document, p.Value!)));

    public IReadOnlyList<string> Required => [.. (node["required"]?.AsArray() ?? []).Select(r => (string)r!)];

    /// <summary>Of <see cref="ValueKind.Either"/>: what it can be.</summary>
    public IReadOnlyList<Schema> Alternatives => [.. node["oneOf"]!.AsArray().Select(a => Of(document, a!))];

    public static Schema Of(ApiDocument document, JsonNode node)
    {
        node = document.Resolve(node);
        if (node["oneOf"]?.AsArray() is { } alternatives)
        {
            // A reference that may be null is written as a choice between the two.
            var others = alternatives.Where(a => (a!["type"] as JsonValue)?.ToString() != "null").ToList();
            return others is [{ } only]
                ? new Schema(document, document.Resolve(only), Of(document, only).Kind, allowsNull: true)
                : new Schema(document, node, ValueKind.Either, allowsNull: false);
        }

        var types = node["type"] is JsonArray several ? several.Select(t => (string)t!).ToList() : [(string)node["type"]!];
        return new Schema(document, node, KindOf(types.Single(t => t != "null"), node), types.Contains("null"));
    }

    private static ValueKind KindOf(string type, JsonNode node) => (type, (string?)node["format"]) switch
    {
        ("string", _) when node["enum"] is not null => ValueKind.Choice,
        ("string", "uuid") => ValueKind.Id,
        ("string", "date") => ValueKind.Day,
        ("string", "date-time") => ValueKind.Instant,
        ("string", null) => ValueKind.Text,
        ("integer", _) => ValueKind.Whole,
        ("boolean", _) => ValueKind.Truth,
        ("array", _) => ValueKind.List,
        ("object", _) => ValueKind.Object,
        var other => throw new NotSupportedException($"No bad input is known for {other}: add it here and in BodyFaults."),
    };
}
