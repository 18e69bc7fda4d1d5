using System.Text.Json;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Tests.Contributions.Files;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Api.Visibility;

/// <summary>One thing that can be asked of the API, as its own description says it; so a new one is never forgotten here.</summary>
/// <param name="Path">The address below the root of the API, with its places for ids.</param>
/// <param name="Example">The body of the example, when it takes one.</param>
/// <param name="FileType">The media type of a file that it takes instead.</param>
/// <param name="Views">The ways of reading it, when there are several.</param>
internal sealed record Operation(
    HttpMethod Method, string Path, string? Example, string? FileType, bool NeedsIfMatch, bool IsPaged, IReadOnlyList<string> Views)
{
    private const string Root = "/api/v1";

    /// <summary>Read page by page, one by one, it would never end.</summary>
    public bool GrowsWithEveryLook => Path.EndsWith("/access-log", StringComparison.Ordinal);

    public static async Task<IReadOnlyList<Operation>> All(ApiCaller anybody)
    {
        using var description = JsonDocument.Parse(await anybody.Http.GetStringAsync("/swagger/v1/swagger.json"));
        return
        [
            .. from path in description.RootElement.GetProperty("paths").EnumerateObject()
               from method in path.Value.EnumerateObject()
               select Of(path.Name[Root.Length..], method),
        ];
    }

    /// <summary>Its addresses: with every known id in every place, unless the addresses themselves are known.</summary>
    /// <param name="known">By the segment before a place, the ids to try; or by the whole path, the addresses.</param>
    public IEnumerable<string> With(IReadOnlyDictionary<string, IReadOnlyCollection<string>> known) =>
        known.TryGetValue(Path, out var addresses) ? addresses
        : Path.Split('/').Skip(1).Aggregate((Before: "", So: (IEnumerable<string>)[""]), (all, segment) => segment[0] is '{'
            ? (segment, all.So.SelectMany(address => known[all.Before].Select(id => $"{address}/{id}")))
            : (segment, all.So.Select(address => $"{address}/{segment}"))).So;

    /// <summary>Sends the example to an address of this operation.</summary>
    public Task<Answer> Send(ApiCaller caller, string address) => FileType is not null
        ? caller.Upload(address, FileType, SampleFiles.Of(FileType))
        : caller.Send(Method, address, Example, Method == HttpMethod.Post ? Guid.NewGuid().ToString() : null, NeedsIfMatch ? "\"1.x\"" : null);

    private static Operation Of(string path, JsonProperty method)
    {
        var parameters = method.Value.TryGetProperty("parameters", out var all) ? all.EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!) : [];
        var body = method.Value.TryGetProperty("requestBody", out var given) ? given.GetProperty("content").EnumerateObject().First() : (JsonProperty?)null;
        var isJson = body?.Name.EndsWith("json", StringComparison.Ordinal) is true;
        return new Operation(
            HttpMethod.Parse(method.Name), path,
            isJson ? body!.Value.Value.GetProperty("example").GetRawText() : null,
            isJson ? null : body?.Name,
            parameters.ContainsKey("If-Match"),
            parameters.ContainsKey("cursor"),
            parameters.ContainsKey("view") ? [.. Enum.GetNames<ReadingView>().Select(JsonNamingPolicy.CamelCase.ConvertName)] : []);
    }
}

/// <summary>Somebody reads everything there is to read.</summary>
internal static class ReadingRound
{
    public static async Task<IReadOnlyList<(string Address, string Text)>> Of(
        ApiCaller caller, IEnumerable<Operation> operations, IReadOnlyDictionary<string, IReadOnlyCollection<string>> known)
    {
        var read = new List<(string, string)>();
        foreach (var operation in operations.Where(o => o.Method == HttpMethod.Get))
        {
            foreach (var address in operation.With(known))
            {
                if (operation.Views.Count > 0)
                {
                    foreach (var (view, review) in operation.Views.SelectMany(v => known["reviews"].Select(r => (v, r))))
                        await Read($"{address}?view={view}&review={review}");
                }
                else if (operation.IsPaged && !operation.GrowsWithEveryLook)
                {
                    for (var page = $"{address}?limit=1"; page is not null;)
                        page = NextOf(await Read(page), address);
                }

                await Read(address);
            }
        }

        return read;

        async Task<Answer> Read(string address)
        {
            var answer = await caller.Get(address);
            read.Add((address, answer.Everything));
            return answer;
        }
    }

    /// <summary>One answer of all there are, with whatever can be asked along with it.</summary>
    public static async Task<(string Address, string Text)> Once(
        ApiCaller caller, IReadOnlyList<Operation> operations, IReadOnlyDictionary<string, IReadOnlyCollection<string>> known, Random random)
    {
        var operation = operations[random.Next(operations.Count)];
        var addresses = operation.With(known).ToList();
        if (addresses.Count == 0)
            return await Once(caller, operations, known, random);
        var address = addresses[random.Next(addresses.Count)];
        if (operation.Views.Count > 0)
            address += $"?view={operation.Views[random.Next(operation.Views.Count)]}&review={known["reviews"].ElementAt(random.Next(known["reviews"].Count))}";
        else if (operation.IsPaged)
            address += $"?limit={random.Next(1, 20)}";
        var answer = await caller.Get(address, ifNoneMatch: random.Next(4) == 0 ? "\"made-up\"" : null);
        return (address, answer.Everything);
    }

    /// <summary>A list ends where nothing is next; a feed goes on for ever, and is read until nothing is new.</summary>
    private static string? NextOf(Answer page, string address) =>
        (int)page.Status == 200 && page["next"].GetString() is { } cursor && !(page.Json.TryGetProperty("caughtUp", out var caughtUp) && caughtUp.GetBoolean())
            ? $"{address}?limit=1&cursor={Uri.EscapeDataString(cursor)}"
            : null;
}
