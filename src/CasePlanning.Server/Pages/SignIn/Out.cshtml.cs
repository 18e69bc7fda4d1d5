using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>Signs out here or, when a telephone was lost, everywhere.</summary>
public sealed class OutModel(IServiceProvider services) : SignInPage
{
    public async Task<IActionResult> OnPost(bool everywhere)
    {
        if (everywhere && Sessions.PersonOf(await Identity.SignIn.Who(HttpContext)) is { } person)
            await services.GetRequiredService<LocalAccounts>().SignOutEverywhere(person, HttpContext.RequestAborted);
        await Identity.SignIn.SignOut(HttpContext);
        return LocalRedirect(ReturnUrl ?? SignInAddresses.SignedOut);
    }
}
