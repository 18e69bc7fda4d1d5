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
                License = new OpenApiLicense { Name = "All rights reserved", Identifier = "LicenseRef-All-Rights-Reserved" },
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
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/swagger"), branch =>
        {
            branch.Use((context, next) =>
            {
                context.Response.Headers.ContentSecurityPolicy = PagePolicy;
                context.Response.Headers.CacheControl = "no-cache";
                context.Response.OnStarting(() =>
                {
                    // Which version it is helps only those who look for a hole in it.
                    context.Response.Headers.Remove("x-swagger-ui-version");
                    return Task.CompletedTask;
                });
                return next(context);
            });
            branch.UseSwagger(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
            branch.UseSwaggerUI(options =>
            {
                options.DocumentTitle = "CasePlanning API";
                options.SwaggerEndpoint("/swagger/v1/swagger.json", "v1");
                options.EnableFilter();
                options.EnableDeepLinking();
            });
        });
    }

    /// <summary>The page runs its own script, and asks this host and nobody else.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Introduction = """
        One plan for a child, written by many agencies in parallel.

        **Ids** are UUIDs, **times** are UTC (`2026-10-14T15:30:00Z`), **dates** are `2026-10-14`. Members without a value are left out.

        **Lists** are `{items, next}`. When `next` is not null, send it as `cursor` to get the following page.

        **Creating** needs an `Idempotency-Key`: the same request with the same key creates nothing more and gives the first result.

        **Changing** what several people share needs `If-Match` with the `ETag` that you read. If somebody has changed it meanwhile,
        the answer is 412 and tells the current one. The answer to a change has the `ETag` of that change, also when it shows
        somebody's next one already; with it you are told so. Adding a view never needs any of this.

        **Limits** are told with every answer: `RateLimit-Policy` says how many requests may be sent in how many seconds, `RateLimit` how
        many are left. Too many are answered with 429 and `Retry-After`. Asking with `If-None-Match` costs a tenth while nothing changes.

        **Problems** are `application/problem+json`. Go by `code`, which is stable; `errors` names every fault at once;
        `type` leads to a page about it.
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
