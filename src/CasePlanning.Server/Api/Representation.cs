using System.Net.Mime;
using CasePlanning.Application.Pipeline;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Server.Api;

/// <summary>What a caller is answered with: bytes, their tag, and what is said beside them.</summary>
/// <param name="Digest">SHA-256 of the body.</param>
internal sealed record Representation(byte[] Body, byte[] Digest, EntityTagHeaderValue ETag) : IResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public string ContentType { get; init; } = MediaTypeNames.Application.Json;

    public string? SaveAs { get; init; }

    public string? Location { get; init; }

    public string? Link { get; init; }

    public bool IsReplayed { get; init; }

    public string? Receipt { get; init; }

    public Representation NotModified() => this with { Status = StatusCodes.Status304NotModified, Body = [] };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        // Whoever reads by emergency access is reminded of it with every answer.
        response.Headers["Emergency-Access"] = httpContext.RequestServices.GetRequiredService<CurrentCall>().ViewerIfAny?.EmergencyAccessId?.ToString();
        response.Headers.ETag = ETag.ToString();
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Authorization, Accept";
        response.Headers.Location = Location;
        response.Headers.Link = Link;
        response.Headers[Answers.ReceiptHeader] = Receipt;
        if (IsReplayed)
            response.Headers[Idempotency.ReplayedHeader] = "true";
        if (Status is StatusCodes.Status304NotModified)
            return;
        response.ContentType = ContentType;
        if (SaveAs is not null)
        {
            response.Headers.ContentDisposition = $"attachment; filename=\"{SaveAs}\"";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        }

        response.ContentLength = Body.Length;
        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
