using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>A problem as a client sees it; reading one also checks what every problem must have.</summary>
internal sealed record Problem(string Text, JsonNode Json, IReadOnlyList<ProblemError> Errors)
{
    public static async Task<Problem> Of(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{(int)answer.StatusCode} instead of {(int)status}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var json = JsonNode.Parse(text)!;
        Assert.Equal(code, (string?)json["code"]);
        Assert.Equal($"/problems/{code.Replace('.', '-')}", (string?)json["type"]);
        Assert.Equal((int)status, (int?)json["status"]);
        Assert.NotEmpty((string?)json["title"] ?? "");
        Assert.NotEmpty((string?)json["detail"] ?? "");
        Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Request-Id")), (string?)json["requestId"]);
        return new Problem(text, json, [.. (json["errors"]?.AsArray() ?? []).Select(e => new ProblemError(
            (string?)e!["pointer"], (string?)e["parameter"], (string?)e["subject"], (string)e["code"]!, (string)e["message"]!))]);
    }
}

internal sealed record ProblemError(string? Pointer, string? Parameter, string? Subject, string Code, string Message);
