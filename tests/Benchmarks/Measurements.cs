namespace CasePlanning.Benchmarks;

/// <summary>Takes the directory that the stores are kept in meanwhile; the one for temporary files when none is given.</summary>
internal static class Measurements
{
    public static async Task<int> Main(string[] arguments)
    {
        if (IsForDebugging)
        {
            await Console.Error.WriteLineAsync("Measure with --configuration Release.");
            return 2;
        }

        await JournaledReads.Measure(arguments is [var directory, ..] ? directory : Path.GetTempPath());
        return 0;
    }

#if DEBUG
    private static bool IsForDebugging => true;
#else
    private static bool IsForDebugging => false;
#endif
}
