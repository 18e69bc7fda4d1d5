using CasePlanning.Benchmarks.Stores;

namespace CasePlanning.Benchmarks;

/// <summary>Makes stores to measure on, and who asks there; or measures what the journal costs.</summary>
internal static class Measurements
{
    private const int WrongUsage = 2;

    public static async Task<int> Main(string[] arguments)
    {
        if (IsForDebugging)
            return await Complain("Measure with --configuration Release.");
        switch (arguments)
        {
            case ["generate", var directory, .. var rest]:
                if (StoreSize.In(rest) is not { } size)
                    return await Complain($"Usage: {StoreSize.Usage}");
                await ManyPlans.Make(directory, size);
                await Callers.Of(directory);
                return 0;
            case ["callers", var directory]:
                await Callers.Of(directory);
                return 0;
            case [] or [_]:
                await JournaledReads.Measure(arguments is [var parent] ? parent : Path.GetTempPath());
                return 0;
            default:
                return await Complain($"Usage: {StoreSize.Usage}, callers DIRECTORY, or the directory that the stores are kept in meanwhile");
        }
    }

    private static async Task<int> Complain(string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return WrongUsage;
    }

#if DEBUG
    private static bool IsForDebugging => true;
#else
    private static bool IsForDebugging => false;
#endif
}
