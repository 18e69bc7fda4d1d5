using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>Address and password. Whatever is wrong with them is answered in the same words.</summary>
public sealed class StartModel(IServiceProvider services) : SignInPage
{
    private const string Wrong =
        "The e-mail address or the password is wrong. After five wrong tries, signing in with an address pauses for 15 minutes.";

    /// <summary>The agencies' own providers, each with the address that leads to it.</summary>
    public IReadOnlyList<(string Name, string Address)> Providers =>
        [.. services.GetRequiredService<AgencyProviders>().All.Select(p => (p.DisplayName, SignInAddresses.ThroughProvider(p.Name, ReturnUrl)))];

    public async Task<IActionResult> OnPost(string? email, string? password, bool shared)
    {
        SharedComputer.Say(HttpContext, shared);
        var accounts = services.GetRequiredService<LocalAccounts>();
        if (await accounts.CheckPassword(email, password, HttpContext.RequestAborted) is not { } person)
            return Again(Wrong);
        return LocalRedirect(await services.GetRequiredService<Identity.SignIn>().FirstFactorGiven(HttpContext, person, ReturnUrl));
    }
}
