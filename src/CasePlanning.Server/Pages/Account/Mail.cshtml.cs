using CasePlanning.Application.KnowWho;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Server.Identity;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace CasePlanning.Server.Pages.Account;

/// <summary>Where every mail says how to get fewer.</summary>
[Authorize(AuthenticationSchemes = SignInCookies.SignedIn)]
public sealed class MailModel(IMediator mediator) : PageModel
{
    private static readonly HowOften[] Daily = [HowOften.Off, HowOften.Daily];
    private static readonly HowOften[] AtOnce = [HowOften.Off, HowOften.Daily, HowOften.Immediate];

    private MailChoiceView choice = new(HowOften.Off, HowOften.Off, HowOften.Off, HowOften.Off);

    [BindProperty(SupportsGet = true, Name = "saved")]
    public bool IsSaved { get; set; }

    public IEnumerable<(string Field, string Label, HowOften Chosen, HowOften[] Choices)> Fields =>
    [
        (nameof(choice.Digest), "What is new on your plans, and what is asked of you", choice.Digest, Daily),
        (nameof(choice.RecheckNeeded), "A view has put a decision in question", choice.RecheckNeeded, AtOnce),
        (nameof(choice.RestrictionChanged), "What is hidden from somebody was changed", choice.RestrictionChanged, AtOnce),
        (nameof(choice.ReplyOwed), "You were asked something, or an answer of yours is overdue", choice.ReplyOwed, AtOnce),
    ];

    public async Task OnGet()
    {
        Response.Headers.CacheControl = "no-cache, no-store";
        choice = await mediator.Send(new ReadMailChoice(), HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPost(HowOften digest, HowOften recheckNeeded, HowOften restrictionChanged, HowOften replyOwed)
    {
        if (!ModelState.IsValid)
            return BadRequest();
        await mediator.Send(new ChooseMail(new MailChoiceView(digest, recheckNeeded, restrictionChanged, replyOwed)), HttpContext.RequestAborted);
        return RedirectToPage(new { saved = true });
    }
}
