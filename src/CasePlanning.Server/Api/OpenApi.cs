using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CasePlanning.Server.Api;

/// <summary>The API description at <c>/swagger/v1/swagger.json</c>, and a page to try it at <c>/swagger</c>.</summary>
public static class OpenApi
{
    internal const string BearerScheme = "bearer";

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "CasePlanning",
                Version = "v1",
                Description = Introduction,
                License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
            });
            options.AddServer(new OpenApiServer { Url = "/", Description = "This host" });
            options.AddSecurityDefinition(BearerScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "An access token that this host issued.",
            });
            options.OperationFilter<OpenApiOperations>();
            options.DocumentFilter<InOrder>();
        });
        services.AddSingleton<OpenApiSchemas>();
        services.AddTransient<ISchemaGenerator>(s => s.GetRequiredService<OpenApiSchemas>());
    }

    public static void UseOpenApiDocument(this IApplicationBuilder app)
    {
        app.UseSwagger(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
        app.UseSwaggerUI(options =>
        {
            options.DocumentTitle = "CasePlanning API";
            options.SwaggerEndpoint("/swagger/v1/swagger.json", "v1");
        });
    }

    private const string Introduction = """
        One plan for a child, written by many agencies in parallel.

        **Ids** are UUIDs, **times** are UTC (`2026-10-14T15:30:00Z`), **dates** are `2026-10-14`. Members without a value are left out.

        **Lists** are `{items, next}`. When `next` is not null, send it as `cursor` to get the following page.

        **Creating** needs an `Idempotency-Key`: sending the same request with the same key again creates nothing more and gives the first result.

        **Changing** what several people share needs `If-Match` with the `ETag` that you read. If somebody has changed it meanwhile, the answer is 412 and tells the current one. Adding a view never needs it.

        **Problems** are `application/problem+json`. Go by `code`, which is stable; `errors` names every fault at once; `type` leads to a page about it.
        """;

    /// <summary>The same routes give the same bytes, whatever order they were mapped in.</summary>
    private sealed class InOrder(EndpointDataSource routes) : IDocumentFilter
    {
        public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
        {
            var paths = new OpenApiPaths();
            foreach (var path in swaggerDoc.Paths.OrderBy(p => p.Key, StringComparer.Ordinal))
                paths.Add(path.Key, path.Value);
            swaggerDoc.Paths = paths;
            swaggerDoc.Tags = routes.Endpoints.Select(e => e.Metadata.GetMetadata<Section>()).OfType<Section>()
                .DistinctBy(s => s.Name).OrderBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => new OpenApiTag { Name = s.Name, Description = s.Description }).ToHashSet();
            var components = swaggerDoc.Components!;
            components.Responses = Sorted(components.Responses);
            components.Examples = Sorted(components.Examples);
            components.Headers = Sorted(components.Headers);
        }

        private static Dictionary<string, T>? Sorted<T>(IDictionary<string, T>? parts) =>
            parts?.OrderBy(p => p.Key, StringComparer.Ordinal).ToDictionary();
    }
}

