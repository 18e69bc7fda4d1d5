using System.CodeDom.Compiler;
using CasePlanning.Server.Api;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>Who may call the addresses of the running host.</summary>
public sealed class EndpointTests : IAsyncDisposable
{
    /// <summary>Addresses that anybody may call. None of them knows anything about a child.</summary>
    private static readonly Dictionary<string, string> Open = new()
    {
        [""] = "says what this is, and takes whoever is signed in to their work",
        ["/.well-known/journal-key"] = "the public half of a key, by which anybody can check a signature",
        ["/development/be-somebody"] = "signs in as anybody of the demo; in no Release build, and in no other environment than Development",
        ["/health/live"] = "a load balancer asks, and learns only whether",
        ["/health/ready"] = "a load balancer asks, and learns only whether",
        ["/problems/{slug}"] = "explains a kind of problem, in the same words for everybody",
        ["invitation/{token}"] = "tells nothing, and lets in whoever has link and code",
        ["offline"] = "what browsers keep for when there is no connection, the same for everybody",
        ["sign-in"] = "whoever is to sign in has not yet",
        ["sign-in/done"] = "shows nothing but links, and to whoever is not signed in the way to do so",
        ["sign-in/new-link"] = "answers every address alike",
        ["sign-in/no-access"] = "tells somebody whom nobody knows here what to do",
        ["sign-in/out"] = "signs out whoever holds the cookie",
        ["sign-in/password"] = "looks itself at who is signed in, and since when",
        ["sign-in/provider-problem"] = "says that it did not work, and what to do",
        ["sign-in/second-factor"] = "for whoever holds the cookie of the first factor",
        ["sign-in/second-factor/set-up"] = "for whoever holds the cookie of the first factor, or is signed in",
        ["sign-in/signed-out"] = "says that it is done",
        ["sign-in/with/{provider}"] = "leads to an agency's own provider",
        ["sign-out"] = "signs out whoever holds the cookie",
    };

    private readonly PlanningHost host = new();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Every_address_asks_for_a_signed_in_caller_or_is_known_to_be_open()
    {
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            // Style and script: the same files for everybody. In Development the framework looks for other files too, for signed-in callers.
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && Address(e) is not "{**path:file}").ToList();
        var (open, closed) = (endpoints.Where(IsOpen).Select(Address), endpoints.Where(e => !IsOpen(e)).ToList());
        Assert.Equal(Open.Keys, open.Order(StringComparer.Ordinal));
        Assert.NotEmpty(closed);
        Found.Nothing(closed.Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null).Select(Address));

        // And whatever says nothing at all is closed.
        var fallback = await host.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        Assert.Contains(fallback!.Requirements, r => r is DenyAnonymousAuthorizationRequirement);
    }

    /// <summary>To add one is to let whoever is signed in on pages call it by their cookie, from a page of ours alone.</summary>
    [Fact]
    public void The_script_of_the_pages_may_call_these_and_nothing_else() => Assert.Equal(
        [
            "DELETE /api/v1/drafts/{id:guid}", "GET /api/v1/drafts", "GET /api/v1/drafts/key", "GET /api/v1/drafts/{id:guid}",
            "GET /api/v1/plans/{id:guid}/changes", "POST /api/v1/session/extend", "PUT /api/v1/drafts/{id:guid}",
        ],
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<OpenToPages>() is not null)
            .Select(e => $"{e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Single()} {Address(e)}").Order(StringComparer.Ordinal));

    /// <summary>A route for which it cannot be written is bound by what is compiled at each start, which takes as much longer.</summary>
    [Fact]
    public void What_binds_requests_to_routes_of_the_API_is_written_when_it_is_built()
    {
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => Address(e).StartsWith(ApiSetup.Root, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(routes);
        Found.Nothing(routes.Where(e => e.Metadata.GetMetadata<GeneratedCodeAttribute>() is null).Select(Address));
    }

    private static bool IsOpen(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static string Address(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!;
}
