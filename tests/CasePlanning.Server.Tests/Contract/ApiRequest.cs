using System.Text;
using System.Text.Json.Nodes;
using CasePlanning.Server.Api;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>A request that can be changed in one place at a time before it is sent, also into what no client would ever send.</summary>
internal sealed record ApiRequest(HttpMethod Method, string Path)
{
    public string Query { get; init; } = "";

    /// <summary>Without a token when false.</summary>
    public bool IsSignedIn { get; init; } = true;

    public byte[]? Body { get; init; }

    /// <summary>The body goes out in chunks that announce no length.</summary>
    public bool IsChunked { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public ApiRequest With(string header, string? value)
    {
        var headers = Headers.Where(h => h.Key != header).ToDictionary();
        if (value is not null)
            headers[header] = value;
        return this with { Headers = headers };
    }

    public ApiRequest With(string body) => With(Encoding.UTF8.GetBytes(body));

    public ApiRequest With(byte[] body) => this with { Body = body };

    /// <summary>The same request as one of its own: refused requests that share a key would get in each other's way.</summary>
    public ApiRequest WithNewKey() => Headers.ContainsKey(Idempotency.Header) ? With(Idempotency.Header, Guid.NewGuid().ToString()) : this;

    public HttpRequestMessage Message(Uri server)
    {
        // As it is: a client library would put a crooked address straight.
        var address = new Uri($"{server.GetLeftPart(UriPartial.Authority)}{Path}{Query}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(Method, address);
        if (Body is not null)
        {
            message.Content = IsChunked ? new StreamContent(new MemoryStream(Body)) : new ByteArrayContent(Body);
            message.Headers.TransferEncodingChunked = IsChunked ? true : null;
            // Otherwise the server may hang up on a body that it refuses unread while the client is still sending it.
            message.Headers.ExpectContinue = Body.Length > 100_000 ? true : null;
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public override string ToString()
    {
        var headers = string.Concat(Headers.Select(h => $" [{h.Key}: {h.Value}]"));
        var body = Body is null ? "" : Encoding.UTF8.GetString(Body);
        return $"{Method} {Path}{Query}{headers} {(body.Length > 600 ? $"{body[..600]}… ({Body!.Length} bytes)" : body)}";
    }
}

/// <summary>Edits of a JSON text at a place named by its pointer, also into what is no JSON any more.</summary>
internal static class JsonEdits
{
    private const string Marker = "the-edit-goes-here";

    /// <summary>The text with <paramref name="json"/> as the value at the place, whatever it is.</summary>
    public static string Put(this JsonNode body, string pointer, string json)
    {
        if (pointer.Length == 0)
            return json;
        var copy = body.DeepClone();
        copy.Set(pointer, Marker);
        return copy.ToJsonString().Replace($"\"{Marker}\"", json, StringComparison.Ordinal);
    }

    public static string Without(this JsonNode body, string pointer)
    {
        var copy = body.DeepClone();
        var (parent, name) = copy.ParentOf(pointer);
        parent.AsObject().Remove(name);
        return copy.ToJsonString();
    }

    /// <summary>The text with one more member in the object at the place; the object may have one of that name already.</summary>
    public static string Plus(this JsonNode body, string pointer, string name, string json)
    {
        var copy = body.DeepClone();
        copy.At(pointer)!.AsObject()[Marker] = Marker;
        return copy.ToJsonString()
            .Replace($"\"{Marker}\":", $"\"{name}\":", StringComparison.Ordinal).Replace($"\"{Marker}\"", json, StringComparison.Ordinal);
    }

    public static JsonNode? At(this JsonNode body, string pointer) =>
        pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)body, (node, step) => node switch
        {
            JsonObject known => known[step],
            JsonArray list when int.TryParse(step, out var index) && index < list.Count => list[index],
            _ => null,
        });

    /// <summary>Puts a value into the tree itself.</summary>
    public static void Set(this JsonNode body, string pointer, JsonNode? value)
    {
        var (parent, name) = body.ParentOf(pointer);
        if (parent is not JsonArray list)
            parent.AsObject()[name] = value;
        else if (int.TryParse(name, out var index) && index < list.Count)
            list[index] = value;
        else
            list.Add(value);
    }

    private static (JsonNode Parent, string Name) ParentOf(this JsonNode body, string pointer)
    {
        var cut = pointer.LastIndexOf('/');
        return (body.At(pointer[..cut])!, pointer[(cut + 1)..]);
    }
}
