using CasePlanning.Server.Identity;
using CasePlanning.Server.Pages.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Invitation;

/// <summary>
/// Where an invitation's link leads. Looking at it changes and tells nothing, because mail programs look at links too; link and
/// code together sign somebody in.
/// </summary>
public sealed class AcceptModel(IServiceProvider services) : SignInPage
{
    private const string Wrong =
        "This did not work. The six digits are not right, or the link was used before, was taken back or is too old. "
        + "After five wrong tries it cannot be used any more. Ask whoever invited you for a new one.";

    public async Task<IActionResult> OnPost(string token, string? code)
    {
        var people = services.GetRequiredService<InvitedPeople>();
        if (await people.Accept(token, code, known: null, HttpContext.TraceIdentifier, HttpContext.RequestAborted) is not { } cameIn)
            return Again(Wrong);
        return LocalRedirect(await services.GetRequiredService<Identity.SignIn>().CameByInvitation(HttpContext, cameIn.PersonId, returnUrl: null));
    }
}
