using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One target: how it is coming along, the family's own words for it and the reply they are owed.</summary>
public sealed class TargetModel : PlanPage
{
    [BindProperty(SupportsGet = true, Name = "target")]
    public Guid TargetId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? Measure { get; set; }

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? WhereNext { get; set; }

    [BindProperty]
    public DateFields Due { get; set; } = new();

    [BindProperty]
    public TargetState? State { get; set; }

    [BindProperty]
    public string? Words { get; set; }

    [BindProperty]
    public DateFields On { get; set; } = new();

    [BindProperty]
    public string? OwnWords { get; set; }

    [BindProperty]
    public Guid Rewording { get; set; }

    [BindProperty]
    public string? Reply { get; set; }

    public TargetView It { get; private set; } = null!;

    /// <summary>Both sides, when somebody else changed it meanwhile.</summary>
    public Changed? Both { get; private set; }

    private string? Here => To("Target", new { target = TargetId });

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Fill();
        return Page();
    }

    public async Task<IActionResult> OnPostNoteAsync()
    {
        if (string.IsNullOrWhiteSpace(Words))
            ModelState.AddModelError("words", "Write how it is coming along.");
        var on = On.Read(ModelState, "on", "The day");
        return await Filled(await Do(new NoteProgress(TargetId, new NewProgressNote(Words?.Trim() ?? "", on)), "Your note is on the target.", _ => Here));
    }

    public async Task<IActionResult> OnPostRewordAsync()
    {
        if (string.IsNullOrWhiteSpace(OwnWords))
            ModelState.AddModelError("ownWords", "Write it in your own words.");
        return await Filled(await Do(
            new RewordTarget(TargetId, new NewRewording(OwnWords?.Trim() ?? "")), "The target has your words now. Somebody replies to you.", _ => Here));
    }

    public async Task<IActionResult> OnPostReplyAsync()
    {
        if (string.IsNullOrWhiteSpace(Reply))
            ModelState.AddModelError("reply", "Write your reply.");
        return await Filled(await Do(new ReplyToRewording(TargetId, Rewording, new NewReply(Reply?.Trim() ?? "")), "Your reply is on the target.", _ => Here));
    }

    public async Task<IActionResult> OnPostChangeAsync()
    {
        var due = Due.Read(ModelState, "due", "The day");
        var change = new TargetChange(
            What!, FormWords.Said(How), FormWords.Said(Why), FormWords.Said(WhereNext), Measure!, due, State ?? TargetState.Open);
        var answer = await Do(new ChangeTarget(TargetId, Version, change), "The target is changed.", _ => Here);
        if (IsStale)
        {
            Both = new Changed("This target", InWords(It.What, It.Measure, It.How, It.Why, It.WhereNext, It.Due, It.State),
                InWords(What, Measure, How, Why, WhereNext, due, State ?? TargetState.Open));
            Version = It.Version;
        }

        return answer;
    }

    protected override async Task Load()
    {
        await base.Load();
        It = await Read(new ReadTarget(TargetId));
        if (It.PlanId != Id)
            throw new NotVisible();
    }

    protected override string FieldOf(string pointer) => Request.Query["handler"].ToString() switch
    {
        "Reword" when pointer is "/words" => "ownWords",
        "Reply" when pointer is "/words" => "reply",
        _ => base.FieldOf(pointer),
    };

    protected override string WordsFor(InvalidMember member) => TargetWords.For(member, What, Measure);

    /// <summary>The other forms of the page hold what is there.</summary>
    private Task<IActionResult> Filled(IActionResult answer)
    {
        if (answer is not LocalRedirectResult)
            Fill();
        return Task.FromResult(answer);
    }

    private void Fill() => (Version, What, Measure, How, Why, WhereNext, Due, State) =
        (It.Version, It.What, It.Measure, It.How, It.Why, It.WhereNext, new DateFields(It.Due), It.State);

    private string InWords(string? what, string? measure, string? how, string? why, string? whereNext, DateOnly? due, TargetState state) =>
        $"{FormWords.Four(what, how, why, whereNext)}\nWe will see it by: {measure}{(due is { } day ? $"\nBy: {Day(day)}" : "")}\n{PlanWords.Of(state)}";
}
