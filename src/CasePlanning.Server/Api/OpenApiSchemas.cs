using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Application.Reviews;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CasePlanning.Server.Api;

/// <summary>
/// Writes the schemas of the API description from the same shapes that bodies are read by. A type that some route takes in a
/// body follows the rules of a request (what has no default must be sent); every other follows those of an answer (what has
/// no value is left out).
/// </summary>
internal sealed class OpenApiSchemas : ISchemaGenerator
{
    private static readonly Dictionary<Type, (JsonSchemaType Type, string? Format)> Plain = new()
    {
        [typeof(string)] = (JsonSchemaType.String, null),
        [typeof(bool)] = (JsonSchemaType.Boolean, null),
        [typeof(int)] = (JsonSchemaType.Integer, "int32"),
        [typeof(long)] = (JsonSchemaType.Integer, "int64"),
        [typeof(decimal)] = (JsonSchemaType.Number, null),
        [typeof(double)] = (JsonSchemaType.Number, "double"),
        [typeof(Guid)] = (JsonSchemaType.String, "uuid"),
        [typeof(DateOnly)] = (JsonSchemaType.String, "date"),
        [typeof(DateTimeOffset)] = (JsonSchemaType.String, "date-time"),
    };

    private readonly DocComments comments = new();
    private readonly IServiceProvider services;
    private readonly Lazy<HashSet<Type>> sent;
    private readonly Lazy<ILookup<PropertyInfo, IPropertyValidator>> rules;

    public OpenApiSchemas(EndpointDataSource routes, IServiceProvider services)
    {
        this.services = services;
        sent = new(() => routes.Endpoints
            .SelectMany(e => e.Metadata.GetOrderedMetadata<TakesBody>())
            .SelectMany(body => JsonShape.Of(body.Type).Reaches()).ToHashSet());
        rules = new(Rules);
    }

    public IOpenApiSchema GenerateSchema(Type modelType, SchemaRepository schemaRepository, MemberInfo? memberInfo = null,
        ParameterInfo? parameterInfo = null, ApiParameterRouteInfo? routeInfo = null) =>
        SchemaOf(JsonShape.Of(modelType), schemaRepository);

    /// <summary>One query parameter, with its default, its bounds and its comment.</summary>
    public OpenApiParameter ParameterOf(QueryParameter parameter, SchemaRepository repository)
    {
        var member = parameter.Member;
        var schema = SchemaOf(member.Shape, repository);
        if (schema is OpenApiSchema own)
        {
            own.Default = member.Default is null ? null : JsonSerializer.SerializeToNode(member.Default, Json.Options);
            own.Minimum = parameter.Least?.ToString(CultureInfo.InvariantCulture);
            own.Maximum = parameter.Most?.ToString(CultureInfo.InvariantCulture);
        }

        return new OpenApiParameter
        {
            Name = member.Name,
            In = ParameterLocation.Query,
            Required = member.MustBeSent,
            Description = comments.Of(member.Property),
            Schema = schema,
        };
    }

    private IOpenApiSchema SchemaOf(JsonShape shape, SchemaRepository repository)
    {
        if (shape.Items is { } items)
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = SchemaOf(items, repository) };
        if (Plain.TryGetValue(shape.Type, out var plain))
            return new OpenApiSchema { Type = plain.Type, Format = plain.Format };
        if (repository.TryLookupByType(shape.Type, out var known))
            return known;

