using System.Globalization;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>How the plan puts what people see, say and settle. Neutral: differing is a fact, and silence is no fault.</summary>
public static class PlanWords
{
    /// <summary>From left to right of the line on which views are spread. What is not here says nothing of how things go.</summary>
    public static readonly Outlook[] Spread = [Outlook.Worried, Outlook.Mixed, Outlook.GoingWell];

    public static string Of(Outlook outlook) => outlook switch
    {
        Outlook.GoingWell => "Going well",
        Outlook.Mixed => "Mixed",
        Outlook.Worried => "Worried",
        Outlook.CannotTell => "Can’t tell",
        Outlook.OutsideMyExpertise => "Not my area",
        _ => throw new ArgumentOutOfRangeException(nameof(outlook), outlook, message: null),
    };

    /// <summary>The style of an outlook, beside its words and never in place of them.</summary>
    public static string StyleOf(Outlook? outlook) => outlook switch
    {
        Outlook.GoingWell => "app-o app-o--well",
        Outlook.Mixed => "app-o app-o--mixed",
        Outlook.Worried => "app-o app-o--worried",
        _ => "app-o",
    };

    /// <summary>How somebody sees it going, in one place: more than one when they said more than one thing.</summary>
    public static string Of(IReadOnlyList<Outlook> outlooks) => outlooks.Count == 0 ? "Spoke" : string.Join(", ", outlooks.Select(Of));

    /// <summary>The style of a cell, beside its words.</summary>
    public static string? CellOf(IReadOnlyList<Outlook> outlooks) => outlooks is [var only]
        ? only switch { Outlook.GoingWell => "w", Outlook.Mixed => "m", Outlook.Worried => "o", _ => null }
        : null;

    /// <summary>What somebody does with another's words: "agrees".</summary>
    public static string Does(Stance stance) => stance switch
    {
        Stance.Agree => "agrees",
        Stance.Partly => "agrees in part",
        Stance.Disagree => "sees this differently",
        Stance.NewToMe => "did not know this",
        _ => throw new ArgumentOutOfRangeException(nameof(stance), stance, message: null),
    };

    /// <summary>The same, said of oneself: "agree".</summary>
    public static string IDo(Stance stance) => stance switch
    {
        Stance.Agree => "agree",
        Stance.Partly => "agree in part",
        Stance.Disagree => "see this differently",
        Stance.NewToMe => "did not know this",
        _ => throw new ArgumentOutOfRangeException(nameof(stance), stance, message: null),
    };

    /// <summary>The part of a decision that somebody speaks of, in a sentence.</summary>
    public static string Of(DecisionField field) => field switch
    {
        DecisionField.What => "what is to happen",
        DecisionField.How => "how",
        DecisionField.Why => "why",
        DecisionField.WhereNext => "what comes next",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, message: null),
    };

    /// <summary>When words came in. A caption, and no more.</summary>
    public static string? Of(Mode mode) => mode switch
    {
        Mode.Before => "before the meeting",
        Mode.InMeeting => "in the meeting",
        Mode.After => "after the meeting",
        _ => null,
    };

    public static string Of(AudienceKind audience) => audience switch
    {
        AudienceKind.Everyone => "Everyone in this plan",
        AudienceKind.Professionals => "For professionals",
        AudienceKind.Health => "For health colleagues",
        AudienceKind.Home => "For those who know the home",
        AudienceKind.Named => "For some people only",
        AudienceKind.Sealed => "Sealed",
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, message: null),
    };

    public static string Of(AbsenceReason reason) => reason switch
    {
        AbsenceReason.Court => "in court",
        AbsenceReason.Leave => "on leave",
        AbsenceReason.Caseload => "no time free",
        AbsenceReason.OtherDuty => "on other duty",
        AbsenceReason.Illness => "ill",
        AbsenceReason.Other => "away",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };

    public static string Of(TargetState state) => state switch
    {
        TargetState.Open => "Under way",
        TargetState.Met => "Reached",
        TargetState.Dropped => "No longer an aim",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    public static string Of(ActionState state) => state switch
    {
        ActionState.Open => "To do",
        ActionState.Done => "Done",
        ActionState.NotDone => "Not done",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <summary>What somebody attached, for whoever cannot see or hear it.</summary>
    public static string OfFile(string mediaType) =>
        mediaType.StartsWith("image/", StringComparison.Ordinal) ? "Picture" : "Voice note";

    /// <summary>One or two letters for where a name has no room.</summary>
    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(w => Titles.Contains(w)).ToList();
        var letters = words.Count > 1 ? words[0][..Letter(words[0])] + words[^1][..Letter(words[^1])] : words is [var only] ? only[..Letter(only)] : "?";
        return letters.ToUpper(CultureInfo.InvariantCulture);
    }

    /// <summary>A, B and C.</summary>
    public static string Listed(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all.Take(all.Count - 1))} and {all[^1]}";
    }

    private static readonly string[] Titles = ["Dr", "Mr", "Mrs", "Ms", "Miss", "Mx", "Prof"];

    /// <summary>A letter may be several characters.</summary>
    private static int Letter(string word) => StringInfo.GetNextTextElementLength(word);
}
