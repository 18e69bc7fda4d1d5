using CasePlanning.Application.Pipeline;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CasePlanning.Server.Identity;

/// <summary>
/// The two cookies of people who sign in. Pages accept the first; the API accepts neither, but for the few operations that the
/// script of our pages may call (<see cref="PageScript"/>). Their names begin with <c>__Host-</c>, so that no neighbouring host can
/// plant one; over plain HTTP, which is allowed in Development alone, browsers would refuse that name.
/// </summary>
internal static class SignInCookies
{
    /// <summary>Somebody who is signed in: what they are asked for was given in full.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>Somebody on the way: the second factor is missing, or nobody here is known by their agency's account.</summary>
    public const string OnTheWay = "on-the-way";

    public static readonly TimeSpan Session = TimeSpan.FromHours(8);
    private static readonly TimeSpan Way = TimeSpan.FromMinutes(15);

    public static string NameOf(string cookie, IHostEnvironment environment) =>
        environment.IsDevelopment() ? $"caseplanning-{cookie}" : $"__Host-caseplanning-{cookie}";

    public static CookieSecurePolicy Secure(IHostEnvironment environment) =>
        environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;

    public static void AddSignInCookies(this WebApplicationBuilder builder) => builder.Services.AddAuthentication()
        .AddCookie(SignedIn, options =>
        {
            Guard(options, SignedIn, Session, builder.Environment);
            options.Events.OnValidatePrincipal = async check =>
            {
                var sessions = check.HttpContext.RequestServices.GetRequiredService<Sessions>();
                if (!await sessions.StillStands(check.Principal!, check.HttpContext.RequestAborted))
                    check.RejectPrincipal();
            };
            // What somebody has written is not lost on the way to signing in: their page is shown again with it.
            var toSignIn = options.Events.OnRedirectToLogin;
            options.Events.OnRedirectToLogin = signIn => signIn.Request.HasFormContentType ? throw new NotSignedIn() : toSignIn(signIn);
        })
        .AddCookie(OnTheWay, options => Guard(options, OnTheWay, Way, builder.Environment));

    private static void Guard(CookieAuthenticationOptions options, string cookie, TimeSpan life, IHostEnvironment environment)
    {
        options.Cookie.Name = NameOf(cookie, environment);
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = Secure(environment);
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = life;
        options.SlidingExpiration = false;
        options.LoginPath = SignInAddresses.Start;
        options.AccessDeniedPath = SignInAddresses.NoAccess;
        options.ReturnUrlParameter = SignInAddresses.ReturnUrl;
    }
}
