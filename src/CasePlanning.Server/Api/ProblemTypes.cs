using System.Collections.Frozen;
using System.Reflection;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Server.Api;

/// <summary>One kind of problem: its stable code, the status it is answered with, and the words of its page.</summary>
public sealed record ProblemType(string Code, int Status, string Title, string Meaning, string WhatToDo)
{
    /// <summary>For problems that pass by themselves: how long to wait.</summary>
    public int? RetryAfterSeconds { get; init; }

    public string Slug => Code.Replace('.', '-');

    public string Address => $"/problems/{Slug}";
}

/// <summary>Every kind of problem there is: those of HTTP, listed here, and one for each named rule of the domain.</summary>
public static class ProblemTypes
{
    public static readonly ProblemType Malformed = new("request.malformed", 400, "The body cannot be read",
        "The body is not the JSON that this call takes: malformed, or a member is missing, unknown, given twice or of the wrong type.",
        "Each entry of errors names one place by its JSON pointer. Put them right and send the request again.");

    public static readonly ProblemType BadParameter = new("request.bad-parameter", 400, "A query parameter cannot be used",
        "A query parameter is unknown, given twice or has a value it cannot have. A misspelt filter must not widen a result.",
        "Each entry of errors names one parameter. Put them right and send the request again.");

    public static readonly ProblemType BadCursor = new("request.bad-cursor", 400, "The cursor cannot be used",
        "A cursor works only for whoever got it, on the list and with the filters it was given for, and it cannot be made up.",
        "Start again without a cursor.");

    public static readonly ProblemType BadRequest = new("request.refused", 400, "The request cannot be read",
        "The request breaks HTTP or a limit of this server, so it was not looked at further.",
        "Compare the request with the API description.");

    public static readonly ProblemType KeyMissing = new("idempotency.key-missing", 400, "An idempotency key is needed",
        "A request that creates something must carry an Idempotency-Key, so that sending it twice creates one thing.",
        "Make up a new key for each thing you want to create (a UUID is good), and send the same key when you repeat the request.");

    public static readonly ProblemType KeyMalformed = new("idempotency.key-malformed", 400, "The idempotency key cannot be used",
        "An Idempotency-Key is 1 to 255 visible ASCII characters, given once.",
        "Use a UUID.");

    public static readonly ProblemType IfMatchMalformed = new("version.malformed", 400, "The If-Match header cannot be used",
        "If-Match takes one entity tag: the ETag of what you read, quotes included. A * would overwrite what you have not seen.",
        "Send back the ETag exactly as you got it.");

    public static readonly ProblemType NotSignedIn = new("access.not-signed-in", 401, "Sign in first",
        "The request carries no access token, or one that has expired or was not issued for this API.",
        "Get a token and send it in the Authorization header.");

    public static readonly ProblemType StepUpNeeded = new("access.step-up-needed", 401, "Sign in again with your second factor",
        "This call needs you to have signed in with two factors within the last five minutes.",
        "Sign in again, asking for the age that WWW-Authenticate names, and repeat the request with the new token.");

    public static readonly ProblemType NotAllowed = new("access.not-allowed", 403, "You may not do this",
        "You can see this, but your part in the plan does not allow what was asked.",
        "Ask the lead professional of the plan.");

    public static readonly ProblemType ScopeNeeded = new("access.scope-needed", 403, "A scope is missing",
        "The client's token does not carry every scope that this call needs.",
        "Ask for a token with the scopes that requiredScope names. If they are not granted, whoever administers your agency's clients registers them.");

    public static readonly ProblemType NotSecure = new("request.not-secure", 403, "Only over HTTPS",
        "The request came over plain HTTP, where others can read it.",
        "Use https. If it carried a token or a password, count that as known to others.");

    public static readonly ProblemType NotFound = new("request.not-found", 404, "Not found",
        "There is nothing here, or nothing that you may see.",
        "Check the address. If somebody told you it is here, ask them whether you take part in the plan.");

    public static readonly ProblemType MethodNotAllowed = new("request.method-not-allowed", 405, "Not with this method",
        "The address exists, but not with this method.",
        "The Allow header lists the methods it takes.");

    public static readonly ProblemType NotAcceptable = new("request.not-acceptable", 406, "Not in this format",
        "The Accept header allows nothing that this call can answer with.",
        "Accept application/json.");

    public static readonly ProblemType TooSlow = new("request.too-slow", 408, "The request came too slowly",
        "Too little of the body arrived in the time that a body may take.",
        "Send it again over a better connection, or send less at once.");