/// <summary>Writes one operation of the API description from what the route says of itself.</summary>
internal sealed class OpenApiOperations(OpenApiSchemas schemas) : IOperationFilter
{
    private const string ExampleRequestId = "01999f3a-5c00-7000-8000-000000000000";
    private const string ExampleETag = "\"3.kq1Yw0c3rX0dRz8G2m5ZsA\"";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var route = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (route.OfType<Described>().LastOrDefault() is not { } described)
            return;
        operation.OperationId = described.OperationId;
        operation.Summary = described.Summary;
        operation.Description = described.Description;
        operation.Tags = route.OfType<Section>().TakeLast(1).Select(s => new OpenApiTagReference(s.Name, context.Document)).ToHashSet();
        operation.Security = route.OfType<IAllowAnonymous>().Any() ? [] :
            [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(OpenApi.BearerScheme, context.Document)] = [] }];
        operation.Parameters = [.. PathParameters(operation, context), .. QueryParameters(route, context), .. HeaderParameters(route, described, context)];
        operation.RequestBody = route.OfType<TakesBody>().LastOrDefault() is { } body ? RequestOf(body, described, context) : null;
        operation.Responses = ResponsesOf(route, described, context);
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(OpenApiOperation operation, OperationFilterContext context)
    {
        var steps = context.ApiDescription.RelativePath!.Split('/');
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In is ParameterLocation.Path))
        {
            parameter.Description = $"Which of the {steps[Array.FindIndex(steps, s => s.Split('{', ':', '}') is ["", var name, ..] && name == parameter.Name) - 1].Replace('-', ' ')}.";
            yield return parameter;
        }
    }

    private IEnumerable<IOpenApiParameter> QueryParameters(IList<object> route, OperationFilterContext context) =>
        route.OfType<QueryParameter>().OrderBy(p => p.Member.Name, StringComparer.Ordinal)
            .Select(p => schemas.ParameterOf(p, context.SchemaRepository));

    private static IEnumerable<IOpenApiParameter> HeaderParameters(IList<object> route, Described described, OperationFilterContext context)
    {
        if (described.Creates)
            yield return Header(Idempotency.Header, required: true, "A key of your own for this creation, such as a new UUID; the same when you repeat it.",
                new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Idempotency.MostCharacters, Pattern = "^[!-~]+$" }, ExampleRequestId);
        if (route.OfType<NeedsIfMatch>().Any())
            yield return Header("If-Match", required: true, "The ETag of what you read and are changing.", Text(), ExampleETag);
        if (context.ApiDescription.HttpMethod == HttpMethods.Get)
            yield return Header("If-None-Match", required: false, "The ETag of what you have; answered with 304 when it is still current.", Text(), ExampleETag);
    }

    private static OpenApiRequestBody RequestOf(TakesBody body, Described described, OperationFilterContext context)
    {
        var content = new OpenApiMediaType
        {
            Schema = context.SchemaGenerator.GenerateSchema(body.Type, context.SchemaRepository),
            Example = Node(described.Request),
        };
        return new OpenApiRequestBody
        {
            Required = true,
            Content = RequestBody.MediaTypes(context.ApiDescription.HttpMethod!).ToDictionary(m => m, _ => content),
        };
    }

    private static OpenApiResponses ResponsesOf(IList<object> route, Described described, OperationFilterContext context)
    {
        var responses = new OpenApiResponses { [Code(described.Status)] = SuccessOf(route, described, context) };
        if (context.ApiDescription.HttpMethod == HttpMethods.Get)
            responses["304"] = new OpenApiResponse { Description = "You have it already." };
        foreach (var problems in ProblemsOf(route, described, context).Distinct().GroupBy(p => p.Status).OrderBy(p => p.Key))
            responses[Code(problems.Key)] = ResponseOf([.. problems], context);
        return responses;
    }

    private static OpenApiResponse SuccessOf(IList<object> route, Described described, OperationFilterContext context)
    {
        var response = new OpenApiResponse
        {
            Description = described.Creates ? "Created." : "Done.",
            Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = HeaderOf("ETag", "The version of this representation.", ExampleETag, context) },
        };
        if (described.Creates)
        {
            response.Headers["Location"] = HeaderOf("Location", "The address of what was created.", "/api/v1/plans/01999f3a-5c00-7000-8000-000000000001", context);
            response.Headers[Idempotency.ReplayedHeader] = HeaderOf(Idempotency.ReplayedHeader,
                "`true` when this key had created it before and nothing was created now; otherwise absent.", "true", context);
        }

        if (route.OfType<QueryParameter>().Any(p => p.Member.Name == "cursor"))
            response.Headers["Link"] = HeaderOf("Link", "The address of the following page; absent on the last one.", "</api/v1/plans?cursor=CfDJ8>; rel=\"next\"", context);
        if (described.Response is { } example)
        {
            response.Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = context.SchemaGenerator.GenerateSchema(example.GetType(), context.SchemaRepository), Example = Node(example) },
            };
        }

        return response;
    }

    /// <summary>What a route can refuse with follows from what it takes; only the rules are its own.</summary>
    private static List<ProblemType> ProblemsOf(IList<object> route, Described described, OperationFilterContext context)
    {
        List<ProblemType> problems =
        [
            ProblemTypes.BadRequest, ProblemTypes.BadParameter, ProblemTypes.NotAcceptable,
            ProblemTypes.StoreBusy, ProblemTypes.StoreUnavailable, ProblemTypes.StoreFull,
        ];
        if (!route.OfType<IAllowAnonymous>().Any())
            problems.AddRange([ProblemTypes.NotSignedIn, ProblemTypes.NotAllowed]);
        if (context.ApiDescription.RelativePath!.Contains('{'))
            problems.Add(ProblemTypes.NotFound);
        if (route.OfType<QueryParameter>().Any(p => p.Member.Name == "cursor"))
            problems.Add(ProblemTypes.BadCursor);
        if (route.OfType<TakesBody>().Any())
            problems.AddRange([ProblemTypes.Malformed, ProblemTypes.TooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.Invalid]);
        if (described.Creates)
            problems.AddRange([ProblemTypes.KeyMissing, ProblemTypes.KeyMalformed, ProblemTypes.KeyInProgress, ProblemTypes.KeyReused]);
        if (route.OfType<NeedsIfMatch>().Any())
            problems.AddRange([ProblemTypes.IfMatchMalformed, ProblemTypes.VersionMissing, ProblemTypes.Stale]);
        problems.AddRange(described.Rules.Select(ProblemTypes.Of));
        return problems;
    }

    /// <summary>A refusal that is the same everywhere is written once and referred to.</summary>
    private static IOpenApiResponse ResponseOf(IReadOnlyList<ProblemType> problems, OperationFilterContext context)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join('\n', problems.OrderBy(p => p.Code, StringComparer.Ordinal).Select(p => $"- `{p.Code}`: {p.Meaning}")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository),
                    Examples = problems.OrderBy(p => p.Code, StringComparer.Ordinal).ToDictionary(p => p.Code, IOpenApiExample (p) => ExampleOf(p, context)),
                },
            },
        };
        if (problems.Any(p => p.RetryAfterSeconds is not null))
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>())["Retry-After"] = HeaderOf("Retry-After", "How many seconds to wait.", "1", context);
        if (problems.Contains(ProblemTypes.Stale))
            (response.Headers ??= new Dictionary<string, IOpenApiHeader>())["ETag"] = HeaderOf("ETag", "The version of this representation.", ExampleETag, context);
        var shared = problems switch
        {
            [var only] => only.Slug,
            [{ Status: StatusCodes.Status503ServiceUnavailable }, ..] => "store",
            _ => null,
        };
        if (shared is null)
            return response;
        context.Document.AddComponent<IOpenApiResponse>(shared, response);
        return new OpenApiResponseReference(shared, context.Document);
    }

    private static OpenApiExampleReference ExampleOf(ProblemType type, OperationFilterContext context)
    {
        var problem = new Problem(type.Address, type.Title, type.Status, type.Meaning, type.Code, ExampleRequestId)
        {
            CurrentETag = type == ProblemTypes.Stale ? ExampleETag : null,
            Errors = type.Status switch
            {
                _ when type == ProblemTypes.Malformed => [new("unknown-member", "There is no such member.") { Pointer = "/wrods" }],
                _ when type == ProblemTypes.Invalid => [new("required", "This must not be empty.") { Pointer = "/words" }],
                _ when type == ProblemTypes.BadParameter => [new("unknown-parameter", "There is no such parameter.") { Parameter = "limt" }],
                _ => null,
            },
        };
        context.Document.AddComponent<IOpenApiExample>(type.Slug, new OpenApiExample { Summary = type.Title, Value = Node(problem) });
        return new OpenApiExampleReference(type.Slug, context.Document);
    }

    private static OpenApiHeaderReference HeaderOf(string name, string description, string example, OperationFilterContext context)
    {
        context.Document.AddComponent<IOpenApiHeader>(name, new OpenApiHeader { Description = description, Schema = Text(), Example = example });
        return new OpenApiHeaderReference(name, context.Document);
    }

    private static OpenApiParameter Header(string name, bool required, string description, OpenApiSchema schema, string example) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = schema,
        Example = example,
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

    private static JsonNode? Node(object? example) => example is null ? null : JsonSerializer.SerializeToNode(example, example.GetType(), Json.Options);

    private static string Code(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
