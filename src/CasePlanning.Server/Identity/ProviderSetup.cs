using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Sign-in through the agencies' own providers: code, PKCE, state and nonce. Of all that a provider says, only who (issuer and
/// subject), when and by what means is read; groups and roles are not asked for, and would grant nothing.
/// </summary>
internal static class ProviderSetup
{
    private const string Section = "Identity:Providers";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddProviders(this WebApplicationBuilder builder)
    {
        var providers = new AgencyProviders(builder.Configuration.GetSection(Section).GetChildren().Select(s => AgencyProvider.Of(s, builder.Environment)));
        builder.Services.AddSingleton(providers);
        builder.Services.AddScoped<Arrivals>();
        // At its own level it writes down what providers send.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None);
        foreach (var provider in providers.All)
            builder.Services.AddAuthentication().AddOpenIdConnect(provider.Scheme, options => Configure(options, provider, builder.Environment));
    }

    private static void Configure(OpenIdConnectOptions options, AgencyProvider provider, IHostEnvironment environment)
    {
        options.Authority = provider.Authority;
        options.ClientId = provider.ClientId;
        options.ClientSecret = provider.ClientSecret;
        options.RequireHttpsMetadata = !environment.IsDevelopment();
        options.BackchannelTimeout = Patience;
        options.SignInScheme = SignInCookies.OnTheWay;
        options.CallbackPath = provider.CallbackPath;
        // Who signs out there is not signed out here.
        options.RemoteSignOutPath = options.SignedOutCallbackPath = default;

        options.ResponseType = OpenIdConnectResponseType.Code;
        // Forms that come from another site would come without the cookies that go with them.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        options.Scope.Add(OpenIdConnectScope.OpenId);
        options.MaxAge = SignInCookies.Session;
        options.GetClaimsFromUserInfoEndpoint = false;
        options.SaveTokens = false;
        options.DisableTelemetry = true;
        options.MapInboundClaims = false;
        options.ClaimActions.Clear();
        options.TokenValidationParameters.ValidAlgorithms = Algorithms;

        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.Name = $"{SignInCookies.NameOf("provider", environment)}.";
            cookie.Path = "/";
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = SignInCookies.Secure(environment);
        }

        options.Events.OnTicketReceived = async ticket =>
        {
            var arrivals = ticket.HttpContext.RequestServices.GetRequiredService<Arrivals>();
            ticket.Response.Redirect(await arrivals.Arrive(ticket.HttpContext, provider, ticket.Principal!, ticket.ReturnUri));
            ticket.HandleResponse();
        };
        options.Events.OnRemoteFailure = failure =>
        {
            Tell(failure.HttpContext, provider, failure.Failure);
            failure.Response.Redirect(SignInAddresses.ProviderProblem);
            failure.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>Writes down what went wrong, never what was sent.</summary>
    public static void Tell(HttpContext http, AgencyProvider provider, Exception? failure)
    {
        var causes = string.Join(" ← ", Causes(failure).Select(f => f.GetType().Name));
        http.RequestServices.GetRequiredService<ILogger<AgencyProvider>>().LogWarning(
            "Signing in through {Provider} ended in {Failure}, request {RequestId}.", provider.Name, causes, http.TraceIdentifier);
    }

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }
}
