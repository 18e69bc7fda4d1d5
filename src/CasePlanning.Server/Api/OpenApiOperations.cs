using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Contributions.Files;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Sharing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CasePlanning.Server.Api;

/// <summary>Describes an operation by what its route says of itself and by what it takes.</summary>
internal sealed class OpenApiOperations(OpenApiSchemas schemas) : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var route = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (route.OfType<Described>().LastOrDefault() is { } described)
            new One(schemas, described, route, context).Write(operation);
    }

    private sealed class One(OpenApiSchemas schemas, Described described, IList<object> route, OperationFilterContext context)
    {
        private const string ExampleId = "01999f3a-5c00-7000-8000-000000000000";
        private const string ExampleETag = "\"3.kq1Yw0c3rX0dRz8G2m5ZsA\"";

        private readonly OpenApiDocument document = context.Document;
        private readonly string method = context.ApiDescription.HttpMethod!;
        private readonly string path = context.ApiDescription.RelativePath!;
        private readonly bool isOpenToAll = route.OfType<IAllowAnonymous>().Any();
        private readonly bool isPaged = route.OfType<QueryParameter>().Any(p => p.Member.Name == "cursor");
        private readonly bool needsIfMatch = route.OfType<NeedsIfMatch>().Any();
        private readonly bool canBeNew = route.OfType<NeedsIfMatch>().Any(n => n.OrNew);
        private readonly TakesBody? body = route.OfType<TakesBody>().LastOrDefault();
        private readonly bool takesFile = route.OfType<TakesFile>().Any();
        private readonly bool canWait = route.OfType<CanWait>().Any();
        private readonly bool givesFile = route.OfType<GivesFile>().Any();

        /// <summary>It writes in a plan or in a part of one, which a withdrawn consent or an adoption may stand in the way of.</summary>
        private bool ChangesPlan => !HttpMethods.IsGet(method) && path.Split('/') is [_, _, var root, ['{', ..], ..]
            && Enum.GetNames<PlanPartKind>().Contains(root[..^1], StringComparer.OrdinalIgnoreCase);

        public void Write(OpenApiOperation operation)
        {
            operation.OperationId = described.OperationId;
            operation.Summary = described.Summary;
            operation.Description = described.Description + OperationScopes.SentenceFor(described.OperationId);
            operation.Tags = route.OfType<Section>().TakeLast(1).Select(s => new OpenApiTagReference(s.Name, document)).ToHashSet();
            operation.Security = isOpenToAll ? [] : [new() { [new OpenApiSecuritySchemeReference(OpenApi.BearerScheme, document)] = [] }];
            operation.Parameters = [.. PathParameters(operation), .. QueryParameters(), .. HeaderParameters()];
            operation.RequestBody = takesFile ? new OpenApiRequestBody { Required = true, Content = Files() }
                : body is not null ? RequestOf(body)
                : null;
            operation.Responses = Responses();
        }

        private IEnumerable<IOpenApiParameter> PathParameters(OpenApiOperation operation)
        {
            // plans/{id:guid}/reviews → plans, id, reviews
            var steps = path.Split('/').Select(s => s.Trim('{', '}').Split(':')[0]).ToList();
            foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In is ParameterLocation.Path))
            {
                parameter.Description = $"Which of the {steps[steps.IndexOf(parameter.Name!) - 1].Replace('-', ' ')}.";
                yield return parameter;
            }
        }

        private IEnumerable<IOpenApiParameter> QueryParameters() =>
            route.OfType<QueryParameter>().OrderBy(p => p.Member.Name, StringComparer.Ordinal)
                .Select(p => schemas.ParameterOf(p, context.SchemaRepository));

        private IEnumerable<IOpenApiParameter> HeaderParameters()
        {
            if (described.Creates)
            {
                var key = Text();
                (key.MinLength, key.MaxLength, key.Pattern) = (1, Idempotency.MostCharacters, "^[!-~]+$");
                yield return Parameter(Idempotency.Header, true,
                    "A key of your own for this creation, such as a new UUID; the same when you repeat it.", key, ExampleId);
            }

            if (needsIfMatch)
                yield return Parameter("If-Match", !canBeNew, "The ETag of what you read and are changing.", Text(), ExampleETag);
            if (canBeNew)
                yield return Parameter("If-None-Match", false, "`*`, in place of If-Match, when there must be nothing under this id yet.", Text(), "*");
            if (canWait)
                yield return Parameter("Prefer", false, "`wait=N`: for how many seconds at most, up to 25, to wait for something to tell (RFC 7240).", Text(), "wait=25");
            if (HttpMethods.IsGet(method))
            {
                yield return Parameter("If-None-Match", false,
                    "The ETag of what you have; answered with 304 when it is still current.", Text(), ExampleETag);
            }
        }

        private OpenApiRequestBody RequestOf(TakesBody taken)
        {
            var content = Content(taken.Type, described.Request);
            return new() { Required = true, Content = RequestBody.MediaTypes(method).ToDictionary(m => m, _ => content) };
        }

        private OpenApiResponses Responses()
        {
            var responses = new OpenApiResponses { [Code(described.Status)] = Success() };
            if (canBeNew)
                responses["201"] = Success();
            if (HttpMethods.IsGet(method))
                responses["304"] = new OpenApiResponse { Description = "You have it already." };
            foreach (var problems in Problems().DistinctBy(p => p.Code).GroupBy(p => p.Status).OrderBy(p => p.Key))
                responses[Code(problems.Key)] = Refusal([.. problems.OrderBy(p => p.Code, StringComparer.Ordinal)]);
            return responses;
        }

        private OpenApiResponse Success()
        {
            if (described.Status is StatusCodes.Status204NoContent)
                return new() { Description = "Done; there is nothing left to show." };
            var response = new OpenApiResponse
            {
                Description = described.Creates ? "Created." : "Done.",
                Headers = new Dictionary<string, IOpenApiHeader> { ["ETag"] = ETagHeader() },
            };
            if (described.Creates)
            {
                response.Headers["Location"] = Header("Location", "The address of what was created.", $"/api/v1/plans/{ExampleId}");
                response.Headers[Answers.ReceiptHeader] = Header(Answers.ReceiptHeader,
                    "The hash of the journal entry of this write. With it you can ask for proof that the entry is kept.", new string('0', 64));
                response.Headers[Idempotency.ReplayedHeader] = Header(Idempotency.ReplayedHeader,
                    "`true` when this key had created it before and nothing was created now; otherwise absent.", "true");
            }

            if (isPaged)
            {
                response.Headers["Link"] = Header("Link",
                    "The address of the following page; absent on the last one.", "</api/v1/plans?cursor=CfDJ8>; rel=\"next\"");
            }

            if (canWait)
                response.Headers["Preference-Applied"] = Header("Preference-Applied", "For how long it would have waited; absent when you did not ask.", "wait=25");
            if (givesFile)
            {
                response.Headers["Content-Disposition"] = Header("Content-Disposition",
                    "A name to save it under, which tells nothing.", "attachment; filename=\"attachment-01999f3a.png\"");
                response.Content = Files();
            }

            if (described.Response is { } example)
                response.Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = Content(example.GetType(), example) };
            return response;
        }

        /// <summary>What a route can refuse with follows from what it takes; only the rules are its own.</summary>
        private List<ProblemType> Problems()
        {
            List<ProblemType> problems =
            [
                ProblemTypes.BadRequest, ProblemTypes.BadParameter, ProblemTypes.TooManyRequests,
                ProblemTypes.StoreBusy, ProblemTypes.StoreUnavailable, ProblemTypes.StoreFull,
            ];
            if (!givesFile)
                problems.Add(ProblemTypes.NotAcceptable);
            if (!isOpenToAll)
                problems.AddRange([ProblemTypes.NotSignedIn, ProblemTypes.NotAllowed]);
            if (OperationScopes.Of(described.OperationId) is { Count: > 0 })
                problems.Add(ProblemTypes.ScopeNeeded);
            if (path.Contains('{') || route.OfType<CanBeMissing>().Any())
                problems.Add(ProblemTypes.NotFound);
            if (isPaged)
                problems.Add(ProblemTypes.BadCursor);
            if (body is not null)
                problems.Add(ProblemTypes.Malformed);
            if (body is not null || takesFile)
                problems.AddRange([ProblemTypes.TooSlow, ProblemTypes.TooLarge, ProblemTypes.UnsupportedMediaType, ProblemTypes.Invalid]);
            if (described.Creates)
                problems.AddRange([ProblemTypes.KeyMissing, ProblemTypes.KeyMalformed, ProblemTypes.KeyInProgress, ProblemTypes.KeyReused]);
            if (needsIfMatch)
                problems.AddRange([ProblemTypes.IfMatchMalformed, ProblemTypes.VersionMissing, ProblemTypes.Stale]);
            if (ChangesPlan)
                problems.AddRange([ProblemTypes.Of(ConsentRules.PlanIsFrozen), ProblemTypes.Of(PlanRules.IsClosed)]);
            problems.AddRange(route.OfType<CanAnswer>().Select(c => c.Problem));
            problems.AddRange(described.Rules.Select(ProblemTypes.Of));
            return problems;
        }

        /// <summary>A refusal that is the same everywhere is written once and referred to.</summary>
        private IOpenApiResponse Refusal(IReadOnlyList<ProblemType> problems)
        {
            var content = Content(typeof(Problem), example: null);
            content.Examples = problems.ToDictionary(p => p.Code, IOpenApiExample (p) => ExampleOf(p));
            var response = new OpenApiResponse
            {
                Description = string.Join('\n', problems.Select(p => $"- `{p.Code}`: {p.Meaning}")),
                Headers = HeadersOf(problems),
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = content },
            };
            var shared = problems switch
            {
                [var only] => only.Slug,
                [{ Status: StatusCodes.Status503ServiceUnavailable }, ..] => "store",
                _ => null,
            };
            if (shared is null)
                return response;
            document.AddComponent<IOpenApiResponse>(shared, response);
            return new OpenApiResponseReference(shared, document);
        }

        private Dictionary<string, IOpenApiHeader>? HeadersOf(IReadOnlyList<ProblemType> problems)
        {
            if (problems.Contains(ProblemTypes.Stale))
                return new() { ["ETag"] = ETagHeader() };
            if (problems.Any(p => p.RetryAfterSeconds is not null))
                return new() { ["Retry-After"] = Header("Retry-After", "How many seconds to wait.", "1") };
            return null;
        }

        private OpenApiExampleReference ExampleOf(ProblemType type)
        {
            var problem = new Problem(type.Address, type.Title, type.Status, type.Meaning, type.Code, ExampleId)
            {
                CurrentETag = type == ProblemTypes.Stale ? ExampleETag : null,
                RequiredScope = type == ProblemTypes.ScopeNeeded ? ClientScopes.PlansRead : null,
                Errors = ErrorOf(type) is { } error ? [error] : null,
            };
            document.AddComponent<IOpenApiExample>(type.Slug, new OpenApiExample { Summary = type.Title, Value = Node(problem) });
            return new(type.Slug, document);
        }

        private static ProblemError? ErrorOf(ProblemType type) => type switch
        {
            _ when type == ProblemTypes.Malformed => new("unknown-member", "There is no such member.") { Pointer = "/wrods" },
            _ when type == ProblemTypes.Invalid => new("required", "This must not be empty.") { Pointer = "/words" },
            _ when type == ProblemTypes.BadParameter => new("unknown-parameter", "There is no such parameter.") { Parameter = "limt" },
            _ => null,
        };

        private OpenApiMediaType Content(Type type, object? example) =>
            new() { Schema = schemas.GenerateSchema(type, context.SchemaRepository), Example = Node(example) };

        private static Dictionary<string, OpenApiMediaType> Files() => CleanFile.MediaTypes.ToDictionary(
            type => type, _ => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } });

        private OpenApiHeaderReference ETagHeader() => Header("ETag", "The version of this representation.", ExampleETag);

        private OpenApiHeaderReference Header(string name, string description, string example)
        {
            var header = new OpenApiHeader { Description = description, Schema = Text(), Example = example };
            document.AddComponent<IOpenApiHeader>(name, header);
            return new(name, document);
        }

        private static OpenApiParameter Parameter(
            string name, bool required, string description, OpenApiSchema schema, string example) => new()
            {
                Name = name,
                In = ParameterLocation.Header,
                Required = required,
                Description = description,
                Schema = schema,
                Example = example,
            };

        private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };

        private static JsonNode? Node(object? example) =>
            example is null ? null : JsonSerializer.SerializeToNode(example, example.GetType(), Json.Options);

        private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);
    }
}
