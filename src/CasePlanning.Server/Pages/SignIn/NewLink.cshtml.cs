using CasePlanning.Server.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.SignIn;

/// <summary>For whoever came in by an invitation and has no password. Whatever address is given, the answer is the same.</summary>
public sealed class NewLinkModel(IServiceProvider services) : SignInPage
{
    public bool IsAsked { get; private set; }

    public async Task<IActionResult> OnPost(string? email)
    {
        await services.GetRequiredService<InvitedPeople>().SendNewLink(email, HttpContext.RequestAborted);
        IsAsked = true;
        return Page();
    }
}
