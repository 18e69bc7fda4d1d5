using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages;

/// <summary>The button at the end of the navigation: signs out here. Works too when the sign-in has ended meanwhile.</summary>
[Authorize(Policy = PagesSetup.SignedIn), AllowAnonymous]
public sealed class SignOutModel : PageModel
{
    public IActionResult OnGet() => LocalRedirect(SignInAddresses.Out);

    public async Task<IActionResult> OnPostAsync()
    {
        await Identity.SignIn.SignOut(HttpContext);
        return LocalRedirect(SignInAddresses.SignedOut);
    }
}
