namespace CasePlanning.Server.Api;

/// <summary>
/// What every answer of this host says to browsers. Whoever answers may say more than this, as pages do; what they say stands.
/// </summary>
internal static class AnswerHeaders
{
    /// <summary>Nothing in an answer is to be run, loaded, framed or sent anywhere.</summary>
    private const string NothingRuns = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string NoDevices =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), "
        + "magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(self), usb=(), xr-spatial-tracking=()";

    /// <summary>Two years, as browsers ask of whoever wants to be in their own lists.</summary>
    private const string OnlyTls = "max-age=63072000; includeSubDomains";

    public static void Add(HttpContext context, bool isDevelopment)
    {
        var headers = context.Response.Headers;
        headers["X-Request-Id"] = context.TraceIdentifier;
        Default(headers, "Content-Security-Policy", NothingRuns);
        Default(headers, "X-Content-Type-Options", "nosniff");
        Default(headers, "X-Frame-Options", "DENY");
        Default(headers, "Referrer-Policy", "no-referrer");
        Default(headers, "Cross-Origin-Opener-Policy", "same-origin");
        Default(headers, "Cross-Origin-Resource-Policy", "same-origin");
        Default(headers, "Permissions-Policy", NoDevices);
        Default(headers, "Cache-Control", "no-store");
        // Over plain HTTP it would mean nothing, and in Development it would outlive the day.
        if (context.Request.IsHttps && !isDevelopment)
            Default(headers, "Strict-Transport-Security", OnlyTls);
    }

    private static void Default(IHeaderDictionary headers, string name, string value)
    {
        if (headers[name].Count == 0)
            headers[name] = value;
    }
}
