namespace CasePlanning.Server;

/// <summary>
/// How a failure looks to somebody in front of a page. Which failure has which status is decided in one place for all, in
/// <c>Api/Problems.cs</c>; this is only its other face.
/// </summary>
public interface IFailurePages
{
    /// <summary>Whether whoever sent this request looks at pages.</summary>
    bool AreFor(HttpContext context);

    /// <summary>Answers with a page, or sends them to sign in.</summary>
    Task Show(HttpContext context, Failure failure);

    /// <summary>Answers with what the <c>type</c> of a problem means, to whoever follows it.</summary>
    Task Explain(HttpContext context, KindOfFailure kind);
}

/// <param name="Code">The stable code of the problem.</param>
/// <param name="Sentence">What happened, for a person.</param>
public sealed record Failure(int Status, string Code, string Sentence);

/// <summary>A kind of problem in general, for whoever writes a program that meets it.</summary>
public sealed record KindOfFailure(int Status, string Code, string Title, string Meaning, string WhatToDo);
