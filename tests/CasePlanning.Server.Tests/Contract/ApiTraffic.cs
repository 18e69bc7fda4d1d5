using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CasePlanning.Server.Tests.Support;

namespace CasePlanning.Server.Tests.Contract;

/// <summary>Sends requests, sees to it that every answer is one that the API's document promises, and keeps those that are not.</summary>
internal sealed class ApiTraffic(ApiCaller anonymous)
{
    private const int MostDefectsShown = 40;
    private const int MostShownOfAnAnswer = 600;

    private readonly ConcurrentDictionary<string, string> defects = new();
    private readonly Lock counting = new();
    private int refused;
    private int accepted;
    private int hung;
    private long slowest;

    /// <summary>Whoever is not answered by then is taken to be kept waiting for ever.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    public int Sent => refused + accepted + hung;

    /// <summary>What was sent and how it was answered, in a line.</summary>
    public string Figures => string.Create(CultureInfo.InvariantCulture, $"{Sent} requests, {refused} refused, {accepted} accepted, {hung} hangs, the slowest in {slowest} ms");

    /// <summary>What was not answered as it should be, one of each kind; empty when all is well.</summary>
    public string Defects => string.Join("\n\n", defects.Values.Order(StringComparer.Ordinal).Take(MostDefectsShown));

    /// <summary>Sends a request that may be right or wrong: the answer must be one that the operation documents.</summary>
    /// <param name="operation">Null when the request is for none that there is.</param>
    public async Task<ApiAnswer?> Send(ApiOperation? operation, ApiCaller caller, ApiRequest request)
    {
        var began = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        ApiAnswer answer;
        try
        {
            using var message = request.Message(caller.Http.BaseAddress!);
            using var response = await (request.IsSignedIn ? caller : anonymous).Http.SendAsync(message, patience.Token);
            answer = await ApiAnswer.Read(response);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            Interlocked.Increment(ref hung);
            Keep(operation, $"no answer within {Patience.TotalSeconds:0} s", request, null);
            return null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            Keep(operation, $"not answered: {failure.Message} {failure.InnerException?.Message}", request, null);
            return null;
        }

        Count(answer, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        if (answer.FaultFor(operation) is { } fault)
            Keep(operation, fault, request, answer);
        return answer;
    }

    /// <summary>Sends a request that is wrong: the refusal must say what is.</summary>
    public async Task Refuse(ApiOperation operation, ApiCaller caller, BadRequest bad)
    {
        if (await Send(bad.IsNobodys ? null : operation, caller, bad.Request) is not { } answer)
            return;
        if (!bad.Statuses.Contains(answer.Status))
            Keep(operation, $"{bad.Fault}: {answer.Status} instead of {string.Join(" or ", bad.Statuses)}", bad.Request, answer);
        else if (bad.Pointer is { } pointer && !answer.Names("pointer", pointer))
            Keep(operation, $"{bad.Fault}: {pointer} is not named", bad.Request, answer);
        else if (bad.Parameter is { } parameter && !answer.Names("parameter", parameter))
            Keep(operation, $"{bad.Fault}: {parameter} is not named", bad.Request, answer);
    }

    /// <summary>Keeps the first of each kind.</summary>
    public void Keep(ApiOperation? operation, string fault, ApiRequest? request = null, ApiAnswer? answer = null)
    {
        var text = answer?.Text ?? "";
        defects.TryAdd($"{operation?.Id} {fault}",
            $"{operation?.Id ?? "no operation"}: {fault}\n    {request}\n    {(text.Length > MostShownOfAnAnswer ? $"{text[..MostShownOfAnAnswer]}…" : text)}");
    }

    private void Count(ApiAnswer answer, long milliseconds)
    {
        lock (counting)
        {
            (refused, accepted) = answer.IsSuccess ? (refused, accepted + 1) : (refused + 1, accepted);
            slowest = Math.Max(slowest, milliseconds);
        }
    }
}

/// <summary>An answer of the API, and what is wrong with it.</summary>
internal sealed record ApiAnswer(int Status, string Text, string Headers, JsonObject? Problem)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public static async Task<ApiAnswer> Read(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json" ? JsonNode.Parse(text)!.AsObject() : null;
        return new((int)response.StatusCode, text, $"{response.Headers}{response.Content.Headers}", problem);
    }

    /// <summary>Whether one of the problem's errors names a place.</summary>
    public bool Names(string by, string place) => (Problem?["errors"]?.AsArray() ?? []).Any(error => (string?)error![by] == place);

    public string? FaultFor(ApiOperation? operation)
    {
        if (Status >= 500)
            return $"{Status} is a fault of the server";
        if (operation is not null && !operation.Answers.ContainsKey(Status))
            return $"{Status} is not documented";
        if (IsSuccess)
            return null;
        if (Problem is null || Status != (int?)Problem["status"] || (string?)Problem["requestId"] is not { } id || !Headers.Contains(id, StringComparison.Ordinal))
            return $"{Status} is no problem, or one of another request";
        if ((string?)Problem["code"] is not { Length: > 0 } code || (operation is not null && !operation.Answers[Status].Contains(code)))
            return $"{Status} with a code that is not documented";
        return new[] { BadRequest.Canary, BadRequest.Nowhere.ToString() }.Any(planted => $"{Text}{Headers}".Contains(planted, StringComparison.OrdinalIgnoreCase))
            ? $"{Status} repeats what was sent"
            : null;
    }
}
