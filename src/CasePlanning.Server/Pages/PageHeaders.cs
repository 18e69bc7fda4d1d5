using System.Security.Cryptography;
using System.Text;

namespace CasePlanning.Server.Pages;

/// <summary>What every page's answer says to browsers: run and load nothing but ours, keep nothing.</summary>
internal static class PageHeaders
{
    /// <summary>The one line of script in the pages themselves: whether the rest will run must be known before anything is drawn.</summary>
    public const string FirstLine = "'noModule' in HTMLScriptElement.prototype&&document.body.classList.add('js-enabled','govuk-frontend-supported')";

    private static readonly string FirstLineHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(FirstLine)));

    private static readonly string Policy =
        $"default-src 'none'; script-src 'self' 'sha256-{FirstLineHash}'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>What runs apart from all pages asks this host and loads nothing.</summary>
    public static void GuardWorker(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <param name="formsLeadAway">A browser holds what a form leads to by redirects against the policy too: signing in may end at an app.</param>
    public static void Guard(HttpResponse response, bool formsLeadAway = false)
    {
        response.Headers.ContentSecurityPolicy = formsLeadAway ? Policy : $"{Policy}; form-action 'self'";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers.Pragma = "no-cache";
    }
}
