using System.Globalization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;

namespace CasePlanning.Server.Api;

/// <summary>
/// The one table from failure to answer. Whatever goes wrong ends here, in Development as in Production, and nothing that was
/// submitted is repeated in the answer or in the log.
/// </summary>
/// <remarks>The framework's own exception handler would take the ETag off the answer to a stale change.</remarks>
public sealed class Problems(RequestDelegate next, ILogger<Problems> log)
{
    private const string MediaType = "application/problem+json";

    /// <summary>In the words of RFC 9470.</summary>
    private static readonly string StepUpChallenge =
        $"Bearer error=\"insufficient_user_authentication\", max_age={StepUpNeeded.Lasts.TotalSeconds:0}";

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception gone) when (IsGone(gone, context))
        {
            // Nobody is waiting for an answer.
        }
        catch (Exception failure)
        {
            await Answer(context, failure);
        }
    }

    /// <summary>Gives a body to the refusals that the framework makes by status alone (401, 404, 405 …).</summary>
    public static Task OfStatus(StatusCodeContext refusal) => Write(refusal.HttpContext, Of(refusal.HttpContext.Response.StatusCode));

    private Task Answer(HttpContext context, Exception failure)
    {
        var (type, detail, errors) = Of(context.RequestServices.GetService<IStoreFaults>()?.In(failure) ?? failure);
        if (type.Status >= StatusCodes.Status500InternalServerError)
            Log(context, type, failure);
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return Write(context, type, detail, errors, failure as StaleRepresentation, (failure as ScopeNeeded)?.Scope);
    }

    /// <summary>The caller broke off, or the host broke off with them because it stops and they never finished sending.</summary>
    private static bool IsGone(Exception failure, HttpContext context) =>
        failure is OperationCanceledException or IOException
        && (context.RequestAborted.IsCancellationRequested || failure.InnerException is ConnectionAbortedException);

    private static (ProblemType Type, string Detail, IReadOnlyList<ProblemError>? Errors) Of(Exception failure) => failure switch
    {
        BrokenRule broken => (ProblemTypes.Of(broken.Rule), broken.Rule.Sentence,
            [.. broken.Details.Select(d => new ProblemError(broken.Rule.Code, d.Message) { Subject = d.Subject })]),
        InvalidRequest invalid => (ProblemTypes.Invalid, invalid.Message,
            [.. invalid.Members.Select(m => new ProblemError(m.Code, m.Message) { Pointer = m.Pointer })]),
        RequestRefused refused => (refused.Type, refused.Message, refused.Errors),
        NotAllowed denied => (ProblemTypes.NotAllowed, denied.Message, null),
        ScopeNeeded => Plain(ProblemTypes.ScopeNeeded),
        StoreUnavailable store => Plain(ProblemTypes.WithSlug(store.Code.Replace('.', '-')) ?? ProblemTypes.StoreUnavailable),
        // Exactly what an address without a route gives, so that an answer does not tell that something is hidden.
        NotVisible => Plain(ProblemTypes.NotFound),
        NotSignedIn => Plain(ProblemTypes.NotSignedIn),
        StepUpNeeded => Plain(ProblemTypes.StepUpNeeded),
        TooMany tooMany => Plain(ProblemTypes.TooManyRequests with { RetryAfterSeconds = (int)tooMany.Wait.TotalSeconds }),
        StaleVersion or StaleRepresentation => Plain(ProblemTypes.Stale),
        KeyUsedForAnotherRequest => Plain(ProblemTypes.KeyReused),
        // Its own message may repeat what was sent.
        BadHttpRequestException bad => Plain(Of(bad.StatusCode)),
        _ => Plain(ProblemTypes.Fault),
    };

    private static (ProblemType Type, string Detail, IReadOnlyList<ProblemError>? Errors) Plain(ProblemType type) =>
        (type, type.Meaning, null);

    private static ProblemType Of(int status) => status switch
    {
        401 => ProblemTypes.NotSignedIn,
        403 => ProblemTypes.NotAllowed,
        404 => ProblemTypes.NotFound,
        405 => ProblemTypes.MethodNotAllowed,
        406 => ProblemTypes.NotAcceptable,
        408 => ProblemTypes.TooSlow,
        413 => ProblemTypes.TooLarge,
        415 => ProblemTypes.UnsupportedMediaType,
        429 => ProblemTypes.TooManyRequests,
        503 => ProblemTypes.StoreUnavailable,
        >= 500 => ProblemTypes.Fault,
        _ => ProblemTypes.BadRequest with { Status = status },
    };

    private static Task Write(HttpContext context, ProblemType type, string? detail = null,
        IReadOnlyList<ProblemError>? errors = null, StaleRepresentation? stale = null, string? requiredScope = null)
    {
        var response = context.Response;
        response.StatusCode = type.Status;
        response.Headers.CacheControl = "no-store";
        if (type.RetryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = new(seconds.ToString(CultureInfo.InvariantCulture));
        if (context.RequestServices.GetService<IFailurePages>() is { } pages && pages.AreFor(context))
            return pages.Show(context, new Failure(type.Status, type.Code, detail ?? type.Meaning));
        if (type.Status is StatusCodes.Status401Unauthorized && response.Headers.WWWAuthenticate.Count == 0)
            response.Headers.WWWAuthenticate = type == ProblemTypes.StepUpNeeded ? StepUpChallenge : "Bearer";
        if (requiredScope is not null)
            response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{requiredScope}\"";
        if (type.Status is StatusCodes.Status415UnsupportedMediaType)
        {
            response.Headers[RequestBody.AcceptHeader(context.Request.Method)] = string.Join(", ", RequestBody.MediaTypes(context));
        }

        if (stale is not null)
            response.Headers.ETag = stale.Current;
        var problem = new Problem(type.Address, type.Title, type.Status, detail ?? type.Meaning, type.Code, context.TraceIdentifier)
        {
            Errors = errors is { Count: > 0 } ? errors : null,
            CurrentETag = stale?.Current,
            Draft = stale?.Draft,
            RequiredScope = requiredScope,
        };
        return response.WriteAsJsonAsync(problem, Json.Options, MediaType, context.RequestAborted);
    }

    /// <summary>
    /// Logs what failed and where, without the exception's message: a database driver's may hold the values of a row, which
    /// here are a child's.
    /// </summary>
    private void Log(HttpContext context, ProblemType type, Exception failure)
    {
        for (Exception? each = failure; each is not null; each = each.InnerException)
        {
            log.LogError("Request {RequestId} ended in {Code}: {Failure} at {Trace}",
                context.TraceIdentifier, type.Code, each.GetType().FullName, each.StackTrace);
        }
    }
}
