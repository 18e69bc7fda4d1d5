namespace CasePlanning.Server.Pages;

/// <summary>
/// Both sides of a change that came too late, for the partial <c>_Changed</c>. The form under it holds the new version, so that
/// sending it again is a decision made with both in sight.
/// </summary>
/// <param name="What">What it is, as the beginning of a sentence: <c>This action</c>.</param>
public sealed record Changed(string What, string? Now, string? Yours);
