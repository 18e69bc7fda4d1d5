using CasePlanning.Application.Plans;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>How the history says what happened: who is named before each.</summary>
public static class HistoryWords
{
    public static string Of(HistoryKind kind) => kind switch
    {
        HistoryKind.PlanOpened => "opened the plan",
        HistoryKind.Joined => "joined the team",
        HistoryKind.Left => "left the team",
        HistoryKind.ReviewOpened => "opened a review",
        HistoryKind.ReviewClosed => "closed a review",
        HistoryKind.ReviewSigned => "signed off a review",
        HistoryKind.AddendumAdded => "added to a review after sign-off",
        HistoryKind.ViewGiven => "gave a view",
        HistoryKind.ViewChanged => "changed a view",
        HistoryKind.ViewTakenBack => "took a view back",
        HistoryKind.ViewAnswered => "responded to a view",
        HistoryKind.Asked => "asked something",
        HistoryKind.Answered => "answered a question",
        HistoryKind.DecisionTaken => "recorded a decision",
        HistoryKind.DecisionReworded => "changed the words of a decision",
        HistoryKind.DecisionAnswered => "said how they see a decision",
        HistoryKind.DecisionRechecked => "looked at a decision again",
        HistoryKind.ActionAgreed => "agreed an action",
        HistoryKind.ActionOffered => "offered an action to somebody else",
        HistoryKind.ActionTakenOn => "took an action on",
        HistoryKind.ActionHandedBack => "handed an action back",
        HistoryKind.TargetSet => "set a target",
        HistoryKind.TargetReworded => "put a target into their own words",
        HistoryKind.TargetReplied => "replied about a target",
        HistoryKind.ProgressNoted => "noted how a target is coming along",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    public static string Of(HistoryOf of) => of switch
    {
        HistoryOf.Views => "Views",
        HistoryOf.Decisions => "Decisions",
        HistoryOf.ActionsAndTargets => "Actions and targets",
        HistoryOf.Reviews => "Reviews",
        HistoryOf.Team => "The team",
        _ => throw new ArgumentOutOfRangeException(nameof(of), of, message: null),
    };

    /// <summary>
    /// The words that were taken out and put in, in order, and those that stayed: the longest that both have in common stays. Long
    /// texts are set under each other instead, because nobody reads a thousand small changes.
    /// </summary>
    public static IReadOnlyList<(Stays Stays, string Text)>? Compare(string before, string now)
    {
        const int MostWords = 600;
        var (old, @new) = (Split(before), Split(now));
        if (old.Count > MostWords || @new.Count > MostWords)
            return null;
        var common = new int[old.Count + 1, @new.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = @new.Count - 1; j >= 0; j--)
                common[i, j] = old[i] == @new[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var parts = new List<(Stays, string)>();
        for (int i = 0, j = 0; i < old.Count || j < @new.Count;)
        {
            if (i < old.Count && j < @new.Count && old[i] == @new[j])
                (i, j) = (i + 1, j + Put(Stays.Both, @new[j]));
            else if (i < old.Count && (j == @new.Count || common[i + 1, j] >= common[i, j + 1]))
                i += Put(Stays.Before, old[i]);
            else
                j += Put(Stays.Now, @new[j]);
        }

        return parts;

        int Put(Stays stays, string word)
        {
            if (parts.Count > 0 && parts[^1].Item1 == stays)
                parts[^1] = (stays, parts[^1].Item2 + word);
            else
                parts.Add((stays, word));
            return 1;
        }
    }

    /// <summary>Words, each with the space behind it.</summary>
    private static List<string> Split(string text)
    {
        var (words, start) = (new List<string>(), 0);
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || (char.IsWhiteSpace(text[i - 1]) && !char.IsWhiteSpace(text[i])))
            {
                words.Add(text[start..i]);
                start = i;
            }
        }

        return words;
    }
}

/// <summary>In which of two texts a piece is.</summary>
public enum Stays
{
    Both,
    Before,
    Now,
}
