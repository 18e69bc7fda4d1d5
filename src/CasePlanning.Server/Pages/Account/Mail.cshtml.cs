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

    /// <summary>The family neither decides nor hides anything: of those two they are sent nothing, and are not asked.</summary>
    public IEnumerable<(string Field, string Label, HowOften Chosen, HowOften[] Choices)> Fields
    {
        get
        {
            yield return ("digest", "What is new on your plans, and what is asked of you", choice.Digest, Daily);
            if (!IsForFamily)
            {
                yield return ("recheckNeeded", "A view has put a decision in question", choice.RecheckNeeded, AtOnce);
                yield return ("restrictionChanged", "Who can read something was changed", choice.RestrictionChanged, AtOnce);
            }

            yield return ("replyOwed", "You were asked something, or an answer of yours is overdue", choice.ReplyOwed, AtOnce);
        }
    }

    public async Task<IActionResult> OnPostAsync(HowOften digest, HowOften? recheckNeeded, HowOften? restrictionChanged, HowOften replyOwed)
    {
        await Load();
        var chosen = new MailChoiceView(digest, recheckNeeded ?? choice.RecheckNeeded, restrictionChanged ?? choice.RestrictionChanged, replyOwed);
        return await Do(new ChooseMail(chosen), "Your choice is kept.", _ => Url.Page("/Account/Mail"));
    }

    protected override async Task Load() => choice = await Read(new ReadMailChoice());
}
