namespace CasePlanning.Server.Pages.Plans;

/// <summary>Words from a form.</summary>
internal static class FormWords
{
    /// <summary>Null where nothing was said: a box that was left empty is no word.</summary>
    public static string? Said(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();

    /// <summary>The same without what no database takes: people paste it, it cannot be seen, so it is no part of their words.</summary>
    public static string? Cleaned(string? words) => Said(words) is { } said
        ? string.Concat(said.ReplaceLineEndings("\n").Where(c => !char.IsControl(c) || c is '\n' or '\t'))
        : null;

    /// <summary>The four fields under each other, to be compared.</summary>
    public static string Four(string? what, string? how, string? why, string? whereNext) => string.Join('\n',
        new[] { ("What", what), ("How", how), ("Why", why), ("Where to next", whereNext) }
            .Where(field => !string.IsNullOrWhiteSpace(field.Item2)).Select(field => $"{field.Item1}: {field.Item2!.Trim()}"));
}
