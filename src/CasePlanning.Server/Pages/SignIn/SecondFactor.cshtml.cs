using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>The second factor of somebody who gave the first.</summary>
public sealed class SecondFactorModel(IServiceProvider services, TimeProvider time) : SignInPage
{
    private const string Wrong =
        "This code is not right, or was used before. Wait for the next one. After five wrong tries, signing in pauses for 15 minutes.";

    private readonly Identity.SignIn signIn = services.GetRequiredService<Identity.SignIn>();

    public async Task<IActionResult> OnGet() =>
        await signIn.WhoIsOnTheWay(HttpContext) is null ? LocalRedirect(SignInAddresses.With(SignInAddresses.Start, ReturnUrl)) : Page();

    public async Task<IActionResult> OnPost(string? code)
    {
        if (await signIn.WhoIsOnTheWay(HttpContext) is not { } person)
            return LocalRedirect(SignInAddresses.With(SignInAddresses.Start, ReturnUrl));
        if (!await services.GetRequiredService<LocalAccounts>().CheckSecondFactor(person, code, HttpContext.RequestAborted))
            return Again(Wrong);
        return LocalRedirect(await signIn.SignedIn(HttpContext, new Proof(person, time.GetUtcNow(), SecondFactor: true), ReturnUrl));
    }
}
