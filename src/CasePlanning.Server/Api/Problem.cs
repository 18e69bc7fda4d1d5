using System.Text.Json.Serialization;
using CasePlanning.Application.Contributions;

namespace CasePlanning.Server.Api;

/// <summary>Why a request was not done: an RFC 9457 problem, the same for every failure.</summary>
/// <param name="Type">Address of the page that explains this kind of problem.</param>
/// <param name="Title">This kind of problem in a few words; always the same for the same code.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">What happened and what to do, for a person.</param>
/// <param name="Code">Which kind of problem this is, for a program. Codes are stable.</param>
/// <param name="RequestId">Quote this when you ask for help; it is also in the X-Request-Id header.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string RequestId)
{
    /// <summary>Each thing that is wrong or stands in the way, when they can be named.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The scopes that the request needs, as a client would ask for them, when its token lacks one.</summary>
    public string? RequiredScope { get; init; }

    /// <summary>The ETag that a read would give now, when the one sent is stale.</summary>
    [JsonPropertyName("currentETag")]
    public string? CurrentETag { get; init; }

    /// <summary>Your draft as another of your devices has written it, when yours went on from an older version.</summary>
    public DraftView? Draft { get; init; }
}

/// <summary>One thing that is wrong or stands in the way.</summary>
/// <param name="Code">What is wrong, for a program.</param>
/// <param name="Message">What is wrong, for a person. Never repeats what was sent.</param>
public sealed record ProblemError(string Code, string Message)
{
    /// <summary>The place in the body, as a JSON pointer.</summary>
    public string? Pointer { get; init; }

    /// <summary>The query parameter or header.</summary>
    public string? Parameter { get; init; }

    /// <summary>The id of the thing that stands in the way.</summary>
    public Guid? Subject { get; init; }
}

/// <summary>The edge itself refuses a request, before any use case has seen it.</summary>
public sealed class RequestRefused(ProblemType type, params IReadOnlyList<ProblemError> errors) : Exception(type.Meaning)
{
    public ProblemType Type { get; } = type;

    public IReadOnlyList<ProblemError> Errors { get; } = errors;

    /// <summary>A query parameter or header that cannot be used.</summary>
    public static RequestRefused At(ProblemType type, string parameter, string code, string message) =>
        new(type, new ProblemError(code, message) { Parameter = parameter });
}
