using CasePlanning.Application.Contributions;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reviews;

namespace CasePlanning.Application.Feed;

/// <summary>The kind of thing that an event leads to.</summary>
public enum EventResource
{
    Plan,
    Participant,
    Review,
    Voice,
    Contribution,
    Decision,
    Action,
    Target,
}

/// <summary>
/// The acts that the feed tells of, each with the event that it is. An act that is not here is told to no system: whoever adds one
/// decides first whether systems may see what it changes.
/// </summary>
internal static class FeedActs
{
    private static readonly Dictionary<string, (EventType Type, EventResource Resource)> Known = new()
    {
        [nameof(OpenPlan)] = (EventType.PlanOpened, EventResource.Plan),
        [nameof(ChangePlan)] = (EventType.PlanChanged, EventResource.Plan),
        [nameof(MovePlan)] = (EventType.PlanMoved, EventResource.Plan),
        [nameof(RecordAdoption)] = (EventType.PlanAccessEnded, EventResource.Plan),
        [nameof(AddParticipant)] = (EventType.ParticipantAdded, EventResource.Participant),
        [nameof(ChangeParticipant)] = (EventType.ParticipantChanged, EventResource.Participant),
        [nameof(StateFocus)] = (EventType.ParticipantChanged, EventResource.Participant),
        [nameof(StateBasis)] = (EventType.ParticipantChanged, EventResource.Participant),
        [nameof(SetRestriction)] = (EventType.ContributionAccessEnded, EventResource.Contribution),
        [nameof(LiftRestriction)] = (EventType.ContributionAccessGranted, EventResource.Contribution),
        [nameof(OpenReview)] = (EventType.ReviewOpened, EventResource.Review),
        [nameof(ChangeReview)] = (EventType.ReviewChanged, EventResource.Review),
        [nameof(AnswerCarriedForward)] = (EventType.ReviewChanged, EventResource.Review),
        [nameof(CloseReview)] = (EventType.ReviewClosed, EventResource.Review),
        [nameof(SignOffReview)] = (EventType.ReviewSignedOff, EventResource.Review),
        [nameof(AddAddendum)] = (EventType.ReviewAddendumAdded, EventResource.Review),
        [nameof(InviteVoice)] = (EventType.VoiceInvited, EventResource.Voice),
        [nameof(RecordVoice)] = (EventType.VoiceRecorded, EventResource.Voice),
        [nameof(NudgeVoice)] = (EventType.VoiceRecorded, EventResource.Voice),
        [nameof(AddContribution)] = (EventType.ContributionAdded, EventResource.Contribution),
        [nameof(SignDraft)] = (EventType.ContributionAdded, EventResource.Contribution),
        [nameof(ReviseContribution)] = (EventType.ContributionRevised, EventResource.Contribution),
        [nameof(ConfirmContribution)] = (EventType.ContributionConfirmed, EventResource.Contribution),
        [nameof(WithdrawContribution)] = (EventType.ContributionWithdrawn, EventResource.Contribution),
        [nameof(RespondToContribution)] = (EventType.ContributionRespondedTo, EventResource.Contribution),
        [nameof(AttachFile)] = (EventType.ContributionAttachmentAdded, EventResource.Contribution),
        [nameof(RemoveAttachment)] = (EventType.ContributionAttachmentRemoved, EventResource.Contribution),
        [nameof(AskQuestion)] = (EventType.QuestionAsked, EventResource.Contribution),
        [nameof(AnswerQuestion)] = (EventType.QuestionAnswered, EventResource.Contribution),
        [nameof(RecordDecision)] = (EventType.DecisionRecorded, EventResource.Decision),
        [nameof(RewordDecision)] = (EventType.DecisionReworded, EventResource.Decision),
        [nameof(RespondToDecision)] = (EventType.DecisionRespondedTo, EventResource.Decision),
        [nameof(RecheckDecision)] = (EventType.DecisionRechecked, EventResource.Decision),
        [nameof(AgreeAction)] = (EventType.ActionAgreed, EventResource.Action),
        [nameof(ChangeAction)] = (EventType.ActionChanged, EventResource.Action),
        [nameof(HandOverAction)] = (EventType.ActionOffered, EventResource.Action),
        [nameof(AcceptHandover)] = (EventType.ActionTakenOn, EventResource.Action),
        [nameof(HandBackHandover)] = (EventType.ActionHandedBack, EventResource.Action),
        [nameof(SetTarget)] = (EventType.TargetSet, EventResource.Target),
        [nameof(ChangeTarget)] = (EventType.TargetChanged, EventResource.Target),
        [nameof(RewordTarget)] = (EventType.TargetReworded, EventResource.Target),
        [nameof(ReplyToRewording)] = (EventType.TargetRepliedTo, EventResource.Target),
        [nameof(NoteProgress)] = (EventType.TargetProgressNoted, EventResource.Target),
    };

    public static readonly string[] Names = [.. Known.Keys];

    private static readonly Dictionary<string, string> Interned = Names.ToDictionary(name => name);

    /// <summary>Those by which somebody's part in a plan begins, changes or ends, also for an agency that then sees the plan no more.</summary>
    public static readonly string[] OfAccess = [nameof(OpenPlan), nameof(AddParticipant), nameof(ChangeParticipant), nameof(MovePlan), nameof(RecordAdoption)];

    /// <summary>Those that made something that hangs on a contribution: the contribution is what they are about, and not what they made.</summary>
    public static readonly string[] NamingContribution = [nameof(AttachFile), nameof(RemoveAttachment), nameof(AskQuestion)];

    /// <summary>The same string for each act, so that what is kept of many holds it once.</summary>
    public static string NameLike(string act) => Interned[act];

    public static bool NamesContribution(string act) => NamingContribution.Contains(act);

    public static bool IsOfAccess(string act) => OfAccess.Contains(act);

    public static bool IsOfRestriction(string act) => act is nameof(SetRestriction) or nameof(LiftRestriction);

    public static EventType TypeOf(string act) => Known[act].Type;

    public static EventResource ResourceOf(string act) => Known[act].Resource;
}
