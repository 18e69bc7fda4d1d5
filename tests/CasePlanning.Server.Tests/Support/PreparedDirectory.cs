namespace CasePlanning.Server.Tests.Support;

/// <summary>
/// The data directory of a host that has started once: database migrated, demo in it, keys made. To make one takes a host
/// seconds and there are hundreds of hosts, so that each begins with a copy of the same.
/// </summary>
internal static class PreparedDirectory
{
    private static readonly Lazy<string> Prepared = new(Prepare);

    public static void CopyTo(string directory)
    {
        // A host makes its own claim; that of the first may still be held by a process that was begun while it ran.
        foreach (var file in Directory.EnumerateFiles(Prepared.Value, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".serving", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(directory, Path.GetRelativePath(Prepared.Value, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static string Prepare()
    {
        var directory = Directory.CreateTempSubdirectory("caseplanning-prepared-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(directory, recursive: true);
        using var host = new PlanningHost { DataDirectory = directory };
        host.StartServer();
        return directory;
    }
}
