using System.Text.Json.Nodes;
using CasePlanning.Domain.Tests.Contributions.Files;
using CasePlanning.Server.Api;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>An operation's example as a real request: about one of the things that there are, by one of those who may send it.</summary>
/// <param name="Address">Which of the operation's addresses.</param>
/// <param name="Caller">Which of the callers.</param>
internal sealed record ExampleRequest(ApiOperation Operation, int Address, int Caller)
{
    /// <summary>Whatever could be tried, the likeliest first.</summary>
    public static IEnumerable<ExampleRequest> All(ApiOperation operation, OneOfEverything one) =>
        from address in Enumerable.Range(0, one.AddressesFor(operation.Path).Count)
        from caller in Enumerable.Range(0, one.Callers.Count)
        select new ExampleRequest(operation, address, caller);

    public async Task<ApiRequest> Of(OneOfEverything one)
    {
        var request = new ApiRequest(Operation.Method, one.AddressesFor(Operation.Path)[Address]);
        if (Operation.Takes(Idempotency.Header))
            request = request.With(Idempotency.Header, Guid.NewGuid().ToString());
        if (Operation.Takes("If-Match"))
            request = request.With("If-Match", await VersionOf(request, one));
        if (Operation.FileTypes is [var type, ..])
            request = request.With("Content-Type", type).With(SampleFiles.Of(type));
        if (Operation.Example is { } example)
            request = request.With("Content-Type", "application/json").With(one.Localise(Planted(example).ToJsonString()));
        return request;
    }

    private async Task<string> VersionOf(ApiRequest request, OneOfEverything one)
    {
        var read = await one.Callers[Caller].Get(OneOfEverything.UpToLastId(request.Path)["/api/v1".Length..]);
        return read.Headers.ETag?.ToString() ?? "\"0.x\"";
    }

    /// <summary>People's own words, which are what has spaces in it, with what no refusal may repeat.</summary>
    private static JsonNode Planted(JsonNode example) => example switch
    {
        JsonObject known => new JsonObject(known.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Planted(m.Value!)))),
        JsonArray list => new JsonArray([.. list.Select(item => Planted(item!))]),
        JsonValue value when value.ToString().Contains(' ', StringComparison.Ordinal) => $"{value} {BadRequest.Canary}",
        _ => example.DeepClone(),
    };
}
