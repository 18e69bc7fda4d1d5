using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Plans;

/// <summary>The rules of actions and their handovers.</summary>
public static class ActionRules
{
    public static readonly NamedRule NeedsHolder = new("action.needs-holder",
        "An action always has somebody who holds it.");

    public static readonly NamedRule IsFinished = new("action.is-finished",
        "The action is finished.");

    public static readonly NamedRule SayWhyNotDone = new("action.say-why-not-done",
        "Say why it was not done.");

    public static readonly NamedRule OnlyHolderHandsOver = new("action.only-holder-hands-over",
        "Only somebody who holds the action can hand it over.");

    public static readonly NamedRule AlreadyHolds = new("action.already-holds",
        "This participant already holds the action.");

    public static readonly NamedRule HandoverWaits = new("action.handover-waits",
        "You have already offered this action to somebody. Wait until they accept it or hand it back.");

    public static readonly NamedRule OnlyReceiverAnswers = new("handover.only-receiver-answers",
        "Only the participant it was offered to can accept it or hand it back.");

    public static readonly NamedRule HandoverAnswered = new("handover.answered",
        "This handover has already been answered.");
}

/// <summary>The rules of targets.</summary>
public static class TargetRules
{
    public static readonly NamedRule FamilyRewords = new("target.family-rewords",
        "Only the child or their family rewords a target. Everybody else changes it with the team.");

    public static readonly NamedRule AlreadyReplied = new("target.already-replied",
        "This rewording already has a reply.");
}
