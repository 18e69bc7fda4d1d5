using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Reviews;

/// <summary>The rules of a review and its voices.</summary>
public static class ReviewRules
{
    public static readonly NamedRule ClosesBeforeItOpens = new("review.closes-before-it-opens",
        "A review cannot close before it opens.");

    public static readonly NamedRule Overlaps = new("review.overlaps",
        "The plan already has an unsigned review in these days. Extend that one, or choose days after it.");

    public static readonly NamedRule NobodyInvited = new("review.nobody-invited",
        "A review needs at least one invited voice.");

    public static readonly NamedRule VoiceNotAddressed = new("review.voice-not-addressed",
        "Some invited voices are not heard yet. Record what was done about each, then close.");

    public static readonly NamedRule ChildWaitsForReply = new("review.child-waits-for-reply",
        "The child asked for something and has no reply yet. Reply, then close.");

    public static readonly NamedRule DifferenceLeftOpen = new("review.difference-left-open",
        "Views differ where nothing was decided. Decide, or say why that is left open, then close.");

    public static readonly NamedRule NotClosed = new("review.not-closed",
        "The review must be closed before it is signed off.");

    public static readonly NamedRule IsClosed = new("review.is-closed",
        "The review is closed.");

    public static readonly NamedRule IsSigned = new("review.is-signed",
        "The review is signed. What comes now can be added as a dated addendum.");

    public static readonly NamedRule NotSigned = new("review.not-signed",
        "The review is not signed yet, so it needs no addendum: contribute to it instead.");

    public static readonly NamedRule OnlyOwnVoiceOrCoordinator = new("voice.not-yours",
        "Only this participant, or somebody who coordinates the review, may record this.");

    public static readonly NamedRule DelegateWithinAgency = new("voice.delegate-within-agency",
        "A voice can be delegated only to a colleague of the same agency who takes part in the plan.");

    public static readonly NamedRule CouldNotReachNeedsAttempt = new("voice.could-not-reach-needs-attempt",
        "Record at least one attempt before saying that somebody could not be reached.");

    public static readonly NamedRule NothingToAsk = new("voice.nothing-to-ask",
        "This participant has been heard, or has chosen to say nothing.");

    public static readonly NamedRule NudgedToday = new("voice.nudged-today",
        "This participant was asked today. Once a day is enough.");

    public static readonly NamedRule AskedEnough = new("voice.asked-enough",
        "This participant has been asked as often as can be recorded. Record what was done instead.");

    public static readonly NamedRule NoMailToThem = new("voice.no-mail-to-them",
        "No mail can go to this participant: no safe address is known, or they have chosen to get none. Ask another way, and record it.");

    public static readonly NamedRule AlreadyInvited = new("voice.already-invited",
        "This participant is asked for their view already.");

    public static readonly NamedRule CarriedDissentIsItsAuthors = new("carried-forward.not-yours",
        "Only the person who dissented can say whether the dissent still stands.");
}

/// <summary>The rules of a decision.</summary>
public static class DecisionRules
{
    public static readonly NamedRule NeedsRecheck = new("decision.needs-recheck",
        "A view arrived after this decision and has not been checked against it yet.");

    public static readonly NamedRule ReasonNeeded = new("response.reason-needed",
        "Say why: partly agreeing and disagreeing need a reason.");
}
