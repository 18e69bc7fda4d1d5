using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace CasePlanning.Server.Api;

/// <summary>
/// The query string as a parameter of a route: <c>Query&lt;ReadingChoice&gt; query</c> with
/// <c>record ReadingChoice(Guid? Review = null, ReadingView View = ReadingView.Outcome)</c>. Each member is a parameter, read
/// by the rules of a body; a parameter that no part of the route knows is refused.
/// </summary>
public sealed class Query<T> : IBindableFromHttpContext<Query<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private Query(T value) => Value = value;

    public T Value { get; }

    static ValueTask<Query<T>?> IBindableFromHttpContext<Query<T>>.BindAsync(HttpContext context, ParameterInfo parameter) =>
        new(new Query<T>(QueryString.Read<T>(context.Request)));

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        QueryString.Describe<T>(builder);
}

/// <summary>On every route, for each query parameter that it takes.</summary>
public sealed record QueryParameter(JsonMember Member)
{
    public int? Least { get; init; }

    public int? Most { get; init; }
}

internal static class QueryString
{
    /// <summary>Reads the members of <typeparamref name="T"/>; parameters besides are <see cref="RefuseUnknown"/>'s business.</summary>
    public static T Read<T>(HttpRequest request)
        where T : class
    {
        if (request.Query.Count == 0 && Unasked<T>.Value is { } unasked)
            return unasked;
        var faults = new List<ProblemError>();
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            foreach (var member in JsonShape.Of(typeof(T)).Members.Values)
            {
                var values = request.Query[member.Name];
                if (values.Count > 1)
                    faults.Add(Fault(member.Name, "duplicate-parameter", "This parameter is given more than once."));
                else if (values is [{ } text])
                    Write(writer, member, text);
            }

            writer.WriteEndObject();
        }

        var (value, misfits) = StrictJson.Read<T>(json.WrittenMemory);
        faults.AddRange(misfits.Select(m => m with { Pointer = null, Parameter = m.Pointer![1..] }));
        return faults.Count == 0 ? value! : throw new RequestRefused(ProblemTypes.BadParameter, faults);
    }

    public static void Describe<T>(EndpointBuilder builder)
    {
        foreach (var member in JsonShape.Of(typeof(T)).Members.Values)
            builder.Metadata.Add(new QueryParameter(member));
    }

    /// <summary>A misspelt filter must not silently give everything.</summary>
    public static ValueTask<object?> RefuseUnknown(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        if (call.HttpContext.Request.Query.Count == 0)
            return next(call);
        var known = call.HttpContext.GetEndpoint()!.Metadata.GetOrderedMetadata<QueryParameter>().Select(p => p.Member.Name);
        var unknown = call.HttpContext.Request.Query.Keys.Except(known, StringComparer.Ordinal)
            .Select(name => Fault(StrictJson.Shown(name), "unknown-parameter", "There is no such parameter.")).ToList();
        return unknown.Count == 0 ? next(call) : throw new RequestRefused(ProblemTypes.BadParameter, unknown);
    }

    private static ProblemError Fault(string parameter, string code, string message) => new(code, message) { Parameter = parameter };

    /// <summary>What most requests come to, which have no query string; null where something must be sent.</summary>
    private static class Unasked<T>
        where T : class
    {
        public static readonly T? Value = StrictJson.Read<T>("{}"u8.ToArray()).Value;
    }

    /// <summary>Numbers and truths are written bare, so that the reader finds the type it expects; all else is text.</summary>
    private static void Write(Utf8JsonWriter writer, JsonMember member, string text)
    {
        writer.WritePropertyName(member.Name);
        if (member.Shape.Type == typeof(bool) && text is ("true" or "false"))
            writer.WriteBooleanValue(text is "true");
        else if (member.Shape.Type == typeof(int) && IsInDigits(text)
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue(text);
    }

    /// <summary>.NET would also read a number that NUL characters follow.</summary>
    private static bool IsInDigits(string text) => text.AsSpan().TrimStart('-').IndexOfAnyExceptInRange('0', '9') < 0;
}
