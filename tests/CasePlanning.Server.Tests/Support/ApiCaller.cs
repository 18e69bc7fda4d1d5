using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CasePlanning.Server.Api;
using Xunit;

namespace CasePlanning.Server.Tests.Support;

/// <summary>Somebody who calls the API. Creating requests get an idempotency key of their own unless a test names one.</summary>
public sealed class ApiCaller(HttpClient http) : IDisposable
{
    public HttpClient Http { get; } = http;

    public Task<Answer> Get(string path, string? ifNoneMatch = null) => Send(HttpMethod.Get, path, null, ifNoneMatch: ifNoneMatch);

    public Task<Answer> Post(string path, object? body = null, string? key = null, string? ifMatch = null) =>
        Send(HttpMethod.Post, path, body, key ?? Guid.NewGuid().ToString(), ifMatch);

    public Task<Answer> Put(string path, object body, string? ifMatch = null) => Send(HttpMethod.Put, path, body, null, ifMatch);

    public Task<Answer> Patch(string path, object body, string ifMatch) => Send(HttpMethod.Patch, path, body, null, ifMatch);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// <summary>Sends a file by itself, as its type.</summary>
    public async Task<Answer> Upload(string path, string mediaType, byte[] file, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}") { Content = new ByteArrayContent(file) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return await Answered(request);
    }

    public async Task<Answer> Send(
        HttpMethod method, string path, object? body, string? key = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1{path}");
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, Json.Options), Encoding.UTF8, "application/json");
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (ifNoneMatch is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await Answered(request);
    }

    private async Task<Answer> Answered(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        return new Answer(response.StatusCode, response.Headers, await response.Content.ReadAsStringAsync(), response.Content.Headers);
    }

    public void Dispose() => Http.Dispose();
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, string Text, HttpContentHeaders ContentHeaders)
{
    public string? MediaType => ContentHeaders.ContentType?.MediaType;

    /// <summary>All headers, those of the content among them (a file's name is one), and the body.</summary>
    public string Everything => $"{Headers}{ContentHeaders}{Text}";

    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string ETag => Headers.ETag!.ToString();

    public string Id => Json.GetProperty("id").GetString()!;

    /// <summary>The stable code of a problem.</summary>
    public string Code => Json.GetProperty("code").GetString()!;

    public JsonElement this[string member] => Json.GetProperty(member);

    public IEnumerable<JsonElement> Items => Json.GetProperty("items").EnumerateArray();

    /// <summary>Itself when it has the status, or a failure that shows what came instead.</summary>
    public Answer Expect(int status)
    {
        Assert.True(status == (int)Status, $"Expected {status}, got {(int)Status}: {Text}");
        return this;
    }

    public Answer ExpectProblem(int status, string code)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Code);
        return this;
    }
}
