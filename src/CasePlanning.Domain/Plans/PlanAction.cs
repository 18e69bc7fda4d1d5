using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Domain.Plans;

public enum ActionState
{
    Open,
    Done,
    NotDone,
}

/// <summary>
/// What somebody does for the child, why, and by when. Held by one or more participants of one or more agencies, and never by
/// nobody. (Called PlanAction because <c>System.Action</c> is everywhere; on screens and in the API it is an action.)
/// </summary>
public sealed class PlanAction : IVersioned
{
    public const int MostHolders = 20;
    public const int ReasonLength = 2_000;

    private PlanAction()
    {
    }

    public PlanAction(
        Guid planId, string outcome, FourFields fields, DateOnly? due, IEnumerable<Guid> holders, Guid? decisionId, Guid by,
        DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = planId;
        Outcome = outcome;
        DecisionId = decisionId;
        AgreedById = by;
        AgreedAt = now;
        ChangedAt = now;
        Due = due;
        (What, How, Why, WhereNext) = fields;
        Holders = [.. holders.Distinct().Select(h => new ActionHolder(Id, PlanId, h, now))];
        if (Holders.Count == 0)
            throw ActionRules.NeedsHolder.Broken();
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public string Outcome { get; private set; } = "";

    public Guid? DecisionId { get; private set; }

    public string What { get; private set; } = "";

    public string? How { get; private set; }

    public string? Why { get; private set; }

    public string? WhereNext { get; private set; }

    public DateOnly? Due { get; private set; }

    public ActionState State { get; private set; }

    /// <summary>What came of it; why not, when it was not done.</summary>
    public string? Result { get; private set; }

    public Guid AgreedById { get; private set; }

    public DateTimeOffset AgreedAt { get; private set; }

    public DateTimeOffset ChangedAt { get; private set; }

    public int Version { get; private set; } = 1;

    public List<ActionHolder> Holders { get; private set; } = [];

    public List<Handover> Handovers { get; private set; } = [];

    public IEnumerable<Guid> HeldBy => Holders.Where(h => h.Until is null).Select(h => h.ParticipantId);

    /// <summary>
    /// Who holds it now: the holders who still take part or, when the time of all of them has run out, the lead professional. An
    /// end that was set beforehand must not leave an action with nobody.
    /// </summary>
    public IReadOnlyList<Guid> HeldNowBy(Func<Guid, bool> takesPart, Guid lead) =>
        HeldBy.Where(takesPart).ToList() is { Count: > 0 } current ? current : State is ActionState.Open ? [lead] : [.. HeldBy];

    public void Change(FourFields fields, DateOnly? due, DateTimeOffset now)
    {
        (What, How, Why, WhereNext) = fields;
        Due = due;
        ChangedAt = now;
    }

    public void Finish(ActionState state, string? result, DateTimeOffset now)
    {
        if (state is ActionState.NotDone && string.IsNullOrWhiteSpace(result))
            throw ActionRules.SayWhyNotDone.Broken();
        State = state;
        Result = result;
        ChangedAt = now;
    }

    /// <summary>Offers the action to somebody else, who accepts or hands back; until then its sender holds it too.</summary>
    /// <param name="keepDoing">What the sender's side goes on doing for the child: nobody passes on a bit of a child.</param>
    public Handover HandOver(Guid from, Guid to, string keepDoing, DateTimeOffset now)
    {
        if (State is not ActionState.Open)
            throw ActionRules.IsFinished.Broken();
        if (!HeldBy.Contains(from))
            throw ActionRules.OnlyHolderHandsOver.Broken();
        if (HeldBy.Contains(to))
            throw ActionRules.AlreadyHolds.Broken();
        if (Handovers.Any(h => h.From == from && h.IsWaiting))
            throw ActionRules.HandoverWaits.Broken();
        var handover = new Handover(this, from, to, keepDoing, now);
        Handovers.Add(handover);
        ChangedAt = now;
        return handover;
    }

    public void Accept(Guid handoverId, Guid by, DateTimeOffset now)
    {
        var handover = Waiting(handoverId, by);
        handover.Accept(now);
        Hold(handover.To, now);
        LetGo(handover.From, now);
        ChangedAt = now;
    }

    public void HandBack(Guid handoverId, Guid by, string? reason, DateTimeOffset now)
    {
        Waiting(handoverId, by).HandBack(reason, now);
        ChangedAt = now;
    }

    /// <summary>
    /// Somebody leaves: whoever covers for them holds it from now on, and takes on what they were offered. What the cover had
    /// offered them goes back to the cover, who has held it all along: nobody hands over to themselves. What they had offered to
    /// somebody else is the cover's offer from now on.
    /// </summary>
    public void CoverFor(Guid leaving, Guid cover, DateTimeOffset now)
    {
        if (cover == leaving)
            throw PlanRules.CoverMustTakePart.Broken();
        foreach (var waiting in Handovers.Where(h => h.IsWaiting && h.To == leaving))
        {
            if (waiting.From == cover)
                waiting.HandBack(reason: null, now);
            else
                waiting.Redirect(cover);
            ChangedAt = now;
        }

        foreach (var waiting in Handovers.Where(h => h.IsWaiting && h.From == leaving))
        {
            // Who was offered it and now covers for the sender has it: there is nothing left to answer.
            if (waiting.To == cover)
            {
                waiting.Accept(now);
                Hold(cover, now);
            }
            else
            {
                waiting.TakeOver(cover);
            }

            ChangedAt = now;
        }

        if (!HeldBy.Contains(leaving))
            return;
        Hold(cover, now);
        LetGo(leaving, now);
        ChangedAt = now;
    }

    private Handover Waiting(Guid handoverId, Guid by)
    {
        var handover = Handovers.SingleOrDefault(h => h.Id == handoverId && h.To == by)
            ?? throw ActionRules.OnlyReceiverAnswers.Broken();
        return handover.IsWaiting ? handover : throw ActionRules.HandoverAnswered.Broken();
    }

    private void Hold(Guid participantId, DateTimeOffset now)
    {
        if (!HeldBy.Contains(participantId))
            Holders.Add(new ActionHolder(Id, PlanId, participantId, now));
    }

    /// <summary>Private, and called only after somebody else holds it.</summary>
    private void LetGo(Guid participantId, DateTimeOffset now)
    {
        foreach (var holder in Holders.Where(h => h.ParticipantId == participantId && h.Until is null))
            holder.LetGo(now);
        if (!HeldBy.Any())
            throw ActionRules.NeedsHolder.Broken();
    }
}

/// <summary>One participant's time of holding an action.</summary>
public sealed class ActionHolder
{
    private ActionHolder()
    {
    }

