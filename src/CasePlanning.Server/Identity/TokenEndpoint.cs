using System.Security.Claims;
using CasePlanning.Application.Pipeline;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreHandlers;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CasePlanning.Server.Identity;

/// <summary>
/// <c>POST /connect/token</c>: an integrator client shows its credentials and gets an access token. OpenIddict checks them; what
/// is ours is what the token says, and that no form, however broken, is more than a bad request. Errors are those of OAuth.
/// </summary>
internal static class TokenEndpoint
{
    public const string Path = "connect/token";

    /// <summary>
    /// The token of a client is about the client itself: nobody signed in. It carries what the client asked for, of what it is
    /// registered for; what it is registered for when it is used, is looked up then.
    /// </summary>
    public sealed class GrantClientCredentials(ClientAccess clients) : IOpenIddictServerHandler<HandleTokenRequestContext>
    {
        public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
            OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
                .UseScopedHandler<GrantClientCredentials>()
                .Build();

        public async ValueTask HandleAsync(HandleTokenRequestContext context)
        {
            if (!context.Request.IsClientCredentialsGrantType())
                return;
            if (await clients.Live(context.ClientId!, context.CancellationToken) is not { } client)
            {
                context.Reject(Errors.InvalidClient, "This client is not bound to an agency, or its binding has ended.");
                return;
            }

            var asked = context.Request.GetScopes();
            string[] granted = asked.IsEmpty ? [.. client.Scopes] : [.. client.Scopes.Intersect(asked)];
            if (granted.Length == 0 && !asked.IsEmpty)
            {
                context.Reject(Errors.InvalidScope, "This client is registered for none of these scopes.");
                return;
            }

            var identity = new ClaimsIdentity(authenticationType: "client");
            identity.SetClaim(Claims.Subject, context.ClientId);
            identity.SetScopes(granted);
            identity.SetResources(IdentitySetup.Audience);
            context.SignIn(new ClaimsPrincipal(identity));
        }
    }

    /// <summary>
    /// Reads the form before OpenIddict does, and within narrow limits: there, one that cannot be read would be a failure of ours.
    /// </summary>
    public sealed class ReadForm : IOpenIddictServerHandler<ExtractTokenRequestContext>
    {
        private const string FormType = "application/x-www-form-urlencoded";
        private const int LargestBody = 64 * 1024;

        private static readonly FormOptions Limits = new() { ValueCountLimit = 50, KeyLengthLimit = 200, ValueLengthLimit = LargestBody };

        public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
            OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractTokenRequestContext>()
                .AddFilter<OpenIddictServerAspNetCoreHandlerFilters.RequireHttpRequest>()
                .UseSingletonHandler<ReadForm>()
                .SetOrder(ExtractPostRequest<ExtractTokenRequestContext>.Descriptor.Order - 500)
                .Build();

        public async ValueTask HandleAsync(ExtractTokenRequestContext context)
        {
            var request = context.Transaction.GetHttpRequest()!;
            if (!HttpMethods.IsPost(request.Method))
                return;

            if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                || !type.MediaType.Equals(FormType, StringComparison.OrdinalIgnoreCase))
            {
                context.Reject(Errors.InvalidRequest, $"The body must be {FormType}.");
                return;
            }

            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
                size.MaxRequestBodySize = LargestBody;

            try
            {
                await request.ReadFormAsync(Limits, context.CancellationToken);
            }
            catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or NotSupportedException)
            {
                context.Reject(Errors.InvalidRequest, "The body cannot be read.");
            }
        }
    }
}
