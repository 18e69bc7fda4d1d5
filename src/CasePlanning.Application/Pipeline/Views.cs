namespace CasePlanning.Application.Pipeline;

/// <summary>A view of something that several people change: they name its version when they change it (<c>If-Match</c>).</summary>
public interface IVersionedView
{
    int Version { get; }
}

/// <summary>
/// One page of a list. <paramref name="Next"/> says, in the handler's own words (usually the last id), where the following page
/// begins; null on the last page. Whoever answers over HTTP seals it, so it may hold what the caller should not read.
/// </summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
