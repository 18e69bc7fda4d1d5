using CasePlanning.Domain.Contributions;

namespace CasePlanning.Domain.Reviews;

/// <summary>One visible view as a recheck looks at it: when its newest words were signed.</summary>
public readonly record struct ArrivedView(Guid ContributionId, string Outcome, DateTimeOffset SignedAt);

/// <summary>
/// "This decision was taken before that view arrived", worked out when read from the times alone, so that a late view touches
/// no decision. Only views the reader can see count: a hidden one must not be guessed from a decision's mark.
/// </summary>
public static class Rechecking
{
    /// <summary>The views on the decision's outcomes that nobody has checked it against yet.</summary>
    public static IReadOnlyList<Guid> Unchecked(
        IReadOnlyCollection<string> outcomes, DateTimeOffset decidedAt, IEnumerable<ArrivedView> visible,
        IReadOnlyCollection<(DateTimeOffset At, IReadOnlyCollection<Guid> Considered)> rechecks) =>
        [.. visible
            .Where(v => outcomes.Contains(v.Outcome) && v.SignedAt > decidedAt)
            .Where(v => !rechecks.Any(r => r.At >= v.SignedAt && r.Considered.Contains(v.ContributionId)))
            .Select(v => v.ContributionId)];

    /// <summary>The stances that stand: the newest of each person about each field.</summary>
    public static IEnumerable<T> Standing<T>(this IEnumerable<T> responses, Func<T, (Guid By, DecisionField? About, DateTimeOffset At, Guid Id)> key) =>
        responses
            .GroupBy(r => (key(r).By, key(r).About))
            .Select(g => g.OrderBy(r => key(r).At).ThenBy(r => key(r).Id).Last());

    public static bool IsDissent(this Stance stance) => stance is Stance.Partly or Stance.Disagree;
}
