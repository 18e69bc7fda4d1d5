using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Plans;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>Who does what for the child and by when, and what everybody aims for, outcome by outcome.</summary>
public sealed class ActionsModel : PlanPage
{
    private const int Most = 200;

    public IReadOnlyList<ActionView> Actions { get; private set; } = [];

    public IReadOnlyList<TargetView> Targets { get; private set; } = [];

    /// <summary>Offered to the reader, who has not answered yet.</summary>
    public IEnumerable<(ActionView Action, HandoverView Offer)> Offered =>
        Actions.SelectMany(a => a.Handovers.Where(h => h.IsWaiting() && h.To.ParticipantId == MyId).Select(h => (a, h)));

    public IEnumerable<ActionView> OpenOn(string outcome) => Actions.Where(a => a.Outcome == outcome && a.State is ActionState.Open);

    public IEnumerable<TargetView> TargetsOn(string outcome) => Targets.Where(t => t.Outcome == outcome && t.State is TargetState.Open);

    public IEnumerable<ActionView> Finished => Actions.Where(a => a.State is not ActionState.Open);

    public IEnumerable<TargetView> Settled => Targets.Where(t => t.State is not TargetState.Open);

    public bool IsMine(ActionView action) => action.Holders.Any(h => h.ParticipantId == MyId);

    protected override async Task Load()
    {
        await base.Load();
        Actions = (await Read(new ListActions(Id, new PageOf(null, Most)))).Items;
        Targets = (await Read(new ListTargets(Id, new PageOf(null, Most)))).Items;
    }
}

internal static class Handovers
{
    public static bool IsWaiting(this HandoverView handover) => handover is { AcceptedAt: null, HandedBackAt: null };

    /// <summary>The child's and the family's words that nobody has replied to.</summary>
    public static IEnumerable<RewordingView> WithoutReply(this TargetView target) => target.Rewordings.Where(r => r.Reply is null);
}
