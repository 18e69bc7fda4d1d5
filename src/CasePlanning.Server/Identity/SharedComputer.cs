namespace CasePlanning.Server.Identity;

/// <summary>
/// Whether others use the computer too, as whoever signs in says. It is the computer's, so it is kept there, and asked again at each
/// sign-in; on such a one no words are kept beside those on the server.
/// </summary>
internal static class SharedComputer
{
    /// <summary>The name of the box that says so.</summary>
    public const string Field = "shared";

    private static readonly TimeSpan Lasts = TimeSpan.FromDays(400);

    public static bool Is(HttpContext http) => http.Request.Cookies.ContainsKey(NameFor(http));

    public static void Say(HttpContext http, bool isShared)
    {
        var environment = http.RequestServices.GetRequiredService<IHostEnvironment>();
        var options = new CookieOptions
        {
            Path = "/",
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = SignInCookies.Secure(environment) is CookieSecurePolicy.Always,
            IsEssential = true,
            // Left on one that is taken away, it would keep it.
            MaxAge = isShared ? Lasts : null,
        };
        if (isShared)
            http.Response.Cookies.Append(NameFor(http), "yes", options);
        else if (Is(http))
            http.Response.Cookies.Delete(NameFor(http), options);
    }

    private static string NameFor(HttpContext http) => SignInCookies.NameOf("shared-computer", http.RequestServices.GetRequiredService<IHostEnvironment>());
}
