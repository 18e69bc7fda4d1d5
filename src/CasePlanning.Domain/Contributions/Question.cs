using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Contributions;

/// <summary>A question asks to know; a request asks for something to happen. A child's request must be replied to before a review closes.</summary>
public enum QuestionKind
{
    Question,
    Request,
}

/// <summary>What a reply says was done with what was asked: "You said / we did / we couldn't because".</summary>
public enum AnswerKind
{
    Answer,
    WeDid,
    WeCouldNot,
}

/// <summary>
/// Asked under a contribution, which stays untouched. It names who will answer and by when, so that whoever asks does not wait
/// in the dark.
/// </summary>
public sealed class Question
{
    public const int WordsLength = 4_000;

    private Question()
    {
    }

    public Question(Contribution contribution, bool toSummary, QuestionKind kind, string words, Guid by, Guid answerBy, DateOnly due, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = contribution.PlanId;
        ReviewId = contribution.ReviewId;
        ContributionId = contribution.Id;
        ToSummary = toSummary;
        Kind = kind;
        Words = words;
        ById = by;
        AnswerById = answerBy;
        Due = due;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ReviewId { get; private set; }

    public Guid ContributionId { get; private set; }

    public bool ToSummary { get; private set; }

    public QuestionKind Kind { get; private set; }

    public string Words { get; private set; } = "";

    public Guid ById { get; private set; }

    /// <summary>The participant who will answer.</summary>
    public Guid AnswerById { get; private set; }

    public DateOnly Due { get; private set; }

    public DateTimeOffset At { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Somebody leaves: whoever covers for them owes the answer.</summary>
    public void CoverFor(Guid cover) => AnswerById = cover;

    public Answer Reply(AnswerKind kind, string words, bool onlyForAsker, Guid by, DateTimeOffset now)
    {
        AnsweredAt ??= now;
        return new Answer(this, kind, words, onlyForAsker, by, now);
    }
}

/// <summary>One answer. More may follow; none is changed.</summary>
public sealed class Answer
{
    public const int WordsLength = 20_000;

    private Answer()
    {
    }

    internal Answer(Question question, AnswerKind kind, string words, bool onlyForAsker, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = question.PlanId;
        QuestionId = question.Id;
        Kind = kind;
        Words = words;
        OnlyForAsker = onlyForAsker;
        ById = by;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid QuestionId { get; private set; }

    public AnswerKind Kind { get; private set; }

    public string Words { get; private set; } = "";

    /// <summary>Read only by whoever asked and whoever answers.</summary>
    public bool OnlyForAsker { get; private set; }

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }
}
