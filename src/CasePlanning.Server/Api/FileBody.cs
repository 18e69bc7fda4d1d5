using System.Reflection;
using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Contributions.Files;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Server.Api;

/// <summary>
/// A picture or a recording as the body of a request, by itself and under its own Content-Type. It is cleaned while it is read:
/// a type that is not taken is refused with 415, and bytes that are not a whole file of the type they claim with 422.
/// </summary>
public sealed class FileBody : IBindableFromHttpContext<FileBody>, IEndpointParameterMetadataProvider
{
    private FileBody(CleanFile value) => Value = value;

    public CleanFile Value { get; }

    public static async ValueTask<FileBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (MediaTypeOf(context.Request) is not { } mediaType)
            throw new RequestRefused(ProblemTypes.UnsupportedMediaType);
        var bytes = await RequestBody.Read(context.Request, Attachment.MostBytes, context.RequestAborted);
        var file = CleanFile.From(mediaType, bytes.Span)
            ?? throw InvalidRequest.At("", "not-what-it-says",
                "This is not a whole file of the type that Content-Type names, or not of a kind that can be cleaned.");
        return new(file);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new TakesFile());

    /// <summary>Browsers add the codec to the type of what they record; the file itself says it too.</summary>
    private static string? MediaTypeOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && request.Headers.ContentEncoding.Count == 0
            ? CleanFile.MediaTypes.FirstOrDefault(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase))
            : null;
}

/// <summary>On every route that takes a file, which may be larger than other bodies.</summary>
public sealed record TakesFile : IRequestSizeLimitMetadata
{
    /// <summary>What the server lets through; with room for the framing of a chunked body, which it counts too.</summary>
    public long? MaxRequestBodySize => Attachment.MostBytes + RequestBody.MostBytes;
}

/// <summary>On every route that answers with a file, in the one form that there is of it.</summary>
public sealed record GivesFile;
