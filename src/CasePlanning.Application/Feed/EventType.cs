using System.Text.Json.Serialization;

namespace CasePlanning.Application.Feed;

/// <summary>What happened, as whoever follows a plan with a system is told of it.</summary>
public enum EventType
{
    /// <summary>Fetch the plan and all that is in it, also from before.</summary>
    [JsonStringEnumMemberName("plan.access-granted")]
    PlanAccessGranted,

    /// <summary>Erase what you hold of the plan. It cannot be fetched any more.</summary>
    [JsonStringEnumMemberName("plan.access-ended")]
    PlanAccessEnded,

    [JsonStringEnumMemberName("plan.opened")]
    PlanOpened,

    [JsonStringEnumMemberName("plan.changed")]
    PlanChanged,

    [JsonStringEnumMemberName("plan.moved")]
    PlanMoved,

    [JsonStringEnumMemberName("participant.added")]
    ParticipantAdded,

    [JsonStringEnumMemberName("participant.changed")]
    ParticipantChanged,

    [JsonStringEnumMemberName("review.opened")]
    ReviewOpened,

    [JsonStringEnumMemberName("review.changed")]
    ReviewChanged,

    [JsonStringEnumMemberName("review.closed")]
    ReviewClosed,

    [JsonStringEnumMemberName("review.signed-off")]
    ReviewSignedOff,

    [JsonStringEnumMemberName("review.addendum-added")]
    ReviewAddendumAdded,

    [JsonStringEnumMemberName("voice.invited")]
    VoiceInvited,

    [JsonStringEnumMemberName("voice.recorded")]
    VoiceRecorded,

    [JsonStringEnumMemberName("contribution.added")]
    ContributionAdded,

    [JsonStringEnumMemberName("contribution.revised")]
    ContributionRevised,

    [JsonStringEnumMemberName("contribution.confirmed")]
    ContributionConfirmed,

    [JsonStringEnumMemberName("contribution.withdrawn")]
    ContributionWithdrawn,

    [JsonStringEnumMemberName("contribution.responded-to")]
    ContributionRespondedTo,

    [JsonStringEnumMemberName("contribution.attachment-added")]
    ContributionAttachmentAdded,

    [JsonStringEnumMemberName("contribution.attachment-removed")]
    ContributionAttachmentRemoved,

    /// <summary>Erase what you hold of the contribution. It cannot be fetched any more.</summary>
    [JsonStringEnumMemberName("contribution.access-ended")]
    ContributionAccessEnded,

    /// <summary>It can be fetched again.</summary>
    [JsonStringEnumMemberName("contribution.access-granted")]
    ContributionAccessGranted,

    [JsonStringEnumMemberName("question.asked")]
    QuestionAsked,

    [JsonStringEnumMemberName("question.answered")]
    QuestionAnswered,

    [JsonStringEnumMemberName("decision.recorded")]
    DecisionRecorded,

    [JsonStringEnumMemberName("decision.reworded")]
    DecisionReworded,

    [JsonStringEnumMemberName("decision.responded-to")]
    DecisionRespondedTo,

    [JsonStringEnumMemberName("decision.rechecked")]
    DecisionRechecked,

    [JsonStringEnumMemberName("action.agreed")]
    ActionAgreed,

    [JsonStringEnumMemberName("action.changed")]
    ActionChanged,

    [JsonStringEnumMemberName("action.offered")]
    ActionOffered,

    [JsonStringEnumMemberName("action.taken-on")]
    ActionTakenOn,

    [JsonStringEnumMemberName("action.handed-back")]
    ActionHandedBack,

    [JsonStringEnumMemberName("target.set")]
    TargetSet,

    [JsonStringEnumMemberName("target.changed")]
    TargetChanged,

    [JsonStringEnumMemberName("target.reworded")]
    TargetReworded,

    [JsonStringEnumMemberName("target.replied-to")]
    TargetRepliedTo,

    [JsonStringEnumMemberName("target.progress-noted")]
    TargetProgressNoted,
}
