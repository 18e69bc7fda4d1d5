using System.Net;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Net.Http.Headers;

namespace CasePlanning.Server.Api;

/// <summary>Puts the API into the host: what it needs, what every answer has, and where its routes are.</summary>
public static class ApiSetup
{
    public const string Root = "/api/v1";

    public static void AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddDataProtection();
        services.AddAuthorization();
        services.AddSingleton<Idempotency>();
        services.AddSingleton<IReadingForm, JsonReadings>();
        services.AddOpenApiDocument();
        // Otherwise a request that cannot be bound is an exception in Development and a bare status in Production.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.MostBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            // Whoever sends slower than the slowest telephone is holding a place rather than sending.
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 2 * 1024, gracePeriod: TimeSpan.FromSeconds(5));
        });
    }

    /// <summary>
    /// First in the pipeline: what every answer of this host has. A request id, headers that keep browsers careful, and a problem
    /// for every failure.
    /// </summary>
    public static void UseApi(this WebApplication app)
    {
        app.Use(NameAndGuard);
        app.UseStatusCodePages(Problems.OfStatus);
        app.UseMiddleware<Problems>();
        if (!app.Environment.IsDevelopment())
            app.Use(RefusePlainHttp);
        app.UseOpenApiDocument();
    }

    /// <summary>The routes. Whoever adds one must be signed in to call it unless it says otherwise.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.MapProblemPages();
        return app.MapGroup(Root)
            .RequireAuthorization()
            .AddEndpointFilter(RefuseOtherFormats)
            .AddEndpointFilter(QueryString.RefuseUnknown);
    }

    /// <summary>
    /// What was sent over the network in the clear is not looked at: it may hold a token, and whoever sent it should notice. On
    /// this machine itself (a health check, or a proxy that says it was asked over TLS) nothing travels.
    /// </summary>
    private static Task RefusePlainHttp(HttpContext context, RequestDelegate next) =>
        context.Request.IsHttps || context.Connection.RemoteIpAddress is not { } caller || IPAddress.IsLoopback(caller)
            ? next(context)
            : throw new RequestRefused(ProblemTypes.NotSecure);

    private static Task NameAndGuard(HttpContext context, RequestDelegate next)
    {
        context.TraceIdentifier = Ids.New(context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()).ToString();
        context.Response.OnStarting(() =>
        {
            AnswerHeaders.Add(context, context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment());
            return Task.CompletedTask;
        });
        return next(context);
    }

    private static readonly MediaTypeHeaderValue Written = new("application/json") { Charset = "utf-8" };

    private static ValueTask<object?> RefuseOtherFormats(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var accept = call.HttpContext.Request.GetTypedHeaders().Accept;
        var givesFile = call.HttpContext.GetEndpoint()!.Metadata.GetMetadata<GivesFile>() is not null;
        return givesFile || accept.Count == 0 || accept.Any(range => range.Quality != 0 && Written.IsSubsetOf(range))
            ? next(call)
            : throw new RequestRefused(ProblemTypes.NotAcceptable);
    }
}
