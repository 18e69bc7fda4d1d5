using CasePlanning.Application.Reading;

namespace CasePlanning.Application.Mail;

/// <summary>What is asked of somebody, one and several of it, in words that tell of no child.</summary>
public static class WorkWords
{
    public static (string One, string Several) Of(WorkKind kind) => kind switch
    {
        WorkKind.AnswerHandover => ("offered action waits for your answer", "offered actions wait for your answer"),
        WorkKind.AnswerQuestion => ("question waits for your answer", "questions wait for your answer"),
        WorkKind.ConfirmWords => ("view that was written down for you waits to be confirmed", "views that were written down for you wait to be confirmed"),
        WorkKind.FinishDraft => ("draft of yours is not signed", "drafts of yours are not signed"),
        WorkKind.GiveView => ("view is asked of you", "views are asked of you"),
        WorkKind.DoAction => ("action is yours to do", "actions are yours to do"),
        WorkKind.StateFocus => ("team does not know yet what you are here for", "teams do not know yet what you are here for"),
        WorkKind.AddressVoice => ("invited voice is not heard yet", "invited voices are not heard yet"),
        WorkKind.RecheckDecision => ("decision needs a recheck", "decisions need a recheck"),
        WorkKind.LookAtRestriction => ("restriction is to be looked at again", "restrictions are to be looked at again"),
        WorkKind.LookAtEmergencyAccess => ("emergency access is not reviewed yet", "emergency accesses are not reviewed yet"),
        WorkKind.ReviewEmergencyAccess => ("emergency access is yours to review", "emergency accesses are yours to review"),
        WorkKind.ReplyToChild => ("reworded target waits for a reply", "reworded targets wait for a reply"),
        WorkKind.SayWhetherStillTrue => ("thing was carried forward: is it still true?", "things were carried forward: are they still true?"),
        WorkKind.RecordConsent => ("consent is not recorded yet", "consents are not recorded yet"),
        WorkKind.AskAboutConsent => ("consent was withdrawn and is to be asked about", "consents were withdrawn and are to be asked about"),
        WorkKind.SignOff => ("review waits to be signed off", "reviews wait to be signed off"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
