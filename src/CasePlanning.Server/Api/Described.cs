using CasePlanning.Domain.Kernel;
using Microsoft.AspNetCore.Http.Metadata;

namespace CasePlanning.Server.Api;

/// <summary>
/// What a route does, for whoever calls it. Parameters, headers and the problems that every route of its kind can answer are
/// known from the route itself; the rules it can break are named here.
/// </summary>
/// <param name="Status">What it answers when all is well: 200; 201 when it creates, which needs an idempotency key; 204 when it removes.</param>
/// <param name="Request">A body somebody could send; its type is not asked for again.</param>
/// <param name="Response">The answer to it; its type is the type of every answer.</param>
public sealed record Described(
    string OperationId, string Summary, string Description, int Status, object? Request, object? Response, IReadOnlyList<NamedRule> Rules)
{
    public bool Creates => Status is StatusCodes.Status201Created;
}

/// <summary>On a route at whose address there can be nothing although it names no id.</summary>
public sealed record CanBeMissing;

/// <summary>On a route that can answer with a problem which its kind alone does not suggest.</summary>
public sealed record CanAnswer(ProblemType Problem);

/// <summary>The chapter of the API description that a route is in.</summary>
public sealed record Section(string Name, string Description) : ITagsMetadata
{
    public IReadOnlyList<string> Tags => [Name];
}

public static class DescribedRoutes
{
    /// <summary>The routes mapped on the result are described together, under one heading.</summary>
    public static RouteGroupBuilder Section(this RouteGroupBuilder routes, string name, string description) =>
        routes.MapGroup("").WithMetadata(new Section(name, description));

    /// <summary>
    /// Describes a route: the name clients call it by, what it does in a few words and in full, examples, and the rules that can
    /// stand in its way.
    /// </summary>
    public static RouteHandlerBuilder Describes(this RouteHandlerBuilder route, string operationId, string summary, string description,
        object? request = null, object? response = null, int status = StatusCodes.Status200OK, params IReadOnlyList<NamedRule> rules) =>
        route.WithName(operationId).WithMetadata(new Described(operationId, summary, description, status, request, response, rules));
}
