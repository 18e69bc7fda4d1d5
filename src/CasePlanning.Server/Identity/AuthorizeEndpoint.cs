using System.Security.Claims;
using CasePlanning.Domain.Kernel;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CasePlanning.Server.Identity;

/// <summary>
/// <c>/connect/authorize</c> and what follows from it: a client sends somebody here; whoever is signed in, as freshly and by as
/// many factors as the client asks, goes back with a code. Nobody is asked for consent, because every client is registered by
/// whoever runs this host. OpenIddict checks client, redirect address and PKCE.
/// </summary>
internal static class AuthorizeEndpoint
{
    public const string Path = "connect/authorize";
    public const string LogoutPath = "connect/logout";

    private static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(1);

    public static void AddPeople(this OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris(Path);
        server.SetEndSessionEndpointUris(LogoutPath);
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.SetAuthorizationCodeLifetime(CodeLifetime);
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Clear();
            options.CodeChallengeMethods.Add(CodeChallengeMethods.Sha256);
        });
        server.AddEventHandler(Authorize.Descriptor);
        server.AddEventHandler(GrantCode.Descriptor);
        server.AddEventHandler(Logout.Descriptor);
    }

    public sealed class Authorize(TimeProvider time) : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
    {
        public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
            OpenIddictServerHandlerDescriptor.CreateBuilder<HandleAuthorizationRequestContext>().UseScopedHandler<Authorize>().Build();

        public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
        {
            var http = context.Transaction.GetHttpRequest()!.HttpContext;
            var (request, who) = (context.Request, await SignIn.Who(http));
            if (who is not null && !request.HasPromptValue(PromptValues.Login) && IsFresh(who, request))
            {
                if (Sessions.HasSecondFactor(who) || !request.HasAcrValue(Sessions.TwoFactors))
                {
                    var identity = Sessions.ForToken(who);
                    identity.SetScopes(request.GetScopes());
                    identity.SetResources(IdentitySetup.Audience);
                    context.SignIn(new ClaimsPrincipal(identity));
                    return;
                }
            }

            if (request.HasPromptValue(PromptValues.None))
            {
                context.Reject(Errors.LoginRequired, "Nobody is signed in as this request asks.");
                return;
            }

            // Asked for anew it comes back without the prompt, or nobody would ever arrive.
            var back = $"/{Path}{new QueryBuilder(request.GetParameters()
                .Where(p => p.Key is not Parameters.Prompt).Select(p => KeyValuePair.Create(p.Key, p.Value.ToString() ?? "")))}";
            var needsSecondFactor = who is not null && IsFresh(who, request) && !request.HasPromptValue(PromptValues.Login);
            http.Response.Redirect(SignInAddresses.With(needsSecondFactor ? SignInAddresses.SetUpSecondFactor : SignInAddresses.Start, back));
            context.HandleRequest();
        }

        private bool IsFresh(ClaimsPrincipal who, OpenIddictRequest request) =>
            request.MaxAge is not { } seconds
            || (Sessions.AuthenticatedAt(who) is { } at && ClockDrift.IsRecent(at, TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)), time.GetUtcNow()));
    }

    /// <summary>A code becomes a token only if the sign-in it came from still stands.</summary>
    public sealed class GrantCode(Sessions sessions) : IOpenIddictServerHandler<HandleTokenRequestContext>
    {
        public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
            OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>().UseScopedHandler<GrantCode>().Build();

        public async ValueTask HandleAsync(HandleTokenRequestContext context)
        {
            if (!context.Request.IsAuthorizationCodeGrantType())
                return;
            if (context.Principal is { } code && await sessions.StillStands(code, context.CancellationToken))
            {
                var identity = Sessions.ForToken(code);
                identity.SetScopes(code.GetScopes());
                identity.SetResources(IdentitySetup.Audience);
                context.SignIn(new ClaimsPrincipal(identity));
            }
            else
            {
                context.Reject(Errors.InvalidGrant, "The sign-in that this code came from has ended.");
            }
        }
    }

    /// <summary>A client that can name whom it signs out does so at once; otherwise the person is asked, or any page could do it.</summary>
    public sealed class Logout : IOpenIddictServerHandler<HandleEndSessionRequestContext>
    {
        public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
            OpenIddictServerHandlerDescriptor.CreateBuilder<HandleEndSessionRequestContext>().UseSingletonHandler<Logout>().Build();

        public async ValueTask HandleAsync(HandleEndSessionRequestContext context)
        {
            var http = context.Transaction.GetHttpRequest()!.HttpContext;
            var who = Sessions.PersonOf(await SignIn.Who(http));
            if (who is not null && who != Sessions.PersonOf(context.IdentityTokenHintPrincipal))
            {
                http.Response.Redirect(SignInAddresses.With(SignInAddresses.Out, $"/{LogoutPath}{http.Request.QueryString}"));
                context.HandleRequest();
                return;
            }

            await SignIn.SignOut(http);
            if (context.Request.PostLogoutRedirectUri is { Length: > 0 })
            {
                context.SignOut();
                return;
            }

            http.Response.Redirect(SignInAddresses.SignedOut);
            context.HandleRequest();
        }
    }

    /// <summary>Of all that is issued, only codes are kept in the database.</summary>
    public sealed class StoreCodesAlone : IOpenIddictServerHandler<GenerateTokenContext>
    {
        public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
            OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
                .UseSingletonHandler<StoreCodesAlone>()
                .SetOrder(int.MinValue + 100_000)
                .Build();

        public ValueTask HandleAsync(GenerateTokenContext context)
        {
            if (context.TokenType is not TokenTypeIdentifiers.Private.AuthorizationCode)
                context.CreateTokenEntry = context.PersistTokenPayload = context.IsReferenceToken = false;
            return ValueTask.CompletedTask;
        }
    }
}
