namespace CasePlanning.Server.Tests.Support;

/// <summary>The files of the repository that a test compares with.</summary>
public static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    private static string Above(string directory) =>
        File.Exists(Path.Combine(directory, "CasePlanning.sln"))
            ? directory
            : Above(Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("CasePlanning.sln was not found above the tests."));
}
