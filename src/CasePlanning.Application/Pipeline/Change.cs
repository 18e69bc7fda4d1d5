namespace CasePlanning.Application.Pipeline;

/// <summary>
/// A member of a merge patch (RFC 7396), which can be absent (leave it as it is), null (clear it) or a value (put it in place).
/// As a member of a body record it has a default: <c>record PlanChanges(Change&lt;string?&gt; KnownAs = default)</c>.
/// </summary>
public readonly record struct Change<T> : IChange
{
    public Change(T value)
    {
        IsGiven = true;
        Value = value;
    }

    public bool IsGiven { get; }

    /// <summary>What to put in place; nothing of meaning unless <see cref="IsGiven"/>.</summary>
    public T Value { get; }

    /// <summary>What the member is after the patch.</summary>
    public T Or(T current) => IsGiven ? Value : current;

    public static implicit operator Change<T>(T value) => new(value);
}

/// <summary>Any <see cref="Change{T}"/>, for whoever needs no more than to know whether it is given.</summary>
public interface IChange
{
    bool IsGiven { get; }
}
