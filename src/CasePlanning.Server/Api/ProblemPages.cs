using System.Text.Encodings.Web;

namespace CasePlanning.Server.Api;

/// <summary>What the <c>type</c> of a problem leads to: a page that says what it means and what to do.</summary>
public static class ProblemPages
{
    public static void MapProblemPages(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/problems/{slug}", (string slug, HttpResponse response) =>
            {
                response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
                return ProblemTypes.WithSlug(slug) is { } type ? Results.Text(PageOf(type), "text/html; charset=utf-8") : Results.NotFound();
            })
            .AllowAnonymous().ExcludeFromDescription();

    private static string PageOf(ProblemType type)
    {
        var text = HtmlEncoder.Default;
        return $"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width">
              <link rel="icon" href="data:,">
              <title>{text.Encode(type.Title)}</title>
            </head>
            <body>
              <main>
                <h1>{text.Encode(type.Title)}</h1>
                <p>Code <code>{text.Encode(type.Code)}</code>, HTTP status {type.Status}</p>
                <h2>What it means</h2>
                <p>{text.Encode(type.Meaning)}</p>
                <h2>What to do</h2>
                <p>{text.Encode(type.WhatToDo)}</p>
              </main>
            </body>
            </html>

            """;
    }
}
