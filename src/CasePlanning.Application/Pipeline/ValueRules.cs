using FluentValidation;

namespace CasePlanning.Application.Pipeline;

/// <summary>The rules for every value that is not text.</summary>
public static class ValueRules
{
    private static readonly DateOnly FirstDay = new(1900, 1, 1);
    private static readonly DateOnly LastDay = new(2199, 12, 31);

    /// <summary>A day that a plan can be about; far-off ones are slips of the keyboard, and the clocks count from them.</summary>
    public static IRuleBuilderOptions<T, DateOnly> Day<T>(this IRuleBuilder<T, DateOnly> rule) =>
        rule.Must(IsNear).WithErrorCode("out-of-range").WithMessage("Use a day between 1900 and 2199.");

    /// <summary>A day, or null.</summary>
    public static IRuleBuilderOptions<T, DateOnly?> Day<T>(this IRuleBuilder<T, DateOnly?> rule) =>
        rule.Must(day => day is not { } given || IsNear(given)).WithErrorCode("out-of-range").WithMessage("Use a day between 1900 and 2199.");

    /// <summary>A time, or null.</summary>
    public static IRuleBuilderOptions<T, DateTimeOffset?> Instant<T>(this IRuleBuilder<T, DateTimeOffset?> rule) =>
        rule.Must(at => at is not { } given || IsNear(DateOnly.FromDateTime(given.UtcDateTime)))
            .WithErrorCode("out-of-range").WithMessage("Use a time between 1900 and 2199.");

    /// <summary>A list that is not longer than anybody would send in good faith; absent counts as empty.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> AtMost<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>?> rule, int most) =>
        rule.Must(items => items is null || items.Count <= most).WithErrorCode("too-many").WithMessage($"Use no more than {most} items.");

    /// <summary>A list with at least one item.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>?> AtLeastOne<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>?> rule) =>
        rule.Must(items => items is { Count: > 0 }).WithErrorCode("required").WithMessage("Name at least one.");

    public static IRuleBuilderOptions<T, string?> Email<T>(this IRuleBuilder<T, string?> rule, int max) =>
        rule.Line(max).EmailAddress();

    private static bool IsNear(DateOnly day) => FirstDay <= day && day <= LastDay;
}
