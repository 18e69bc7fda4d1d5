namespace CasePlanning.Application.Pipeline;

/// <summary>Does not exist, or the caller may not know that it does. Answered as 404, the same bytes for both.</summary>
public sealed class NotVisible() : Exception("Not found.");

/// <summary>The caller can see the thing but may not do this to it. Answered as 403.</summary>
public sealed class NotAllowed(string sentence = "Your role in this plan does not allow this.") : Exception(sentence);

/// <summary>The client was not granted what this needs. Answered as 403 with <c>requiredScope</c>.</summary>
public sealed class ScopeNeeded(IReadOnlyList<string> scopes) : Exception("The token does not carry the scope that this needs.")
{
    /// <summary>All that the request needs, as a client would ask for it.</summary>
    public string Scope { get; } = string.Join(' ', scopes);
}

/// <summary>Nobody is signed in. Answered as 401.</summary>
public sealed class NotSignedIn() : Exception("Sign in first.");

/// <summary>Whoever is signed in must show again who they are. Answered as 401 with the challenge of RFC 9470.</summary>
public sealed class StepUpNeeded() : Exception("Sign in again with your second factor.")
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);
}

/// <summary>More often than is allowed in this time. Answered as 429.</summary>
public sealed class TooMany(TimeSpan wait) : Exception("More often than is allowed in this time.")
{
    public TimeSpan Wait { get; } = wait;
}

/// <summary>Well-formed, but a value cannot be accepted. Answered as 422. Values are never repeated back.</summary>
public sealed class InvalidRequest(IReadOnlyList<InvalidMember> members) : Exception("The request holds values that cannot be accepted.")
{
    public IReadOnlyList<InvalidMember> Members { get; } = members;

    public static InvalidRequest At(string pointer, string code, string message) => new([new InvalidMember(pointer, code, message)]);
}

/// <summary>One value that cannot be accepted: its place as a JSON pointer into the body (<c>/child/givenName</c>), a stable code and a sentence.</summary>
public sealed record InvalidMember(string Pointer, string Code, string Message);

/// <summary>An idempotency key was used before with another request. Answered as 422.</summary>
public sealed class KeyUsedForAnotherRequest() : Exception("This idempotency key was used before with a different request.");

/// <summary>The write store cannot take this now; sending the same request again later is safe. Answered as 503.</summary>
public sealed class StoreUnavailable(string code, Exception? inner = null) : Exception("The store cannot take this now. Nothing was written.", inner)
{
    /// <summary><c>store.busy</c>, <c>store.unavailable</c> or <c>store.full</c>.</summary>
    public string Code { get; } = code;
}
