using CasePlanning.Application.KnowWho;
using CasePlanning.Domain.KnowWho;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Account;

/// <summary>Where every mail says how to get fewer.</summary>
public sealed class MailModel : PlanningPage
{
    private static readonly HowOften[] Daily = [HowOften.Off, HowOften.Daily];
    private static readonly HowOften[] AtOnce = [HowOften.Off, HowOften.Daily, HowOften.Immediate];

    private MailChoiceView choice = null!;

    public IEnumerable<(string Field, string Label, HowOften Chosen, HowOften[] Choices)> Fields =>
    [
        ("digest", "What is new on your plans, and what is asked of you", choice.Digest, Daily),
        ("recheckNeeded", "A view has put a decision in question", choice.RecheckNeeded, AtOnce),
        ("restrictionChanged", "Who can read something was changed", choice.RestrictionChanged, AtOnce),
        ("replyOwed", "You were asked something, or an answer of yours is overdue", choice.ReplyOwed, AtOnce),
    ];

    public Task<IActionResult> OnPostAsync(HowOften digest, HowOften recheckNeeded, HowOften restrictionChanged, HowOften replyOwed) => Do(
        new ChooseMail(new MailChoiceView(digest, recheckNeeded, restrictionChanged, replyOwed)), "Your choice is kept.", _ => Url.Page("/Account/Mail"));

    protected override async Task Load() => choice = await Read(new ReadMailChoice());
}
