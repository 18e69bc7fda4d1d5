using CasePlanning.Domain.Kernel;
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

    /// <summary>The provider from which somebody came whose account there is nobody's here; null when nobody did.</summary>
    public string? CameFrom { get; private set; }

    /// <summary>The agencies' own providers, each with the address that leads there and back.</summary>
    public IReadOnlyList<(string Name, string Address)> Providers =>
        [.. services.GetRequiredService<AgencyProviders>().All.Select(p => (p.DisplayName, SignInAddresses.ThroughProvider(p.Name, Request.Path)))];

    public async Task OnGet() => CameFrom = (await Arrivals.Unknown(HttpContext))?.Provider;

    public async Task<IActionResult> OnPost(string token, string? code, bool tie)
    {
        var unknown = await Arrivals.Unknown(HttpContext);
        CameFrom = unknown?.Provider;
        try
        {
            var cameIn = await services.GetRequiredService<InvitedPeople>()
                .Accept(token, code, tie ? unknown?.Account : null, HttpContext.TraceIdentifier, HttpContext.RequestAborted);
            if (cameIn is null)
                return Again(Wrong);
            // Straight to where they write what they were asked for.
            var next = cameIn.PlanId is { } id ? Url.Page("/Plans/YourView", new { id }) : null;
            return LocalRedirect(await services.GetRequiredService<Identity.SignIn>().CameByInvitation(HttpContext, cameIn.PersonId, next));
        }
        catch (BrokenRule broken)
        {
            return Again(broken.Message);
        }
    }
}
