namespace CasePlanning.Domain.Kernel;

/// <summary>
/// A rule of the planning domain that can be broken. <paramref name="Code"/> is stable and part of the API contract
/// (for example <c>review.voice-not-addressed</c>); <paramref name="Sentence"/> is what the person is told.
/// </summary>
public sealed record NamedRule(string Code, string Sentence)
{
    /// <summary>The exception to throw; <paramref name="details"/> name what stands in the way, one each.</summary>
    public BrokenRule Broken(params IEnumerable<BrokenRuleDetail> details) => new(this, [.. details]);
}

/// <summary>
/// One thing that stands in the way: the resource it concerns and a sentence about it. Never a submitted value, and never
/// anything the person who is told may not see.
/// </summary>
public sealed record BrokenRuleDetail(Guid? Subject, string Message);

/// <summary>Something was asked that the rules of planning do not allow now. Answered as 409 with the rule's code.</summary>
public sealed class BrokenRule(NamedRule rule, IReadOnlyList<BrokenRuleDetail> details) : Exception(rule.Sentence)
{
    public NamedRule Rule { get; } = rule;

    public IReadOnlyList<BrokenRuleDetail> Details { get; } = details;
}
