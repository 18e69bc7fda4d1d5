using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>Where somebody arrives who came from nowhere else, and looks after how they sign in.</summary>
public sealed class DoneModel(IServiceProvider services) : SignInPage
{
    public bool HasPassword { get; private set; }

    public bool HasSecondFactor { get; private set; }

    public async Task<IActionResult> OnGet()
    {
        if (Sessions.PersonOf(await Identity.SignIn.Who(HttpContext)) is not { } person)
            return LocalRedirect(SignInAddresses.Start);
        var accounts = services.GetRequiredService<LocalAccounts>();
        HasPassword = await accounts.HasPassword(person, HttpContext.RequestAborted);
        HasSecondFactor = await accounts.HasSecondFactor(person, HttpContext.RequestAborted);
        return Page();
    }
}
