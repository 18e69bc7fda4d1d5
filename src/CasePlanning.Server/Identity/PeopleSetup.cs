using CasePlanning.Application.Accounts;
using CasePlanning.Application.Ports;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CasePlanning.Server.Identity;

/// <summary>What people need to sign in: accounts, cookies, the agencies' own providers, and the pages for it.</summary>
internal static class PeopleSetup
{
    private const int LeastCharacters = 12;

    /// <summary>What OWASP asks of PBKDF2 with SHA-512.</summary>
    private const int HashIterations = 210_000;

    public static void AddPeople(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<Sessions>();
        services.AddScoped<SignIn>();
        services.AddScoped<LocalAccounts>();
        services.AddScoped<InvitedPeople>();
        services.AddSingleton<ISealing, Sealing>();

        // It puts the address of the request into its own lines and into everybody else's, and an invitation's holds its token.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Mvc.Infrastructure", LogLevel.Warning);

        services.AddIdentityCore<Account>(options =>
        {
            options.Password.RequiredLength = LeastCharacters;
            // Length and rarity make a password strong; rules about its characters make it forgotten.
            options.Password.RequireDigit = options.Password.RequireLowercase = options.Password.RequireUppercase =
                options.Password.RequireNonAlphanumeric = false;
        }).AddPasswordValidator<CommonPasswords>();
        services.RemoveUserValidator();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);

        builder.AddSignInCookies();
        builder.AddProviders();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, PageScript>(PageScript.SchemeName, configureOptions: null);
        services.AddScoped<SessionLife>();
        services.Configure<AntiforgeryOptions>(options =>
        {
            options.Cookie.Name = SignInCookies.NameOf("form", builder.Environment);
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = SignInCookies.Secure(builder.Environment);
            // It would allow our own pages to frame each other, where ours say that nobody may.
            options.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Identity's would ask for a user name that is nobody else's; an account has none, its person has an address.</summary>
    private static void RemoveUserValidator(this IServiceCollection services)
    {
        foreach (var validator in services.Where(s => s.ServiceType == typeof(IUserValidator<Account>)).ToList())
            services.Remove(validator);
    }

    private sealed class Sealing(IDataProtectionProvider protection) : ISealing
    {
        private readonly IDataProtector protector = protection.CreateProtector("CasePlanning.Sealing");

        public string Seal(string text) => protector.Protect(text);

        public string? Unseal(string sealedText)
        {
            try
            {
                return sealedText.Length == 0 ? null : protector.Unprotect(sealedText);
            }
            catch (System.Security.Cryptography.CryptographicException)
            {
                return null;
            }
        }
    }
}
