using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Contributions;

/// <summary>The rules of contributions, drafts, questions and answers.</summary>
public static class ContributionRules
{
    public static readonly NamedRule AuthorOnly = new("contribution.author-only",
        "Only the person whose words these are can change or withdraw them.");

    public static readonly NamedRule NoVoiceOfTheirOwn = new("contribution.no-voice-of-their-own",
        "This participant has no voice of their own in the plan. Enter the words on behalf of the person they speak for.");

    public static readonly NamedRule NothingSaid = new("contribution.nothing-said",
        "There are no words yet. A sentence is enough.");

    public static readonly NamedRule NobodyNamed = new("contribution.nobody-named",
        "Name at least one person who may read this.");

    public static readonly NamedRule IsWithdrawn = new("contribution.is-withdrawn",
        "This view has been withdrawn.");

    public static readonly NamedRule IsDraft = new("contribution.is-draft",
        "This is a draft. Sign it first.");

    public static readonly NamedRule IsSigned = new("contribution.is-signed",
        "This view is already signed. Add a new version instead.");

    public static readonly NamedRule TooManyAttachments = new("contribution.too-many-attachments",
        $"A view holds {Attachment.MostOfOneContribution} attachments at most. Remove one first.");

    public static readonly NamedRule NothingToConfirm = new("contribution.nothing-to-confirm",
        "These words were written by the person themselves, so there is nothing to confirm.");

    public static readonly NamedRule OnlySpeakerConfirms = new("contribution.only-speaker-confirms",
        "Only the person whose words these are can confirm them.");

    public static readonly NamedRule NotTheClients = new("contribution.not-the-clients",
        "A system puts right only what it brought in itself, until the person whose words it says these are has confirmed them.");

    public static readonly NamedRule SupervisorOfSameAgency = new("draft.supervisor-of-same-agency",
        "A draft can be shown only to a supervisor of your own agency who takes part in the plan.");

    public static readonly NamedRule NotYoursToAnswer = new("question.not-yours-to-answer",
        "This question was put to somebody else.");

    public static readonly NamedRule CannotReach = new("question.cannot-reach",
        "Whoever is to answer must be able to read the view the question is about.");
}
