namespace CasePlanning.Server.Tests.Support;

/// <summary>The files of the repository that a test compares with.</summary>
public static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The C# files below a directory, without what a build put there.</summary>
    public static IEnumerable<string> SourcesBelow(string relative) =>
        Directory.EnumerateFiles(PathOf(relative), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "CasePlanning.sln"))
            ? directory
            : Above(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("CasePlanning.sln was not found above the tests."));
}
