using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace CasePlanning.Server.Pages;

/// <summary>
/// Failures in plain words. What cannot be found and what may not be known of look the same. When the store is away, what
/// somebody typed is kept in the page, and can be sent again as it was.
/// </summary>
internal sealed class FailurePages : IFailurePages
{
    private static readonly string[] NotPages = ["/api", "/connect", "/health", "/.well-known", "/swagger"];

    public bool AreFor(HttpContext context)
    {
        // Routing has endpoints of its own too, for an address that it knows by another method.
        if (context.GetEndpoint() is RouteEndpoint endpoint)
            return endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null;
        return !NotPages.Any(path => context.Request.Path.StartsWithSegments(path))
            && context.Request.GetTypedHeaders().Accept.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    public async Task Show(HttpContext context, Failure failure)
    {
        if (failure.Status is StatusCodes.Status401Unauthorized)
        {
            if (context.GetEndpoint() is RouteEndpoint)
            {
                await SendToSignIn(context);
                return;
            }

            // Where nothing is, signing in finds nothing.
            failure = failure with { Status = StatusCodes.Status404NotFound };
        }

        context.Response.StatusCode = failure.Status;
        PageHeaders.Guard(context.Response);
        var words = FailureWords.Of(failure) with { RequestId = context.TraceIdentifier, Kept = await KeptWords.Of(context, failure.Status) };
        var view = new ViewResult
        {
            ViewName = "/Pages/_Failure.cshtml",
            StatusCode = failure.Status,
            ViewData = new ViewDataDictionary<FailureWords>(
                context.RequestServices.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary())
            { Model = words },
        };
        await view.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
    }

    /// <summary>Whoever must sign in, or do so again, comes back to the page they were on.</summary>
    private static Task SendToSignIn(HttpContext context)
    {
        var request = context.Request;
        return context.ChallengeAsync(
            SignInCookies.SignedIn, new AuthenticationProperties { RedirectUri = $"{request.PathBase}{request.Path}{request.QueryString}" });
    }
}

/// <summary>One failure as it is told.</summary>
public sealed record FailureWords(string Title, IReadOnlyList<string> Sentences)
{
    public string RequestId { get; init; } = "";

    public KeptWords? Kept { get; init; }

    internal static FailureWords Of(Failure failure) => failure.Status switch
    {
        StatusCodes.Status400BadRequest => new("This page could not be used",
            ["It may have been open for a long time, or in another tab somebody else signed in.", "Go back, load the page again, and send what you wrote once more."]),
        StatusCodes.Status403Forbidden => new("You cannot do this",
            [failure.Sentence, "The lead professional of the plan can change what you may do in it. Ask them, or whoever looks after CasePlanning at your agency."]),
        StatusCodes.Status404NotFound => new("There is nothing here",
            ["The address may be wrong, or what was here may not be open to you.", "Plans that you do not take part in are not shown. If you expected to be in one, ask its lead professional for an invitation."]),
        StatusCodes.Status405MethodNotAllowed => new("This page could not be used", ["Go back and try again."]),
        StatusCodes.Status409Conflict => new("This cannot be done now", [failure.Sentence]),
        StatusCodes.Status413PayloadTooLarge => new("That is too large", ["Send less at once, or a smaller file."]),
        StatusCodes.Status422UnprocessableEntity => new("Something in this cannot be used", [failure.Sentence]),
        StatusCodes.Status429TooManyRequests => new("That was too often", ["Wait a little, then try again."]),
        StatusCodes.Status503ServiceUnavailable when failure.Code is "store.full" => new("There is no room left to save anything",
            ["Nothing of yours was changed. No plan can be opened either, because who looks at one must be recorded first.",
                "Whoever looks after CasePlanning must make room. Tell them, and try again later."]),
        StatusCodes.Status503ServiceUnavailable => new("CasePlanning cannot save or read anything just now",
            ["Nothing of yours was changed. It will usually work again in a minute."]),
        < 500 => new("This could not be done", [failure.Sentence]),
        _ => new("Something went wrong on our side", ["Nothing of yours was changed. Try again; if it goes on, tell whoever looks after CasePlanning at your agency."]),
    };
}

/// <summary>A form that could not be taken: its fields, to be sent again as they were, and the words among them to be seen and copied.</summary>
public sealed record KeptWords(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    public IEnumerable<string> Written => Fields.Where(f => f.Value.Contains(' ', StringComparison.Ordinal)).Select(f => f.Value);

    /// <summary>Null when there was no form, or one with a secret in it.</summary>
    internal static async Task<KeptWords?> Of(HttpContext context, int status)
    {
        var request = context.Request;
        var page = context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>()?.ModelTypeInfo;
        if (status is not StatusCodes.Status503ServiceUnavailable || !request.HasFormContentType || !typeof(PlanningPage).IsAssignableFrom(page))
            return null;
        var form = await request.ReadFormAsync(context.RequestAborted);
        return new KeptWords($"{request.PathBase}{request.Path}{request.QueryString}",
            [.. form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))]);
    }
}
