namespace CasePlanning.Server.Api;

/// <summary>What the <c>type</c> of a problem leads to: a page that says what it means and what to do.</summary>
public static class ProblemPages
{
    public static void MapProblemPages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/problems/{slug}", (string slug, HttpContext context) =>
            {
                if (ProblemTypes.WithSlug(slug) is { } type && context.RequestServices.GetService<IFailurePages>() is { } pages)
                    return pages.Explain(context, new KindOfFailure(type.Status, type.Code, type.Title, type.Meaning, type.WhatToDo));
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            })
            .AllowAnonymous().ExcludeFromDescription();
}
