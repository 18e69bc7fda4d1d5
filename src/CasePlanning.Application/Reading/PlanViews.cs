using CasePlanning.Application.Pipeline;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;

namespace CasePlanning.Application.Reading;

/// <summary>An identifier another system knows the child by.</summary>
public sealed record ChildIdentifierView(string System, string Value);

/// <summary>The person planned for. <paramref name="Name"/> is the name they choose.</summary>
public sealed record ChildView(
    string Name, string GivenName, string FamilyName, string? KnownAs, DateOnly DateOfBirth, IReadOnlyList<ChildIdentifierView> Identifiers);

/// <summary>One outcome of the plan's framework.</summary>
/// <param name="ChildName">The same in words a child would use.</param>
public sealed record OutcomeView(string Code, string Name, string ChildName, IReadOnlyList<string> Aims);

/// <summary>A dated duty on the plan.</summary>
public sealed record ClockView(string Code, string Name, DateOnly Due);

/// <summary>One meeting of a review: a marker on its window.</summary>
public sealed record MeetingView(DateTimeOffset At, string? Place);

/// <summary>Something of an earlier review that this one asks about again.</summary>
public sealed record CarriedForwardView(
    Guid Id, CarriedKind Kind, Guid SubjectId, string Text, string Question, bool? StillTrue, string? Note, Who? AnsweredBy, DateTimeOffset? AnsweredAt);

/// <summary>What came after sign-off.</summary>
public sealed record AddendumView(Guid Id, Who By, string Words, DateTimeOffset At);

/// <summary>One cycle of a plan.</summary>
/// <param name="SignOffDue">When sign-off is due, counted from the close (or from the last day of the window while it is open).</param>
/// <param name="LeftOpen">Why it was closed while views differed where nothing was decided; for whoever sees that they do.</param>
/// <param name="Dissents">The disagreements that stand on its decisions.</param>
public sealed record ReviewView(
    Guid Id, Guid PlanId, string Title, DateOnly OpensOn, DateOnly ClosesOn, ReviewState State, IReadOnlyList<MeetingView> Meetings,
    DateOnly SignOffDue, Who OpenedBy, DateTimeOffset? ClosedAt, Who? ClosedBy, string? LeftOpen, DateTimeOffset? SignedAt, Who? SignedBy,
    IReadOnlyList<CarriedForwardView> CarriedForward, IReadOnlyList<DissentView> Dissents, IReadOnlyList<AddendumView> Addenda,
    int Version) : IVersionedView;

/// <summary>A review in a list.</summary>
public sealed record ReviewSummary(Guid Id, string Title, DateOnly OpensOn, DateOnly ClosesOn, ReviewState State, IReadOnlyList<MeetingView> Meetings, int Version)
{
    public static ReviewSummary Of(Review review, DateOnly today) => new(
        review.Id, review.Title, review.OpensOn, review.ClosesOn, review.StateOn(today),
        [.. review.Meetings.Select(m => new MeetingView(m.At, m.Place))], review.Version);
}

public static class Clocks
{
    /// <summary>The dated duties of a plan under its authority's clocks.</summary>
    public static IReadOnlyList<ClockView> Of(Plan plan, PlanningClock clock) =>
    [
        new ClockView("initiate", "Plan begun", clock.Due(plan.StartedOn, clock.Rules.Initiate)),
        new ClockView("firstPlan", "First plan ready", clock.Due(plan.StartedOn, clock.Rules.FirstPlan)),
    ];
}
