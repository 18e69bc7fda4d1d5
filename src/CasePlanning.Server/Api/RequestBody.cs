using System.Buffers;
using System.Reflection;
using CasePlanning.Domain.Contributions.Files;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Server.Api;

/// <summary>
/// A JSON body as a parameter of a route: <c>(Guid id, Body&lt;NewContribution&gt; body, …)</c>. It is read strictly, and
/// everything that is wrong with it is answered at once.
/// </summary>
public sealed class Body<T> : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private Body(T value) => Value = value;

    public T Value { get; }

    static async ValueTask<Body<T>?> IBindableFromHttpContext<Body<T>>.BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (value, faults) = StrictJson.Read<T>(await RequestBody.ReadJson(context.Request, context.RequestAborted));
        return faults.Count == 0 ? new(value!) : throw new RequestRefused(ProblemTypes.Malformed, faults);
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new TakesBody(typeof(T)));
}

/// <summary>On every route that takes a JSON body: what it is made into.</summary>
public sealed record TakesBody(Type Type);

internal static class RequestBody
{
    public const int MostBytes = 1024 * 1024;

    private const string Plain = "application/json";
    private const string MergePatch = "application/merge-patch+json";

    /// <summary>The media types that a JSON body may be in, the preferred one first.</summary>
    public static IReadOnlyList<string> MediaTypes(string method) => HttpMethods.IsPatch(method) ? [MergePatch, Plain] : [Plain];

    /// <summary>The media types that a body of this request may be in.</summary>
    public static IReadOnlyList<string> MediaTypes(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesFile>() is null ? MediaTypes(context.Request.Method) : CleanFile.MediaTypes;

    /// <summary>The header that tells a client those media types when it sent another.</summary>
    public static string AcceptHeader(string method) => HttpMethods.IsPatch(method) ? "Accept-Patch" : "Accept-Post";

    public static Task<ReadOnlyMemory<byte>> ReadJson(HttpRequest request, CancellationToken cancellation) =>
        IsJson(request) ? Read(request, MostBytes, cancellation) : throw new RequestRefused(ProblemTypes.UnsupportedMediaType);

    public static async Task<ReadOnlyMemory<byte>> Read(HttpRequest request, int mostBytes, CancellationToken cancellation)
    {
        if (request.ContentLength > mostBytes)
            throw new RequestRefused(ProblemTypes.TooLarge);
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellation);
            var isTooLarge = read.Buffer.Length > mostBytes;
            var body = read.IsCompleted && !isTooLarge ? read.Buffer.ToArray() : null;
            // At the end too: Kestrel hangs up on a client whose body was left in the middle of a read.
            request.BodyReader.AdvanceTo(body is null ? read.Buffer.Start : read.Buffer.End, read.Buffer.End);
            if (isTooLarge)
                throw new RequestRefused(ProblemTypes.TooLarge);
            if (body is not null)
                return body;
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && MediaTypes(request.Method).Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
