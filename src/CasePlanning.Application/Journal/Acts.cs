using CasePlanning.Domain.Journal;

namespace CasePlanning.Application.Journal;

/// <summary>How much an act tells by having happened.</summary>
internal enum Telling
{
    /// <summary>Nothing that a participant may not know.</summary>
    Open,

    /// <summary>That the contribution it is about exists, or the one that it made.</summary>
    OfContribution,
}

/// <summary>
/// The acts that a plan's own people may be shown, in words. An act that is not here is shown to privacy officers alone: whoever
/// adds one decides first what it gives away.
/// </summary>
internal static class Acts
{
    private static readonly Dictionary<string, (string Words, Telling Telling)> Known = new()
    {
        ["ReadPlan"] = ("Opened the plan", Telling.Open),
        ["ReadWholePlan"] = ("Read the whole plan", Telling.Open),
        ["ReadHistory"] = ("Read what happened", Telling.Open),
        ["ReadReading"] = ("Read the views side by side", Telling.Open),
        ["ReadViews"] = ("Read the views side by side", Telling.Open),
        ["ListParticipants"] = ("Looked at the team", Telling.Open),
        ["ReadParticipant"] = ("Looked at somebody in the team", Telling.Open),
        ["ListReviews"] = ("Looked at the reviews", Telling.Open),
        ["ReadReview"] = ("Looked at a review", Telling.Open),
        ["ReadWholeReview"] = ("Looked at a review", Telling.Open),
        ["ReadReadiness"] = ("Looked at a review", Telling.Open),
        ["SuggestReview"] = ("Looked at the reviews", Telling.Open),
        ["ListVoices"] = ("Looked at who is heard", Telling.Open),
        ["ReadVoice"] = ("Looked at who is heard", Telling.Open),
        ["ListDecisions"] = ("Looked at the decisions", Telling.Open),
        ["ReadDecision"] = ("Looked at a decision", Telling.Open),
        ["ListDissents"] = ("Looked at who disagrees", Telling.Open),
        ["ListActions"] = ("Looked at the actions", Telling.Open),
        ["ReadAction"] = ("Looked at an action", Telling.Open),
        ["ListTargets"] = ("Looked at the targets", Telling.Open),
        ["ReadTarget"] = ("Looked at a target", Telling.Open),
        ["ReadAccessLog"] = ("Looked at who has looked", Telling.Open),
        ["OpenReview"] = ("Opened a review", Telling.Open),
        ["InviteVoice"] = ("Asked one more participant for their view", Telling.Open),
        ["CloseReview"] = ("Closed a review", Telling.Open),
        ["SignOffReview"] = ("Signed off a review", Telling.Open),
        ["RecordDecision"] = ("Recorded a decision", Telling.Open),
        ["RewordDecision"] = ("Reworded a decision", Telling.Open),
        ["RespondToDecision"] = ("Said how they see a decision", Telling.Open),
        ["RecheckDecision"] = ("Looked at a decision again", Telling.Open),
        ["AddAddendum"] = ("Added to a review after sign-off", Telling.Open),
        ["AgreeAction"] = ("Agreed an action", Telling.Open),
        ["ChangeAction"] = ("Changed an action", Telling.Open),
        ["SetTarget"] = ("Set a target", Telling.Open),
        ["ChangeTarget"] = ("Changed a target", Telling.Open),
        ["RewordTarget"] = ("Reworded a target", Telling.Open),
        ["AddParticipant"] = ("Added somebody to the team", Telling.Open),
        ["InviteParticipant"] = ("Invited somebody by e-mail", Telling.Open),
        ["SendInvitationAgain"] = ("Invited somebody by e-mail again", Telling.Open),
        ["RevokeInvitation"] = ("Took an invitation back", Telling.Open),
        ["AcceptInvitation"] = ("Came in by an invitation", Telling.Open),
        ["ChangePlan"] = ("Changed what the child is called", Telling.Open),
        ["MovePlan"] = ("Moved the plan to another authority", Telling.Open),
        ["RecordAdoption"] = ("Closed the plan because the child was adopted", Telling.Open),
        ["AddContribution"] = ("Gave a view", Telling.OfContribution),
        ["SignDraft"] = ("Gave a view", Telling.OfContribution),
        ["ReviseContribution"] = ("Said more on a view", Telling.OfContribution),
        ["WithdrawContribution"] = ("Withdrew a view", Telling.OfContribution),
        ["ConfirmContribution"] = ("Confirmed a view", Telling.OfContribution),
        ["RespondToContribution"] = ("Responded to a view", Telling.OfContribution),
        ["AskQuestion"] = ("Asked about a view", Telling.OfContribution),
        ["ReadContribution"] = ("Read a view", Telling.OfContribution),
        ["ReadAttachment"] = ("Opened what is attached to a view", Telling.OfContribution),
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    public static string WordsOf(string act) => Known[act].Words;

    /// <summary>The contribution whose existence an entry gives away; null when it gives away none.</summary>
    public static Guid? ContributionOf(JournalEntry entry) => Known[entry.Act].Telling switch
    {
        Telling.OfContribution => entry.Part == "Contribution" && entry.Act is not "SignDraft" ? entry.PartId ?? Guid.Empty : entry.ResultId ?? Guid.Empty,
        _ => null,
    };
}
