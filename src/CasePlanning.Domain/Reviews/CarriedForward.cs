using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Reviews;

public enum CarriedKind
{
    Target,
    Action,
    Dissent,
}

/// <summary>Something of an earlier review that the next one asks about again: "Still true?"</summary>
public sealed class CarriedForward
{
    public const int NoteLength = 1_000;

    private CarriedForward()
    {
    }

    public CarriedForward(Review review, CarriedKind kind, Guid subjectId, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = review.PlanId;
        ReviewId = review.Id;
        Kind = kind;
        SubjectId = subjectId;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ReviewId { get; private set; }

    public CarriedKind Kind { get; private set; }

    /// <summary>The target, the action, or the response that dissents.</summary>
    public Guid SubjectId { get; private set; }

    public bool? StillTrue { get; private set; }

    public string? Note { get; private set; }

    public Guid? AnsweredById { get; private set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    public void Answer(bool stillTrue, string? note, Guid by, DateTimeOffset now)
    {
        StillTrue = stillTrue;
        Note = note;
        AnsweredById = by;
        AnsweredAt = now;
    }
}

/// <summary>What came after sign-off: dated, signed, beside the record and never in it.</summary>
public sealed class Addendum
{
    public const int WordsLength = 20_000;

    private Addendum()
    {
    }

    public Addendum(Review review, string words, Guid by, DateTimeOffset now)
    {
        if (review.SignedAt is null)
            throw ReviewRules.NotSigned.Broken();
        Id = Ids.New(now);
        PlanId = review.PlanId;
        ReviewId = review.Id;
        Words = words;
        ById = by;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ReviewId { get; private set; }

    public string Words { get; private set; } = "";

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }
}
