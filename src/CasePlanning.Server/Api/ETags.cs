using System.Buffers.Text;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using CasePlanning.Application.Contributions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Server.Api;

/// <summary>
/// Entity tags. What several people change has <c>"{version}.{hash}"</c>, everything else <c>"{hash}"</c>; the hash is that of
/// the bytes the caller gets, so it depends on nothing that they may not see.
/// </summary>
public static class ETags
{
    private const int HashBytes = 16;

    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> body, int? version = null) => OfDigest(SHA256.HashData(body), version);

    /// <param name="digest">SHA-256 of the body.</param>
    public static EntityTagHeaderValue OfDigest(ReadOnlySpan<byte> digest, int? version = null)
    {
        var hash = Base64Url.EncodeToString(digest[..HashBytes]);
        return new($"\"{(version is null ? hash : string.Create(CultureInfo.InvariantCulture, $"{version}.{hash}"))}\"");
    }

    /// <summary>Whether the caller already has this representation (<c>If-None-Match</c>, weak comparison).</summary>
    public static bool IsKnownTo(HttpRequest request, EntityTagHeaderValue current) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
        && known.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}

/// <summary>
/// The version that a change starts from, as a parameter of a route. Only the version in the tag is compared: the hash also
/// covers what is derived on reading (whether a decision needs a recheck, who has been heard), and a view added by somebody
/// else must not make a change to the decision fail.
/// </summary>
public sealed class IfMatch : IBindableFromHttpContext<IfMatch>, IEndpointParameterMetadataProvider
{
    /// <summary>The version of no stored thing: a well-formed tag that is none of ours matches nothing, and is answered as stale.</summary>
    private const int Nothing = -1;

    private IfMatch(int version) => Version = version;

    public int Version { get; }

    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(new IfMatch(VersionIn(context.Request.Headers.IfMatch)));

    internal static int VersionIn(StringValues header)
    {
        if (StringValues.IsNullOrEmpty(header))
            throw new RequestRefused(ProblemTypes.VersionMissing);
        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags is not [var tag] || tag.Equals(EntityTagHeaderValue.Any))
            throw new RequestRefused(ProblemTypes.IfMatchMalformed);
        return VersionIn(tag);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new NeedsIfMatch());

    /// <summary>A weak tag never matches here (RFC 9110, 13.1.1).</summary>
    private static int VersionIn(EntityTagHeaderValue tag)
    {
        var text = tag.Tag.AsSpan().Trim('"');
        return !tag.IsWeak && text.IndexOf('.') is > 0 and var dot
            && int.TryParse(text[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : Nothing;
    }
}

/// <summary>
/// The version that something goes on from, or that it is new (<c>If-None-Match: *</c>), as a parameter of a route whose caller makes
/// up the id.
/// </summary>
public sealed class IfMatchOrNew : IBindableFromHttpContext<IfMatchOrNew>, IEndpointParameterMetadataProvider
{
    private IfMatchOrNew(int? version) => Version = version;

    /// <summary>Null when it must be new.</summary>
    public int? Version { get; }

    public bool IsNew => Version is null;

    public static ValueTask<IfMatchOrNew?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var headers = context.Request.Headers;
        if (StringValues.IsNullOrEmpty(headers.IfNoneMatch))
            return new(new IfMatchOrNew(IfMatch.VersionIn(headers.IfMatch)));
        return headers.IfNoneMatch is ["*"] && StringValues.IsNullOrEmpty(headers.IfMatch)
            ? new(new IfMatchOrNew(null))
            : throw RequestRefused.At(ProblemTypes.IfMatchMalformed, "If-None-Match", "not-accepted", "Send * and no If-Match, or If-Match alone.");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new NeedsIfMatch { OrNew = true });
}

/// <summary>On every route that changes something shared.</summary>
public sealed record NeedsIfMatch
{
    /// <summary>It can also be made there.</summary>
    public bool OrNew { get; init; }
}

/// <summary>The change started from an older version; <paramref name="current"/> is the ETag that the caller would read now.</summary>
public sealed class StaleRepresentation(string current, Exception inner) : Exception(inner.Message, inner)
{
    public string Current { get; } = current;

    /// <summary>What the change would have overwritten, where it is the caller's own.</summary>
    public DraftView? Draft { get; init; }
}
