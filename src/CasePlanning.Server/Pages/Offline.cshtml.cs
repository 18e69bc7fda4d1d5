using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages;

/// <summary>
/// What browsers keep for when there is no connection: it tells of nobody, and is the same for everybody. Whatever is on the device
/// itself its script shows.
/// </summary>
[AllowAnonymous]
public sealed class OfflineModel : PageModel
{
    public void OnGet() => PageHeaders.Guard(Response);
}
