using CasePlanning.Application.Reading;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>One outcome of a sheet.</summary>
public sealed record OutcomeOnSheet(PlanSheet Sheet, OutcomeReading Outcome)
{
    /// <summary>What its reader has just done on it.</summary>
    public string? Told { get; init; }
}

/// <summary>Views side by side: the same card for everybody. They are one partial together, because a partial costs more than a card.</summary>
/// <param name="ByOutcome">Headed by its outcome, where its author stands above it.</param>
/// <param name="IsAlone">One on a page of its own, which needs no link to it.</param>
public sealed record ViewCards(PlanSheet Sheet, IReadOnlyList<ContributionView> Views, bool ByOutcome = false, bool IsAlone = false);

/// <summary>One decision.</summary>
/// <param name="ShownIn">The outcome it is shown in, when that is another.</param>
/// <param name="IsAlone">On a page of its own.</param>
public sealed record DecisionCard(PlanSheet Sheet, DecisionView Decision, OutcomeReading? ShownIn, bool IsAlone = false);

/// <summary>A question under a view.</summary>
public sealed record QuestionOnSheet(PlanSheet Sheet, ContributionView View, QuestionView Question);
