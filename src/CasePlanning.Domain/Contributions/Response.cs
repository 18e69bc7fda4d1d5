using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Domain.Contributions;

/// <summary>A stance on somebody's contribution or on a decision.</summary>
public enum Stance
{
    Agree,
    Partly,
    Disagree,
    NewToMe,
}

/// <summary>
/// Somebody's stance on another's words; the words stay as they were. Read by whoever reads what the responder had read: a
/// response to the full words is not shown to those who read only the summary.
/// </summary>
public sealed class Response
{
    public const int ReasonLength = 4_000;

    private Response()
    {
    }

    public Response(Contribution contribution, bool toSummary, Guid by, Stance stance, string? reason, DateTimeOffset now)
    {
        if (stance.IsDissent() && string.IsNullOrWhiteSpace(reason))
            throw DecisionRules.ReasonNeeded.Broken();
        Id = Ids.New(now);
        PlanId = contribution.PlanId;
        ContributionId = contribution.Id;
        ToSummary = toSummary;
        ById = by;
        Stance = stance;
        Reason = reason;
        At = now;
    }

    public Guid Id { get; private set; }

    public Guid PlanId { get; private set; }

    public Guid ContributionId { get; private set; }

    public bool ToSummary { get; private set; }

    public Guid ById { get; private set; }

    public Stance Stance { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset At { get; private set; }
}