        var id = IdOf(shape.Type);
        repository.RegisterType(shape.Type, id);
        repository.AddDefinition(id, shape switch
        {
            { IsObject: true } => ObjectOf(shape, repository),
            { Type.IsEnum: true } => ChoiceOf(shape),
            _ when shape.Type == typeof(Invite) => InviteSchema(),
            _ => throw new NotSupportedException($"{shape.Type} has a JSON form of its own, which must be described here."),
        });
        return SchemaOf(shape, repository);
    }

    private OpenApiSchema ObjectOf(JsonShape shape, SchemaRepository repository)
    {
        var isSent = sent.Value.Contains(shape.Type);
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = comments.Of(shape.Type),
            Properties = new Dictionary<string, IOpenApiSchema>(),
            Required = new HashSet<string>(),
            AdditionalPropertiesAllowed = false,
        };
        foreach (var member in shape.Members.Values)
        {
            var mayBeNull = member.Shape.AllowsNull && (isSent || member.IsAlwaysWritten);
            schema.Properties[member.Name] = Described(SchemaOf(member.Shape, repository), member, mayBeNull);
            Limit(schema.Properties[member.Name], member);
            if (isSent ? member.MustBeSent : member.IsAlwaysWritten)
                schema.Required.Add(member.Name);
        }

        return schema;
    }

    /// <summary>A reference can carry a description but no second type, so one that may be null becomes a choice.</summary>
    private IOpenApiSchema Described(IOpenApiSchema schema, JsonMember member, bool mayBeNull)
    {
        var description = comments.Of(member.Property);
        switch (schema)
        {
            case OpenApiSchema own:
                own.Description = description;
                own.Type |= mayBeNull ? JsonSchemaType.Null : own.Type;
                return own;
            case OpenApiSchemaReference reference when !mayBeNull:
                if (description is not null)
                    reference.Description = description;
                return reference;
            default:
                return new OpenApiSchema { Description = description, OneOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
        }
    }

    private OpenApiSchema ChoiceOf(JsonShape shape) => new()
    {
        Type = JsonSchemaType.String,
        Description = comments.Of(shape.Type),
        Enum = [.. shape.Choices.Select(c => (JsonNode)c)],
    };

    /// <summary>The one type with a JSON form of its own.</summary>
    private OpenApiSchema InviteSchema() => new()
    {
        Description = comments.Of(typeof(Invite)),
        OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["everyone"] },
            new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
                MaxItems = Invite.Most,
            },
        ],
    };

    /// <summary>The limits that a body's validator states are part of the contract. A list's rules are about its items.</summary>
    private void Limit(IOpenApiSchema stated, JsonMember member)
    {
        if ((stated.Items ?? stated) is not OpenApiSchema schema)
            return;
        foreach (var rule in rules.Value[member.Property])
        {
            switch (rule)
            {
                case ILengthValidator { Max: > 0 } length:
                    schema.MaxLength = length.Max;
                    break;
                case INotEmptyValidator when member.Shape.Type == typeof(string):
                    schema.MinLength = 1;
                    break;
                case IBetweenValidator between:
                    schema.Minimum = Convert.ToString(between.From, CultureInfo.InvariantCulture);
                    schema.Maximum = Convert.ToString(between.To, CultureInfo.InvariantCulture);
                    break;
            }
        }
    }

    /// <summary>The rules of all bodies' validators by the property they are about; a validator may look into parts of its body.</summary>
    private ILookup<PropertyInfo, IPropertyValidator> Rules() =>
        (from type in sent.Value
         let validator = services.GetService(typeof(IValidator<>).MakeGenericType(type)) as IValidator
         where validator is not null
         from member in validator.CreateDescriptor().GetMembersWithValidators()
         let property = PropertyAt(type, member.Key)
         where property is not null
         from rule in member
         select (Property: property, rule.Validator)).ToLookup(r => r.Property, r => r.Validator);

    private static PropertyInfo? PropertyAt(Type type, string path)
    {
        JsonMember? member = null;
        foreach (var name in path.Split('.'))
        {
            var shape = member is null ? JsonShape.Of(type) : member.Shape.Items ?? member.Shape;
            member = shape.Members.Values.FirstOrDefault(m => m.Property.Name == name);
            if (member is null)
                return null;
        }

        return member?.Property;
    }

    /// <summary><c>Listing&lt;PlanView&gt;</c> → <c>PlanViewListing</c>.</summary>
    private static string IdOf(Type type) =>
        string.Concat(type.GenericTypeArguments.Select(IdOf)) + type.Name.Split('`')[0];
}
