using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>Sends somebody to their agency's provider. It shows nothing: whoever comes back arrives elsewhere.</summary>
public sealed class WithModel(IServiceProvider services) : SignInPage
{
    public async Task<IActionResult> OnGet(string provider)
    {
        if (services.GetRequiredService<AgencyProviders>().Find(provider) is not { } known)
            return NotFound();
        var properties = new AuthenticationProperties { RedirectUri = ReturnUrl ?? SignInAddresses.Done };
        // Whoever is signed in and comes here is to show again who they are.
        if (await Identity.SignIn.Who(HttpContext) is not null)
            properties.SetParameter(OpenIdConnectParameterNames.Prompt, OpenIdConnectPrompt.Login);
        try
        {
            await HttpContext.ChallengeAsync(known.Scheme, properties);
            return new EmptyResult();
        }
        catch (Exception away) when (away is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException)
        {
            // What the provider says of itself could not be read.
            ProviderSetup.Tell(HttpContext, known, away);
            return LocalRedirect(SignInAddresses.ProviderProblem);
        }
    }
}
