using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using CasePlanning.Application.Pipeline;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;

namespace CasePlanning.Server.Api;

/// <summary>Which page of a list is asked for, as a parameter of a route: <c>?limit=50&amp;cursor=…</c>.</summary>
/// <param name="Limit">How many items at most.</param>
/// <param name="After">Where the page begins, as the handler itself said it in <see cref="Page{T}.Next"/>; null for the first page.</param>
public sealed record Paging(int Limit, string? After) : IBindableFromHttpContext<Paging>, IEndpointParameterMetadataProvider
{
    public const int MostItems = 200;

    public PageOf Page => new(After, Limit);

    public static ValueTask<Paging?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var asked = QueryString.Read<PagingParameters>(context.Request);
        if (asked.Limit is < 1 or > MostItems)
        {
            throw RequestRefused.At(ProblemTypes.BadParameter, "limit", "out-of-range",
                string.Create(CultureInfo.InvariantCulture, $"This must be between 1 and {MostItems}."));
        }

        return new(new Paging(asked.Limit, asked.Cursor is null ? null : Cursors.Open(context, asked.Cursor)));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        var members = JsonShape.Of(typeof(PagingParameters)).Members;
        builder.Metadata.Add(new QueryParameter(members["limit"]) { Least = 1, Most = MostItems });
        builder.Metadata.Add(new QueryParameter(members["cursor"]));
    }
}

/// <param name="Limit">How many items to give at most, from 1 to 200.</param>
/// <param name="Cursor">Where to go on: the <c>next</c> of the page before.</param>
public sealed record PagingParameters(int Limit = 50, string? Cursor = null);

/// <summary>A page of a list as it goes over the wire.</summary>
/// <param name="Items">The items of this page.</param>
/// <param name="Next">The cursor of the following page; null on the last one.</param>
public sealed record Listing<T>(
    IReadOnlyList<T> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>
/// Seals the place where a page ends, so that a cursor can be neither read nor made up, and opens only for the caller, the
/// list and the filters it was given for: those are the names of the key.
/// </summary>
internal static class Cursors
{
    /// <param name="byFilters">False where the place is the same whatever else is asked for.</param>
    public static string Seal(HttpContext context, string position, bool byFilters = true) => KeyFor(context, byFilters).Protect(position);

    public static string Open(HttpContext context, string cursor, bool byFilters = true)
    {
        try
        {
            return KeyFor(context, byFilters).Unprotect(cursor);
        }
        catch (CryptographicException)
        {
            throw RequestRefused.At(ProblemTypes.BadCursor, "cursor", "not-accepted", "This is not a cursor of yours for this list.");
        }
    }

    /// <summary>The address of the page that begins at a cursor: this one with its cursor replaced.</summary>
    public static string AddressOf(HttpContext context, string cursor) =>
        QueryHelpers.AddQueryString(context.Request.PathBase + context.Request.Path,
            context.Request.Query.Where(p => p.Key != "cursor").Append(new("cursor", cursor)));

    private static IDataProtector KeyFor(HttpContext context, bool byFilters)
    {
        var filters = context.Request.Query.Where(p => byFilters && p.Key is not ("cursor" or "limit")).OrderBy(p => p.Key, StringComparer.Ordinal);
        return context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector(
            "CasePlanning.Cursors", Idempotency.CallerOf(context), QueryHelpers.AddQueryString(context.Request.Path, filters));
    }
}
