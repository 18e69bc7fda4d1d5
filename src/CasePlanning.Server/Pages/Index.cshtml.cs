using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages;

/// <summary>The way in: says what this is to somebody who is not signed in, and takes everybody else to their work.</summary>
[AllowAnonymous]
public sealed class IndexModel : PageModel
{
    public string WayIn => SignInAddresses.With(SignInAddresses.Start, Url.Page("/MyWork"));

    public async Task<IActionResult> OnGetAsync()
    {
        PageHeaders.Guard(Response);
        return await Identity.SignIn.Who(HttpContext) is null ? Page() : RedirectToPage("/MyWork");
    }
}
