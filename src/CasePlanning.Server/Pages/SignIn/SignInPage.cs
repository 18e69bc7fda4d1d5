using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>
/// What all pages for signing in share. Anybody may open them; each looks itself at how far somebody has come. They run no
/// script and load nothing, and nothing of them is kept.
/// </summary>
[AllowAnonymous]
public abstract class SignInPage : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>What went wrong, said in full at the top of the page.</summary>
    public string? Problem { get; protected set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        ReturnUrl = SignInAddresses.OnlyOurs(ReturnUrl);
        Response.Headers.CacheControl = "no-cache, no-store";
        Response.Headers.Pragma = "no-cache";
        Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; base-uri 'none'; frame-ancestors 'none'";
    }

    protected IActionResult Again(string problem)
    {
        Problem = problem;
        return Page();
    }
}
