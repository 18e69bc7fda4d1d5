using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace CasePlanning.Server.Identity;

/// <summary>
/// Who is calling. This host is the issuer of the tokens that its API accepts, and accepts no other. Every route asks for a
/// token unless it says otherwise.
/// </summary>
internal static class IdentitySetup
{
    /// <summary>The audience of every access token: this API.</summary>
    public const string Audience = "caseplanning-api";

    private const string IssuerSetting = "Identity:Issuer";
    private const string DefaultIssuer = "http://localhost:5080/";

    /// <param name="dataDirectory">Where the keys are kept, in a folder of their own.</param>
    /// <exception cref="StartRefused">A key or a setting is missing or cannot be used.</exception>
    public static void AddIdentity(this WebApplicationBuilder builder, string dataDirectory)
    {
        var keys = KeyFiles.Of(builder.Configuration, builder.Environment, dataDirectory);

        // At its own level OpenIddict writes down what callers send.
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);

        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<ICaller, HttpCaller>();
        builder.Services.AddScoped<CallersAgency>();
        var allowances = Allowance.By(builder.Configuration);
        builder.Services.AddSingleton(_ => new RateLimits(allowances));
        builder.Services.AddSingleton<IJournalKey>(new JournalKey(keys));
        builder.Services.AddScoped<IClientCredentials, ClientCredentials>();
        builder.Services.AddScoped<IDeviceKeys>(services => new DeviceKeys(keys, services.GetRequiredService<Sessions>()));

        var protection = builder.Services.AddDataProtection().SetApplicationName("CasePlanning");
        builder.Services.AddOptions<KeyManagementOptions>().Configure(options => options.XmlRepository = keys);
        if (keys.KeptUnder is { } certificate)
            protection.ProtectKeysWithCertificate(certificate);
        else
            // Without one, which happens in Development alone, it would say so at each start.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);

        AddIssuer(builder, keys);
        AddBearer(builder);
        builder.AddPeople();

        builder.Services.AddSingleton<SoundTokens>();
        builder.Services.AddScoped<TokenStanding>();
        builder.Services.AddSingleton<IAuthenticationSchemeProvider, Schemes>();
        builder.Services.AddAuthentication(Bearer.SchemeName).AddScheme<AuthenticationSchemeOptions, Bearer>(Bearer.SchemeName, configureOptions: null);
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    public static void UseIdentity(this WebApplication app)
    {
        app.Use(CountedCallers.AtTheDoor);
        app.UseAuthentication();
        app.Use(CountedCallers.Inside);
        app.UseAuthorization();
        app.MapGet(JournalKey.Path, (IJournalKey key) => TypedResults.Text(key.PublicKey, "application/x-pem-file")).AllowAnonymous().ExcludeFromDescription();
    }

    private static void AddIssuer(WebApplicationBuilder builder, KeyFiles keys)
    {
        var issuer = IssuerOf(builder.Configuration[IssuerSetting], builder.Environment);
        // The addresses that the issuer gives out follow the host that it is asked for, so it must not be anybody's.
        if (!builder.Environment.IsDevelopment() && builder.Configuration["AllowedHosts"] is not { Length: > 0 })
            builder.Services.Configure<HostFilteringOptions>(options => options.AllowedHosts = [issuer.Host, "localhost", "127.0.0.1", "[::1]"]);

        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetIssuer(issuer);
            server.SetTokenEndpointUris(TokenEndpoint.Path);
            server.AllowClientCredentialsFlow();
            server.RegisterScopes([.. ClientScopes.All]);
            server.SetAccessTokenLifetime(TimeSpan.FromMinutes(10));

            // Access tokens are signed and not encrypted: they hold ids only, and a client may look at its own token.
            server.DisableAccessTokenEncryption();

            // No access token is written down: it is short-lived, and what its bearer may do is looked up on every request.
            // Codes are, because each works once.
            server.AddEventHandler(AuthorizeEndpoint.StoreCodesAlone.Descriptor);
            server.DisableAuthorizationStorage();

            server.AddEventHandler(TokenEndpoint.ReadForm.Descriptor);
            server.AddEventHandler(TokenEndpoint.GrantClientCredentials.Descriptor);
            server.AddEventHandler(UseAssertionOnce.Descriptor);
            server.AddPeople();

            var host = server.UseAspNetCore();
            if (builder.Environment.IsDevelopment())
                host.DisableTransportSecurityRequirement();
        });

        // Not above, because that runs before the host is built, and tools that only build the host must leave no keys behind.
        builder.Services.AddOptions<OpenIddictServerOptions>().Configure(options =>
        {
            options.SigningCredentials.Add(new SigningCredentials(keys.Signing(), SecurityAlgorithms.RsaSha256));
            options.EncryptionCredentials.Add(new EncryptingCredentials(
                keys.Encryption(), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
        }).ValidateOnStart();
    }

    private static Uri IssuerOf(string? setting, IHostEnvironment environment)
    {
        if (setting is not { Length: > 0 })
            setting = environment.IsDevelopment() ? DefaultIssuer : throw StartRefused.Setting(IssuerSetting, "is missing: it is the address that callers use");
        if (!Uri.TryCreate(setting, UriKind.Absolute, out var issuer) || (issuer.Scheme != Uri.UriSchemeHttps && issuer.Scheme != Uri.UriSchemeHttp))
            throw StartRefused.Setting(IssuerSetting, "must be an absolute address");
        if (issuer.Scheme != Uri.UriSchemeHttps && !environment.IsDevelopment())
            throw StartRefused.Setting(IssuerSetting, "must begin with https");
        return issuer;
    }

    private static void AddBearer(WebApplicationBuilder builder)
    {
        builder.Services.AddOpenIddict().AddValidation(validation =>
        {
            validation.UseLocalServer();
            validation.AddAudiences(Audience);
            validation.AddEventHandler(TokenStanding.Check.Descriptor);
            validation.Configure(options =>
            {
                options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.RsaSha256];

                // OpenIddict refuses what has expired; it would accept what never expires or is not valid yet.
                options.TokenValidationParameters.ValidateLifetime = true;
                options.TokenValidationParameters.LifetimeValidator = (notBefore, expires, _, _) =>
                    expires is not null && (notBefore is null || notBefore <= options.TimeProvider.GetUtcNow().UtcDateTime);
            });

            // A token in an address ends up in logs and histories.
            validation.UseAspNetCore()
                .DisableAccessTokenExtractionFromQueryString()
                .DisableAccessTokenExtractionFromBodyForm();
        });
    }
}
