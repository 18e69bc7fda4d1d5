using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CasePlanning.Application.Pipeline;

namespace CasePlanning.Server.Api;

/// <summary>
/// The one way JSON is read and written here. Members are camelCase, choices are camelCase words, times are UTC with a
/// <c>Z</c>, and a member that has no value is left out.
/// </summary>
public static class Json
{
    public const int MaxDepth = 32;

    public static JsonSerializerOptions Options { get; } = Create();

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    private static JsonSerializerOptions Create()
    {
        // Strict: no unknown or duplicate members, required constructor members and nullability are kept to.
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            MaxDepth = MaxDepth,
            // A reading of a review, or a part of the feed, at once: otherwise it is copied twice while it is written.
            DefaultBufferSize = 64 * 1024,
            // Names stay readable on the wire. Safe because no answer is ever sniffed as HTML (nosniff on every response).
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutChangesNotGiven } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new UtcTime());
        options.Converters.Add(new Changes());
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutChangesNotGiven(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.PropertyType.IsAssignableTo(typeof(IChange))))
            property.ShouldSerialize = (_, value) => ((IChange)value!).IsGiven;
    }

    /// <summary>Reads a time only when it says its offset: one without means another instant on every machine.</summary>
    private sealed class UtcTime : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && SaysItsOffset(reader.GetString()!) && reader.TryGetDateTimeOffset(out var time)
                ? time.ToUniversalTime()
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            // Of a page of readings or changes there are hundreds, and the round-trip format is the one that is quick: it is cut off behind its milliseconds.
            Span<byte> text = stackalloc byte["2026-10-14T09:05:00.0000000Z".Length];
            var utc = value.UtcDateTime;
            utc.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            var end = utc.Millisecond == 0 ? "2026-10-14T09:05:00".Length : "2026-10-14T09:05:00.000".Length;
            text[end] = (byte)'Z';
            writer.WriteStringValue(text[..(end + 1)]);
        }

        private static bool SaysItsOffset(string text) =>
            text.EndsWith('Z') || (text.Length > "2026-10-14T".Length && text[^6] is '+' or '-');
    }

    /// <summary>A change reads and writes as its value; that it was absent is known from its never being read.</summary>
    private sealed class Changes : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Change<>);

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type.GenericTypeArguments))!;

        private sealed class Converter<T> : JsonConverter<Change<T>>
        {
            public override bool HandleNull => true;

            public override Change<T> Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
                new(JsonSerializer.Deserialize<T>(ref reader, options)!);

            public override void Write(Utf8JsonWriter writer, Change<T> value, JsonSerializerOptions options) =>
                JsonSerializer.Serialize(writer, value.Value, options);
        }
    }
}
