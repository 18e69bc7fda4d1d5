namespace CasePlanning.Application.Pipeline;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="After">Where the previous page ended, as its <see cref="Page{T}.Next"/> said; null for the first page.</param>
public sealed record PageOf(string? After, int Limit);

public static class Pages
{
    /// <summary>Cuts a page out of a short list that is already in order and already fit for the caller's eyes.</summary>
    public static Page<T> Cut<T>(this IEnumerable<T> ordered, Func<T, Guid> id, PageOf page)
    {
        var rest = page.After is { } after ? ordered.SkipWhile(item => id(item).ToString() != after).Skip(1) : ordered;
        var items = rest.Take(page.Limit + 1).ToList();
        return items.Count <= page.Limit
            ? new Page<T>(items, null)
            : new Page<T>(items[..page.Limit], id(items[page.Limit - 1]).ToString());
    }
}
