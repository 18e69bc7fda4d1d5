using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CasePlanning.Application.Pipeline;

namespace CasePlanning.Server.Api;

/// <summary>
/// What JSON a type is read from and written as. The strict reader and the OpenAPI document both go by this, so what is
/// documented is what is accepted.
/// </summary>
public sealed class JsonShape
{
    private static readonly ConcurrentDictionary<Type, JsonShape> Known = new();

    private readonly Lazy<IReadOnlyDictionary<string, JsonMember>> members;
    private readonly Lazy<IReadOnlyList<string>> choices;

    private JsonShape(Type type, bool allowsNull, JsonShape? items)
    {
        Type = Nullable.GetUnderlyingType(type) ?? type;
        AllowsNull = allowsNull;
        Items = items;
        IsObject = Json.Options.GetTypeInfo(Type).Kind is JsonTypeInfoKind.Object;
        members = new(() => Json.Options.GetTypeInfo(Type).Properties
            .Select(p => new JsonMember(p)).ToDictionary(m => m.Name, StringComparer.Ordinal));
        choices = new(() => !Type.IsEnum ? [] : [.. Enum.GetValues(Type).Cast<object>().Select(WordOf)]);
    }

    /// <summary>The type without its <c>Nullable&lt;&gt;</c> or <c>Change&lt;&gt;</c>.</summary>
    public Type Type { get; }

    public bool AllowsNull { get; }

    public bool IsObject { get; }

    /// <summary>The shape of a list's items; null when this is no list.</summary>
    public JsonShape? Items { get; }

    /// <summary>An object's members by their name in JSON.</summary>
    public IReadOnlyDictionary<string, JsonMember> Members => members.Value;

    /// <summary>The words that an enum is written as; empty for every other type.</summary>
    public IReadOnlyList<string> Choices => choices.Value;

    public static JsonShape Of(Type type) => Known.GetOrAdd(type, static t => new(t, allowsNull: false, ItemsOf(t, null)));

    internal static JsonShape Of(NullabilityInfo info)
    {
        if (info.Type.IsGenericType && info.Type.GetGenericTypeDefinition() == typeof(Change<>))
            return Of(info.GenericTypeArguments[0]);
        var allowsNull = info.WriteState is NullabilityState.Nullable || info.ReadState is NullabilityState.Nullable;
        return new(info.Type, allowsNull, ItemsOf(info.Type, info));
    }

    /// <summary>This type and all that can be met inside it.</summary>
    public IEnumerable<Type> Reaches()
    {
        var reached = new HashSet<Type>();
        Add(this);
        return reached;

        void Add(JsonShape shape)
        {
            if (shape.Items is { } items)
                Add(items);
            else if (reached.Add(shape.Type) && shape.IsObject)
            {
                foreach (var member in shape.Members.Values)
                    Add(member.Shape);
            }
        }
    }

    private string WordOf(object choice) => JsonSerializer.SerializeToElement(choice, Type, Json.Options).GetString()!;

    private static JsonShape? ItemsOf(Type type, NullabilityInfo? info)
    {
        if (Json.Options.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item })
            return null;
        var itemInfo = info?.ElementType ?? info?.GenericTypeArguments.FirstOrDefault();
        return itemInfo is null ? Of(item) : Of(itemInfo);
    }
}

/// <summary>A member of a JSON object and the property it stands for.</summary>
public sealed class JsonMember
{
    internal JsonMember(JsonPropertyInfo property)
    {
        var own = (PropertyInfo)property.AttributeProvider!;
        Name = property.Name;
        Property = own;
        Shape = JsonShape.Of(new NullabilityInfoContext().Create(own));
        Default = property.AssociatedParameter is { HasDefaultValue: true } parameter ? parameter.DefaultValue : null;
        MustBeSent = property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };
        IsAlwaysWritten = !Shape.AllowsNull || own.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition is JsonIgnoreCondition.Never;
    }

    public string Name { get; }

    public PropertyInfo Property { get; }

    public JsonShape Shape { get; }

    public object? Default { get; }

    /// <summary>In a request: whoever sends the object must send this member. Optional members are those with a default.</summary>
    public bool MustBeSent { get; }

    /// <summary>In an answer: never left out.</summary>
    public bool IsAlwaysWritten { get; }
}
