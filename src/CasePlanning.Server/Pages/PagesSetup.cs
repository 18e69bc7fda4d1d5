using System.Text.Encodings.Web;
using System.Text.Unicode;
using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.WebEncoders;

namespace CasePlanning.Server.Pages;

/// <summary>Puts the pages into the host.</summary>
internal static class PagesSetup
{
    /// <summary>Somebody who is signed in by the pages' own cookie; anybody else is sent to sign in, and comes back.</summary>
    public const string SignedIn = "signed in on pages";

    public static void AddPages(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorPages().AddMvcOptions(mvc =>
        {
            // Null and blank are refused by the use case, in its own words.
            mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            mvc.ModelBinderProviders.Insert(0, new LineBreaks());
            SayItInOurWords(mvc.ModelBindingMessageProvider);
        });
        services.AddAuthorizationBuilder().AddPolicy(SignedIn, new AuthorizationPolicyBuilder(SignInCookies.SignedIn).RequireAuthenticatedUser().Build());
        services.AddSingleton<IFailurePages, FailurePages>();
        // Watching the files of a build would put a route over all others, and a wrong method would be answered as an unknown address.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        services.AddCompression();
        // What must be encoded is; é and ’ need not be, and would only be longer.
        services.Configure<WebEncoderOptions>(encoding => encoding.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<CookieTempDataProviderOptions>(told =>
        {
            told.Cookie.Name = SignInCookies.NameOf("told", builder.Environment);
            told.Cookie.Path = "/";
            told.Cookie.SecurePolicy = SignInCookies.Secure(builder.Environment);
            told.Cookie.SameSite = SameSiteMode.Lax;
            told.Cookie.IsEssential = true;
        });
    }

    /// <summary>Pages, and what they are made of: compressed when it was published, and kept by browsers for good under a name that changes with it.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
    }

    /// <summary>The framework's sentences repeat what was sent.</summary>
    private static void SayItInOurWords(DefaultModelBindingMessageProvider messages)
    {
        const string Unusable = "This value cannot be used here.";
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => Unusable);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => Unusable);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => Unusable);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => Unusable);
        messages.SetUnknownValueIsInvalidAccessor(_ => Unusable);
        messages.SetValueIsInvalidAccessor(_ => Unusable);
        messages.SetValueMustBeANumberAccessor(_ => Unusable);
        messages.SetValueMustNotBeNullAccessor(_ => "This must not be empty.");
        messages.SetMissingBindRequiredValueAccessor(_ => "This must not be empty.");
        messages.SetMissingKeyOrValueAccessor(() => "This must not be empty.");
        messages.SetMissingRequestBodyRequiredValueAccessor(() => "This must not be empty.");
    }
}
