using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>
/// What all pages for signing in share. Anybody may open them; each looks itself at how far somebody has come. Nothing of
/// them is kept.
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
        PageHeaders.Guard(Response, formsLeadAway: true);
    }

    protected IActionResult Again(string problem)
    {
        Problem = problem;
        return Page();
    }
}