    public static readonly ProblemType KeyInProgress = new("idempotency.in-progress", 409, "The same request is still running",
        "A request with this idempotency key has not been answered yet.",
        "Wait as long as Retry-After says and send it again with the same key.")
    { RetryAfterSeconds = 1 };

    public static readonly ProblemType Stale = new("version.stale", 412, "Somebody has changed this since you read it",
        "The version named in If-Match is no longer the current one. Nothing was written.",
        "Read it again, look at what changed, and decide whether your change still stands. currentETag is what to send then.");

    public static readonly ProblemType TooLarge = new("request.too-large", 413, "The body is too large",
        $"A body may be {RequestBody.MostBytes / 1024 / 1024} MiB at most, and an attachment {Attachment.MostBytes / 1024 / 1024} MiB.",
        "Send less at once.");

    public static readonly ProblemType UnsupportedMediaType = new("request.unsupported-media-type", 415, "Not in this media type",
        "The Content-Type is not one that this call takes.",
        "Send JSON in UTF-8 as application/json; a PATCH also takes application/merge-patch+json. Where a file is taken, the "
            + "Accept-Post header lists its types.");

    public static readonly ProblemType Invalid = new("request.invalid", 422, "Some values cannot be accepted",
        "The body is well-formed, but some of its values cannot be accepted. Nothing was written.",
        "Each entry of errors names one value by its JSON pointer and says what is wrong with it.");

    public static readonly ProblemType KeyReused = new("idempotency.key-reused", 422, "The idempotency key belongs to another request",
        "This key was used before with a different request. Nothing was written.",
        "Use a new key for a new request.");

    public static readonly ProblemType VersionMissing = new("version.missing", 428, "Say which version you read",
        "Several people change this, so a change must say in If-Match which version it starts from.",
        "Read it, and send the ETag you got in If-Match.");

    public static readonly ProblemType TooManyRequests = new("request.too-many", 429, "Too many requests",
        "More requests came than this caller, or this caller's agency, may send in this time.",
        "Wait as long as Retry-After says. RateLimit-Policy tells what may be sent in what time, and RateLimit what is left of it.")
    { RetryAfterSeconds = 1 };

    public static readonly ProblemType Fault = new("server.fault", 500, "Something went wrong here",
        "This is our fault, not that of your request.",
        "Try again later. If it stays, tell us the requestId.");

    public static readonly ProblemType StoreBusy = new("store.busy", 503, "The store is busy",
        "Too many writes are waiting. Nothing was written.",
        "Send the same request again, with the same idempotency key, after as long as Retry-After says.")
    { RetryAfterSeconds = 1 };

    public static readonly ProblemType StoreUnavailable = new("store.unavailable", 503, "The store cannot be reached",
        "The database does not answer. Nothing was written.",
        "Send the same request again, with the same idempotency key, after as long as Retry-After says.")
    { RetryAfterSeconds = 10 };

    public static readonly ProblemType StoreFull = new("store.full", 503, "The store is full",
        "There is no room left to write. Nothing was written, and no plan is shown, because who looks at one must be recorded first.",
        "Whoever runs this server must make room. Send the same request again later.")
    { RetryAfterSeconds = 60 };

    private static readonly FrozenDictionary<string, ProblemType> BySlug =
        OfHttp().Concat(OfRules()).ToFrozenDictionary(t => t.Slug, StringComparer.Ordinal);

    public static IEnumerable<ProblemType> All => BySlug.Values.OrderBy(t => t.Status).ThenBy(t => t.Code, StringComparer.Ordinal);

    public static ProblemType? WithSlug(string slug) => BySlug.GetValueOrDefault(slug);

    /// <summary>A broken rule is a conflict with how things stand: the same request may well be right tomorrow.</summary>
    public static ProblemType Of(NamedRule rule) => new(rule.Code, StatusCodes.Status409Conflict, TitleOf(rule), rule.Sentence,
        "Where errors are given, each names one thing that stands in the way. Put that right first.");

    /// <summary><c>review.voice-not-addressed</c> → "Review: voice not addressed".</summary>
    private static string TitleOf(NamedRule rule) =>
        char.ToUpperInvariant(rule.Code[0]) + rule.Code[1..].Replace(".", ": ", StringComparison.Ordinal).Replace('-', ' ');

    private static IEnumerable<ProblemType> OfHttp() =>
        typeof(ProblemTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<ProblemType>();

    private static IEnumerable<ProblemType> OfRules() =>
        typeof(NamedRule).Assembly.GetExportedTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => f.FieldType == typeof(NamedRule) ? f.GetValue(null) : null).OfType<NamedRule>().Select(Of);
}
