using System.Globalization;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Pages.Plans;
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
    private const int Minute = 60;

    private const string Problems = "/problems";

    private static readonly string[] NotPages = ["/api", "/connect", "/health", "/.well-known", "/swagger"];

    public bool AreFor(HttpContext context)
    {
        // Routing has endpoints of its own too, for an address that it knows by another method.
        // What a problem means is read by people, and by programs.
        if (context.GetEndpoint() is RouteEndpoint endpoint && !context.Request.Path.StartsWithSegments(Problems))
            return endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not null;
        return !NotPages.Any(path => context.Request.Path.StartsWithSegments(path))
            && context.Request.GetTypedHeaders().Accept.Any(range => range.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
    }

    public async Task Show(HttpContext context, Failure failure)
    {
        // Where nothing is, signing in finds nothing.
        if (failure.Status is StatusCodes.Status401Unauthorized && context.GetEndpoint() is not RouteEndpoint)
            failure = failure with { Status = StatusCodes.Status404NotFound };
        var kept = await KeptWords.Of(context, failure.Status);
        if (failure.Status is StatusCodes.Status401Unauthorized && kept?.Written.Any() is not true)
        {
            SendToSignIn(context);
            return;
        }

        context.Response.StatusCode = failure.Status;
        PageHeaders.Guard(context.Response);
        var words = FailureWords.Of(failure, Wait(context)) with { RequestId = context.TraceIdentifier, Kept = kept };
        await Show(context, "_Failure", words);
    }

    public Task Explain(HttpContext context, KindOfFailure kind)
    {
        PageHeaders.Guard(context.Response);
        return Show(context, "_KindOfFailure", kind);
    }

    /// <summary>A view without a page: it asks the database nothing.</summary>
    private static Task Show<T>(HttpContext context, string name, T model)
    {
        var view = new ViewResult
        {
            ViewName = $"/Pages/{name}.cshtml",
            StatusCode = context.Response.StatusCode,
            ViewData = new ViewDataDictionary<T>(context.RequestServices.GetRequiredService<IModelMetadataProvider>(), new ModelStateDictionary()) { Model = model },
        };
        return view.ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
    }

    /// <summary>Whoever must sign in, or do so again, comes back to the page they were on.</summary>
    private static void SendToSignIn(HttpContext context)
    {
        var request = context.Request;
        context.Response.Redirect(SignInAddresses.With(SignInAddresses.Start, $"{request.PathBase}{request.Path}{request.QueryString}"));
    }

    /// <summary>How long to wait before trying again, in words.</summary>
    private static string Wait(HttpContext context) => int.TryParse(context.Response.Headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? seconds <= Minute ? PageWords.Count(Math.Max(1, seconds), "second", "seconds") : PageWords.Count((seconds + Minute - 1) / Minute, "minute", "minutes")
        : "a little";
}

/// <summary>One failure as it is told.</summary>
public sealed record FailureWords(string Title, IReadOnlyList<string> Sentences)
{
    public string RequestId { get; init; } = "";

    public KeptWords? Kept { get; init; }

    /// <summary>They were signed out while they wrote, and sign in beside what they wrote.</summary>
    public bool IsSignedOut { get; private init; }

    internal static FailureWords Of(Failure failure, string wait) => failure.Status switch
    {
        StatusCodes.Status401Unauthorized => new("You have been signed out",
            ["You were away for a while, or you signed out somewhere else. What you wrote is not saved yet, and it is not lost."])
        { IsSignedOut = true },
        StatusCodes.Status400BadRequest => new("This page could not be used",
            ["It may have been open for a long time, or in another tab somebody else signed in.", "Go back, load the page again, and send what you wrote once more."]),
        StatusCodes.Status403Forbidden => new("You cannot do this",
            [failure.Sentence, "Whoever leads the plan can change what you may do in it. Ask them, or whoever looks after CasePlanning at your agency."]),
        StatusCodes.Status404NotFound => new("There is nothing here",
            ["The address may be wrong, or what was here may not be open to you.", "Plans that you do not take part in are not shown. If you expected to be in one, ask the person who leads it to invite you."]),
        StatusCodes.Status405MethodNotAllowed => new("This page could not be used", ["Go back to the page before, load it again, and try once more."]),
        StatusCodes.Status409Conflict => new("This cannot be done now", [failure.Sentence]),
        StatusCodes.Status413PayloadTooLarge => new("That is too large", ["Send less at once, or a smaller file."]),
        StatusCodes.Status422UnprocessableEntity => new("Something in this cannot be used", [failure.Sentence]),
        StatusCodes.Status429TooManyRequests => new("That was too often",
            ["A lot was asked for from here in a short time, and nothing was done just now.", $"Wait {wait}, then try again."]),
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
    /// <summary>What can be sent again as it was, and then be taken.</summary>
    private static readonly int[] PassBy =
        [StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests, StatusCodes.Status500InternalServerError, StatusCodes.Status503ServiceUnavailable];

    /// <summary>More than anybody writes; a file is chosen again.</summary>
    private const int MostBytes = 1 << 20;

    public IEnumerable<string> Written => Fields.Where(f => f.Value.Contains(' ', StringComparison.Ordinal)).Select(f => f.Value);

    /// <summary>Null when there was no form, one of a page outside a plan, where secrets are typed and no words, or one that another site made a browser send: nobody puts words into our pages.</summary>
    internal static async Task<KeptWords?> Of(HttpContext context, int status)
    {
        var request = context.Request;
        var page = context.GetEndpoint()?.Metadata.GetMetadata<CompiledPageActionDescriptor>()?.ModelTypeInfo;
        if (!PassBy.Contains(status) || !request.HasFormContentType || request.ContentLength is not <= MostBytes
            || page?.Namespace != typeof(PlanPage).Namespace || request.Headers["Sec-Fetch-Site"] is not ["same-origin"]
            || await FormOf(context) is not { } form)
            return null;
        return new KeptWords($"{request.PathBase}{request.Path}{request.QueryString}",
            [.. form.SelectMany(field => field.Value.Select(value => KeyValuePair.Create(field.Key, value ?? "")))]);
    }

    /// <summary>Null for what cannot be read as one.</summary>
    private static async Task<IFormCollection?> FormOf(HttpContext context)
    {
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
