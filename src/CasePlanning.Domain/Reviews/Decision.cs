using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;

namespace CasePlanning.Domain.Reviews;

/// <summary>The four plain fields that every decision and action carries; disagreement may attach to any one of them.</summary>
public sealed record FourFields(string What, string? How, string? Why, string? WhereNext)
{
    public const int FieldLength = 4_000;
}

public enum DecisionField
{
    What,
    How,
    Why,
    WhereNext,
}

/// <summary>
/// What was settled, for which outcomes, why, and because of which contributions. Changing its words keeps the earlier ones.
/// </summary>
public sealed class Decision : IVersioned
{
    public const int MostOutcomes = 20;
    public const int MostBecause = 200;

    private Decision()
    {
    }

    public Decision(
        Review review, IEnumerable<string> outcomes, FourFields fields, IEnumerable<Guid> because, Guid by, DateTimeOffset now)
    {
        review.MustNotBeSigned();
        Id = Ids.New(now);
        PlanId = review.PlanId;
        ReviewId = review.Id;
        Outcomes = [.. outcomes.Distinct()];
        Because = [.. because.Distinct()];
        DecidedAt = now;
        DecidedById = by;
        Take(fields);
        Wordings.Add(new DecisionWording(Id, 1, fields, by, now));
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ReviewId { get; private set; }

    public List<string> Outcomes { get; private set; } = [];

    public string What { get; private set; } = "";

    public string? How { get; private set; }

    public string? Why { get; private set; }

    public string? WhereNext { get; private set; }

    /// <summary>The contributions it rests on.</summary>
    public List<Guid> Because { get; private set; } = [];

    public DateTimeOffset DecidedAt { get; private set; }

    public Guid DecidedById { get; private set; }

    public int Version { get; private set; } = 1;

    public List<DecisionWording> Wordings { get; private set; } = [];

    /// <summary>New words for the same decision. The earlier ones stay readable, and so does every response to them.</summary>
    public void Reword(FourFields fields, Guid by, DateTimeOffset now)
    {
        if (fields == new FourFields(What, How, Why, WhereNext))
            return;
        Wordings.Add(new DecisionWording(Id, Wordings.Max(w => w.Number) + 1, fields, by, now));
        Take(fields);
    }

    private void Take(FourFields fields) => (What, How, Why, WhereNext) = fields;
}

/// <summary>The words of a decision at one time; never changed.</summary>
public sealed class DecisionWording
{
    private DecisionWording()
    {
    }

    public DecisionWording(Guid decisionId, int number, FourFields fields, Guid by, DateTimeOffset now)
    {
        DecisionId = decisionId;
        Number = number;
        (What, How, Why, WhereNext) = fields;
        ById = by;
        At = now;
    }

    public Guid DecisionId { get; private set; }

    public int Number { get; private set; }

    public string What { get; private set; } = "";

    public string? How { get; private set; }

    public string? Why { get; private set; }

    public string? WhereNext { get; private set; }

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }
}

/// <summary>
/// Somebody's stance on a decision or on one of its four fields. Never changed and never removed: a new one by the same person
/// about the same field stands in its place, and the old one stays in the history.
/// </summary>
public sealed class DecisionResponse
{
    public const int ReasonLength = 4_000;

    private DecisionResponse()
    {
    }

    public DecisionResponse(Decision decision, Guid by, Stance stance, string? reason, DecisionField? about, DateTimeOffset now)
    {
        if (stance is Stance.Partly or Stance.Disagree && string.IsNullOrWhiteSpace(reason))
            throw DecisionRules.ReasonNeeded.Broken();
        Id = Ids.New(now);
        PlanId = decision.PlanId;
        DecisionId = decision.Id;
        ById = by;
        Stance = stance;
        Reason = reason;
        About = about;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid DecisionId { get; private set; }

    public Guid ById { get; private set; }

    public Stance Stance { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>The field it is about; null for the decision as a whole.</summary>
    public DecisionField? About { get; private set; }

    public DateTimeOffset At { get; private set; }
}

/// <summary>A decision looked at again after a late view: what was found, and whether anything changed.</summary>
public sealed class Recheck
{
    public const int FindingLength = 4_000;

    private Recheck()
    {
    }

    public Recheck(Decision decision, string finding, bool changed, IEnumerable<Guid> considered, Guid by, DateTimeOffset now)
    {
        Id = Ids.New(now);
        PlanId = decision.PlanId;
        DecisionId = decision.Id;
        Finding = finding;
        Changed = changed;
        Considered = [.. considered.Distinct()];
        ById = by;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid DecisionId { get; private set; }

    public string Finding { get; private set; } = "";

    public bool Changed { get; private set; }

    /// <summary>The views it checked the decision against, among those its author could see.</summary>
    public List<Guid> Considered { get; private set; } = [];

    public Guid ById { get; private set; }

    public DateTimeOffset At { get; private set; }
}
