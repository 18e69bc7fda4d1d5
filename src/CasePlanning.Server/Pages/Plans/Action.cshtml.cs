using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;
using CasePlanning.Server.Pages.Components;
using Microsoft.AspNetCore.Mvc;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One action: what came of it, its words and its day, and who takes it on next.</summary>
public sealed class ActionModel : PlanPage
{
    private const int MostPeople = 200;

    [BindProperty(SupportsGet = true)]
    public Guid ActionId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? How { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? WhereNext { get; set; }

    [BindProperty]
    public DateFields Due { get; set; } = new();

    [BindProperty]
    public ActionState? State { get; set; }

    [BindProperty]
    public string? Result { get; set; }

    /// <summary>Whom it is offered to.</summary>
    [BindProperty(Name = "to")]
    public Guid? Receiver { get; set; }

    [BindProperty]
    public string? KeepDoing { get; set; }

    [BindProperty]
    public Guid Handover { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ActionView It { get; private set; } = null!;

    /// <summary>Both sides, when somebody else changed it meanwhile.</summary>
    public Changed? Both { get; private set; }

    public bool IsMine => It.Holders.Any(h => h.ParticipantId == MyId);

    public bool IsOpen => It.State is ActionState.Open;

    /// <summary>The offer that waits for the reader.</summary>
    public HandoverView? OfferedToMe => It.Handovers.FirstOrDefault(h => h.IsWaiting() && h.To.ParticipantId == MyId);

    public bool MayHandOver => IsMine && IsOpen && May(Permission.Act) && !It.Handovers.Any(h => h.IsWaiting() && h.From.ParticipantId == MyId);

    /// <summary>Who could take it on.</summary>
    public IReadOnlyList<ParticipantView> Others { get; private set; } = [];

    private string? Here => To("Action", new { actionId = ActionId });

    public override async Task<IActionResult> OnGetAsync()
    {
        await Load();
        Fill();
        return Page();
    }

    public Task<IActionResult> OnPostFinishAsync()
    {
        if (State is null)
            ModelState.AddModelError("state", "Say what came of it.");
        if (State is ActionState.NotDone && string.IsNullOrWhiteSpace(Result))
            ModelState.AddModelError("result", "Say why it was not done.");
        var told = State switch
        {
            ActionState.Done => "Done. Everybody in the plan sees it.",
            ActionState.NotDone => "Kept that it was not done, and why.",
            _ => "Kept how it is coming along.",
        };
        return Change(new ActionChange(State: State ?? default, Result: FormWords.Said(Result)), told, $"{(State is { } s ? PlanWords.Of(s) : "")}\n{Result}");
    }

    public async Task<IActionResult> OnPostChangeAsync()
    {
        var due = Due.Read(ModelState, "due", "The day it is due");
        return await Change(
            new ActionChange(What!, FormWords.Said(How), FormWords.Said(Why), FormWords.Said(WhereNext), due), "The action is changed.",
            InWords(What, How, Why, WhereNext, due));
    }

    public Task<IActionResult> OnPostHandOverAsync()
    {
        if (Receiver is null)
            ModelState.AddModelError("to", "Choose who you offer it to.");
        return Do(new HandOverAction(ActionId, new NewHandover(Receiver ?? default, KeepDoing!)),
            "Offered. You hold it until they take it on.", _ => Here);
    }

    public Task<IActionResult> OnPostAcceptAsync() => Do(new AcceptHandover(ActionId, Handover), "You hold this action now.", _ => Here);

    public Task<IActionResult> OnPostHandBackAsync() =>
        Do(new HandBackHandover(ActionId, Handover, new HandoverReason(FormWords.Said(Reason))), "Handed back. They see why.", _ => Here);

    protected override async Task Load()
    {
        await base.Load();
        It = await Read(new ReadAction(ActionId));
        if (It.PlanId != Id)
            throw new NotVisible();
        if (MayHandOver)
            Others = [.. (await Read(new ListParticipants(Id, new PageOf(null, MostPeople)))).Items.Where(p => p.Current && !It.Holders.Any(h => h.ParticipantId == p.Id))];
    }

    protected override string WordsFor(InvalidMember member) => member.Pointer switch
    {
        "/what" when string.IsNullOrWhiteSpace(What) => "Write what is to be done.",
        "/keepDoing" when string.IsNullOrWhiteSpace(KeepDoing) => "Say what you go on doing for the child: nobody hands over a part of a child.",
        _ => member.Message,
    };

    private async Task<IActionResult> Change(ActionChange change, string told, string yours)
    {
        var answer = await Do(new ChangeAction(ActionId, Version, change), told, _ => Here);
        if (answer is not LocalRedirectResult && !change.What.IsGiven)
            FillWords();
        if (IsStale)
        {
            var now = change.What.IsGiven ? InWords(It.What, It.How, It.Why, It.WhereNext, It.Due) : $"{PlanWords.Of(It.State)}\n{It.Result}\n{InWords(It.What, It.How, It.Why, It.WhereNext, It.Due)}";
            Both = new Changed("This action", now, yours);
            Version = It.Version;
        }

        return answer;
    }

    private void Fill()
    {
        (Version, State, Result) = (It.Version, It.State, It.Result);
        FillWords();
    }

    private void FillWords() => (What, How, Why, WhereNext, Due) = (It.What, It.How, It.Why, It.WhereNext, new DateFields(It.Due));

    private string InWords(string? what, string? how, string? why, string? whereNext, DateOnly? due) =>
        FormWords.Four(what, how, why, whereNext) + (due is { } day ? $"\nBy: {Day(day)}" : "");
}
