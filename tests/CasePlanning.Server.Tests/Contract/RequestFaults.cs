using CasePlanning.Server.Api;
using static CasePlanning.Server.Tests.Contract.BadRequest;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>Everything that can be wrong with a request besides its body, one thing at a time.</summary>
internal sealed class RequestFaults(ApiOperation operation, ApiRequest valid)
{
    private static readonly HttpMethod[] Methods = [HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Patch, HttpMethod.Delete];

    private static readonly string[] NoPathIds =
        [Canary, "0", "-1", "null", "me", "*", "%20", "..%2f..", "%ED%A0%80", "%F0%9F%98%80", "%27%20or%201=1--", $"{Nowhere}0", $"{Nowhere.ToString()[1..]}", new('9', 3000)];

    /// <param name="methods">The methods that the document knows for this path.</param>
    public IEnumerable<BadRequest> All(IReadOnlyList<HttpMethod> methods) =>
        OfPath().Concat(OfQuery()).Concat(OfKey()).Concat(OfVersion()).Concat(OfAccept()).Concat(OfToken()).Concat(OfMethod(methods));

    private IEnumerable<BadRequest> OfPath()
    {
        var steps = valid.Path.Split('/');
        var places = operation.Path.Split('/').Index().Where(step => step.Item.StartsWith('{')).Select(step => step.Index);
        foreach (var place in places)
        {
            foreach (var id in new[] { Nowhere, Guid.Empty })
                yield return new("id of nothing in the path", At(place, id.ToString()), 404);
            foreach (var text in NoPathIds)
                yield return new("no id in the path", At(place, text), 404) { IsNobodys = true };
        }

        ApiRequest At(int place, string text) => valid.WithNewKey() with { Path = string.Join('/', steps.Select((step, index) => index == place ? text : step)) };
    }

    private IEnumerable<BadRequest> OfQuery()
    {
        yield return Query("unknown parameter", $"unheardOf={Canary}", "unheardOf");
        yield return Query("unknown parameter without a value", "unheardOf", "unheardOf");
        foreach (var parameter in operation.Parameters.Where(p => p.In == "query"))
        {
            var name = parameter.Name;
            yield return Query("repeated parameter", $"{name}=1&{name}=1", name);
            yield return Query("parameter in the wrong case", $"{char.ToUpperInvariant(name[0])}{name[1..]}=1");
            var values = parameter.Schema.Kind switch
            {
                ValueKind.Whole => ["", "%20", "abc", Canary, "1.5", "1e2", "99999999999", "-99999999999", "0x1", "%D9%A3", "5%00", .. OutOfRange(parameter.Schema)],
                ValueKind.Id => ["", "0", Canary, $"{Nowhere}0", "null"],
                ValueKind.Choice => ["", "0", Canary, parameter.Schema.Choices[0].ToUpperInvariant(), $"{parameter.Schema.Choices[0]}%20", "%ED%A0%80"],
                ValueKind.Instant => ["", "0", Canary, "2026-10-14", "2026-10-14T15:30:00", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00%2B14:00"],
                ValueKind.Truth => ["", "0", "TRUE", Canary],
                _ when name == "cursor" => ["", "%20", Canary, "null", "CfDJ8", $"CfDJ8{Canary}", "%00", "%ED%A0%80", new('A', 3000)],
                _ => Array.Empty<string>(),
            };
            foreach (var value in values)
                yield return Query("bad parameter", $"{name}={value}", name);
            if (parameter.Schema.Kind is ValueKind.Id)
                yield return new("id of nothing in the query", valid with { Query = $"?{name}={Nowhere}" }, 404, 422);
        }

        BadRequest Query(string fault, string query, string? parameter = null) => new(fault, valid.WithNewKey() with { Query = $"?{query}" }, 400) { Parameter = parameter };
    }

    private static IEnumerable<string> OutOfRange(Schema schema) =>
        new[] { schema.Minimum - 1, schema.Maximum + 1 }.Where(number => number is not null).Select(number => number!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private IEnumerable<BadRequest> OfKey()
    {
        if (!operation.Takes(Idempotency.Header))
            yield break;
        foreach (var key in new[] { null, "", " ", "two words", $"{Canary},{Canary} 2", "tab\there", new string('k', 256), Canary + new string('k', 256) })
            yield return new("unusable idempotency key", valid.With(Idempotency.Header, key), 400) { Parameter = Idempotency.Header };
    }

    private IEnumerable<BadRequest> OfVersion()
    {
        if (!operation.Takes("If-Match"))
            yield break;
        foreach (var tag in new[] { null, "", " " })
            yield return new("no version", valid.With("If-Match", tag), 428);
        var current = valid.Headers["If-Match"];
        foreach (var tag in new[] { "*", Canary, "1", current.Trim('"'), $"{current}, {current}", $"\"{Canary}", $"{current};x" })
            yield return new("no entity tag", valid.With("If-Match", tag), 400);
        foreach (var tag in new[] { $"W/{current}", $"\"{Canary}\"", "\"\"", "\"0.x\"", "\"-1.x\"", "\"999999.x\"", "\"99999999999999.x\"", $"\"7777.{Canary}\"" })
            yield return new("stale version", valid.With("If-Match", tag), 412);
    }

    private IEnumerable<BadRequest> OfAccept()
    {
        // A file is given in the one form that there is of it.
        if (!operation.Answers.ContainsKey(406))
            yield break;
        foreach (var range in new[] { "text/html", "application/xml", "image/*", "application/json;q=0", "application/problem+json", $"application/x-{Canary}" })
            yield return new("wrong format", valid.WithNewKey().With("Accept", range), 406);
    }

    private IEnumerable<BadRequest> OfToken()
    {
        var anonymous = valid.WithNewKey() with { IsSignedIn = false };
        yield return new("no token", anonymous, 401);
        foreach (var token in new[] { $"Bearer {Canary}", "Bearer", "Bearer a.b.c", $"Basic {Canary}", "Bearer eyJhbGciOiJub25lIn0.e30." })
            yield return new("bad token", anonymous.With("Authorization", token), 401);
    }

    private IEnumerable<BadRequest> OfMethod(IReadOnlyList<HttpMethod> methods) =>
        from method in Methods.Except(methods)
        select new BadRequest("wrong method", valid.WithNewKey() with { Method = method }, 405) { IsNobodys = true };
}