    internal ActionHolder(Guid actionId, Guid planId, Guid participantId, DateTimeOffset now)
    {
        Id = Ids.New(now);
        ActionId = actionId;
        PlanId = planId;
        ParticipantId = participantId;
        Since = now;
    }

    public Guid Id { get; private set; }

    public Guid ActionId { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ParticipantId { get; private set; }

    public DateTimeOffset Since { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    internal void LetGo(DateTimeOffset now) => Until = now;
}

/// <summary>An action offered to somebody else, with what its sender keeps doing.</summary>
public sealed class Handover
{
    public const int KeepDoingLength = 2_000;
    public const int ReasonLength = 2_000;

    private Handover()
    {
    }

    internal Handover(PlanAction action, Guid from, Guid to, string keepDoing, DateTimeOffset now)
    {
        Id = Ids.New(now);
        ActionId = action.Id;
        PlanId = action.PlanId;
        From = from;
        To = to;
        KeepDoing = keepDoing;
        OfferedAt = now;
    }

    public Guid Id { get; private set; }

    public Guid ActionId { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid From { get; private set; }

    public Guid To { get; private set; }

    public string KeepDoing { get; private set; } = "";

    public DateTimeOffset OfferedAt { get; private set; }

    public DateTimeOffset? AcceptedAt { get; private set; }

    public DateTimeOffset? HandedBackAt { get; private set; }

    public string? HandedBackWhy { get; private set; }

    public bool IsWaiting => AcceptedAt is null && HandedBackAt is null;

    internal void Accept(DateTimeOffset now) => AcceptedAt = now;

    internal void HandBack(string? reason, DateTimeOffset now) => (HandedBackAt, HandedBackWhy) = (now, reason);

    internal void Redirect(Guid to) => To = to;

    internal void TakeOver(Guid from) => From = from;
}
