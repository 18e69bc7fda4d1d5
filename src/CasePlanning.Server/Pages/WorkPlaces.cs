using CasePlanning.Application.Reading;

namespace CasePlanning.Server.Pages;

/// <summary>Each kind of work in a few words, and the Razor page on which it is done.</summary>
public static class WorkPlaces
{
    private const string Plan = "/Plans/Plan";
    private const string People = "/Plans/People";
    private const string Action = "/Plans/Action";
    private const string Review = "/Plans/Review";
    private const string MySay = "/Plans/MySay";
    private const string History = "/Plans/History";

    /// <param name="child">The child's name.</param>
    /// <param name="isOwn">It is the reader's own plan: the child has pages of their own for what they say.</param>
    public static (string What, string Page) Of(WorkKind kind, string child, bool isOwn = false) => kind switch
    {
        WorkKind.GiveView when isOwn => ("Have your say", MySay),
        WorkKind.FinishDraft when isOwn => ("Go on with what you began to say", MySay),
        WorkKind.AnswerHandover => ("Say whether you take an action on", Action),
        WorkKind.AnswerQuestion => ("Answer a question", Plan),
        WorkKind.ConfirmWords => ("Say whether these words are yours", "/Plans/View"),
        WorkKind.FinishDraft => ("Go on with your draft", "/Drafts"),
        WorkKind.GiveView => ("Give your view", "/Plans/YourView"),
        WorkKind.DoAction => ("Do what you agreed to", Action),
        WorkKind.StateFocus => ("Say what you are here for", People),
        WorkKind.AddressVoice => ("Ask somebody who has not been heard", "/Plans/Voice"),
        WorkKind.RecheckDecision => ("Look at a decision again", "/Plans/RecheckDecision"),
        WorkKind.LookAtRestriction => ("Look at a restriction again", "/Plans/Restriction"),
        WorkKind.LookAtEmergencyAccess => ("Look at who opened the plan in an emergency", History),
        WorkKind.ReviewEmergencyAccess => ("Say whether emergency access was needed", History),
        WorkKind.ReplyToChild => ($"Reply to {child}", "/Plans/Target"),
        WorkKind.SayWhetherStillTrue => ("Say whether this is still true", Review),
        WorkKind.SignOff => ("Sign off the review", "/Plans/SignOffReview"),
        WorkKind.RecordConsent => ("Record consent", People),
        WorkKind.AskAboutConsent => ("Ask about consent again", People),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
