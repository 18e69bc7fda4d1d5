namespace CasePlanning.Server.Tests.Support;

/// <summary>The files of the repository that the tests were built from.</summary>
public static class SourceFiles
{
    public static string Root { get; } = FindRoot();

    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>The C# files below a directory of the repository, without what a build put there.</summary>
    public static IEnumerable<string> Below(string directory) =>
        Directory.EnumerateFiles(At(directory), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CasePlanning.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
