using CasePlanning.Application.Reading;

namespace CasePlanning.Server.Pages;

/// <summary>Each kind of work in a few words, and the Razor page on which it is done.</summary>
public static class WorkPlaces
{
    private const string Plan = "/Plans/Plan";
    private const string People = "/Plans/People";
    private const string Actions = "/Plans/Actions";
    private const string Review = "/Plans/Review";
    private const string History = "/Plans/History";

    public static (string What, string Page) Of(WorkKind kind, string child) => kind switch
    {
        WorkKind.AnswerHandover => ("Say whether you take an action on", Actions),
        WorkKind.AnswerQuestion => ("Answer a question", Plan),
        WorkKind.ConfirmWords => ("Say whether these words are yours", Plan),
        WorkKind.FinishDraft => ("Go on with your draft", Plan),
        WorkKind.GiveView => ("Give your view", Plan),
        WorkKind.DoAction => ("Do what you agreed to", Actions),
        WorkKind.StateFocus => ("Say what you are here for", People),
        WorkKind.AddressVoice => ("Ask somebody who has not been heard", Review),
        WorkKind.RecheckDecision => ("Look at a decision again", Review),
        WorkKind.LookAtRestriction => ("Look at a restriction again", People),
        WorkKind.LookAtEmergencyAccess => ("Look at who opened the plan in an emergency", History),
        WorkKind.ReviewEmergencyAccess => ("Say whether emergency access was needed", History),
        WorkKind.ReplyToChild => ($"Reply to {child}", Actions),
        WorkKind.SayWhetherStillTrue => ("Say whether this is still true", Review),
        WorkKind.SignOff => ("Sign off the review", Review),
        WorkKind.RecordConsent => ("Record consent", People),
        WorkKind.AskAboutConsent => ("Ask about consent again", People),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
