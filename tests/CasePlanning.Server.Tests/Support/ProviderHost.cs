using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace CasePlanning.Server.Tests.Support;

/// <summary>What is wrong with what a provider sends.</summary>
public enum ProviderFault
{
    None,
    WrongNonce,
    NoNonce,
    WrongAudience,
    WrongIssuer,
    Expired,
    AnotherKey,
    NoSignature,
    SignedWithTheSecret,
    NoSubject,
    SubjectTooLong,
    NoIdentityToken,
    TokenEndpointFails,
    TokenEndpointTalksNonsense,
    SaysNo,
}

/// <summary>
/// An agency's own OpenID Connect provider: a second, independent OpenIddict on a port of its own. It signs in whoever comes as
/// the person it is told, and has no idea of plans.
/// </summary>
public sealed class ProviderHost : IAsyncDisposable
{
    public const string ClientId = "caseplanning-at-the-agency";
    public const string ClientSecret = "a-secret-that-only-the-agency-knows-0123456789";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "agency" };
    private readonly RsaSecurityKey otherKey = new(RSA.Create(2048)) { KeyId = "agency" };
    private readonly int port;
    private WebApplication app = null!;

    private ProviderHost(int port) => this.port = port;

    public string Authority => $"http://127.0.0.1:{port}/";

    /// <summary>Who signs in there from now on.</summary>
    public string Subject { get; set; } = "S-1-5-21-1004";

    public string Email { get; set; } = "somebody@demo.example";

    public IReadOnlyList<string> Amr { get; set; } = ["pwd"];

    public string? Acr { get; set; }

    public DateTimeOffset? AuthTime { get; set; }

    public ProviderFault Fault { get; set; }

    /// <summary>What it was asked, parameter by parameter.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Requests { get; } = [];

    public static async Task<ProviderHost> Start()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var host = new ProviderHost(((IPEndPoint)free.LocalEndpoint).Port);
        free.Stop();
        await host.Run();
        return host;
    }

    /// <summary>The settings by which the product knows it.</summary>
    public IEnumerable<KeyValuePair<string, string>> SettingsAs(string name, string displayName) =>
    [
        new($"Identity:Providers:{name}:Authority", Authority),
        new($"Identity:Providers:{name}:ClientId", ClientId),
        new($"Identity:Providers:{name}:ClientSecret", ClientSecret),
        new($"Identity:Providers:{name}:DisplayName", displayName),
    ];

    public async Task Stop() => await app.DisposeAsync();

    public async Task Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Services.AddRouting();
        builder.Services.AddOpenIddict().AddServer(options =>
        {
            options.EnableDegradedMode();
            options.SetAuthorizationEndpointUris("authorize");
            options.SetTokenEndpointUris("token");
            options.AllowAuthorizationCodeFlow();
            options.AddEphemeralEncryptionKey();
            options.AddSigningKey(key);
            options.AddEventHandler<ValidateAuthorizationRequestContext>(h => h.UseInlineHandler(Ask));
            options.AddEventHandler<HandleAuthorizationRequestContext>(h => h.UseInlineHandler(SignIn));
            options.AddEventHandler<ValidateTokenRequestContext>(h => h.UseInlineHandler(KnowClient));
            options.AddEventHandler<GenerateTokenContext>(h => h.UseInlineHandler(Spoil).SetOrder(int.MaxValue - 1));
            options.AddEventHandler<ApplyTokenResponseContext>(h => h.UseInlineHandler(Withhold).SetOrder(int.MinValue));
            options.UseAspNetCore().DisableTransportSecurityRequirement();
        });
        app = builder.Build();
        app.Use((context, next) => Fault switch
        {
            ProviderFault.TokenEndpointFails when context.Request.Path == "/token" => Answer(context, 500, ""),
            ProviderFault.TokenEndpointTalksNonsense when context.Request.Path == "/token" => Answer(context, 200, "{\"id_token\": 7, <html>"),
            _ => next(context),
        });
        app.UseAuthentication();
        await app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Rsa.Dispose();
        otherKey.Rsa.Dispose();
    }

    private ValueTask Ask(ValidateAuthorizationRequestContext context)
    {
        Requests.Enqueue(context.Request.GetParameters().ToDictionary(p => p.Key, p => p.Value.ToString() ?? ""));
        if (context.ClientId != ClientId)
            context.Reject(Errors.InvalidClient, "Not known here.");
        return default;
    }

    private ValueTask SignIn(HandleAuthorizationRequestContext context)
    {
        if (Fault is ProviderFault.SaysNo)
        {
            context.Reject(Errors.AccessDenied, "Not today.");
            return default;
        }

        var identity = new ClaimsIdentity("agency", Claims.Subject, Claims.Role);
        identity.SetClaim(Claims.Subject, Fault is ProviderFault.SubjectTooLong ? new string('s', 300) : Subject);
        identity.SetClaim(Claims.Email, Email);
        identity.SetClaims(Claims.AuthenticationMethodReference, [.. Amr]);
        identity.SetClaim(Claims.AuthenticationContextReference, Acr);
        if (AuthTime is { } at)
            identity.SetClaim(Claims.AuthenticationTime, at.ToUnixTimeSeconds());
        identity.SetClaims("groups", ["CasePlanning administrators", "Everyone"]);
        identity.SetClaims(Claims.Role, ["administrator"]);
        identity.SetScopes(Scopes.OpenId);
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return default;
    }

    private static ValueTask KnowClient(ValidateTokenRequestContext context)
    {
        if (context.ClientId != ClientId || context.ClientSecret != ClientSecret)
            context.Reject(Errors.InvalidClient, "Who are you?");
        return default;
    }

    private ValueTask Spoil(GenerateTokenContext context)
    {
        if (context.TokenType != TokenTypeIdentifiers.IdentityToken || context.Token is null)
            return default;
        var token = new JsonWebToken(context.Token);
        var claims = token.Claims.GroupBy(c => c.Type).Where(g => g.Key is not ("iss" or "aud" or "exp" or "iat" or "nbf"))
            .ToDictionary(g => g.Key, g => g.Count() == 1 ? (object)g.Single().Value : g.Select(c => c.Value).ToArray());
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Fault is ProviderFault.WrongIssuer ? "https://elsewhere.demo.example/" : token.Issuer,
            Audience = Fault is ProviderFault.WrongAudience ? "another-client" : token.Audiences.Single(),
            IssuedAt = token.IssuedAt,
            NotBefore = Fault is ProviderFault.Expired ? token.ValidFrom.AddHours(-2) : null,
            Expires = Fault is ProviderFault.Expired ? token.ValidTo.AddHours(-2) : token.ValidTo,
            Claims = claims,
            SigningCredentials = Fault switch
            {
                ProviderFault.AnotherKey => new SigningCredentials(otherKey, SecurityAlgorithms.RsaSha256),
                ProviderFault.SignedWithTheSecret => new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(ClientSecret)), SecurityAlgorithms.HmacSha256),
                ProviderFault.NoSignature => null,
                _ => new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            },
        };
        foreach (var (claim, spoilt) in new[] { ("nonce", ProviderFault.NoNonce), ("sub", ProviderFault.NoSubject) })
        {
            if (Fault == spoilt)
                claims.Remove(claim);
        }

        if (Fault is ProviderFault.WrongNonce)
            claims["nonce"] = "a-nonce-of-another-time";
        if (claims.TryGetValue("auth_time", out var at))
            claims["auth_time"] = long.Parse((string)at, System.Globalization.CultureInfo.InvariantCulture);
        context.Token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
        return default;
    }

    private ValueTask Withhold(ApplyTokenResponseContext context)
    {
        if (Fault is ProviderFault.NoIdentityToken)
            context.Response.IdToken = null;
        return default;
    }

    private static Task Answer(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(text);
    }
}
