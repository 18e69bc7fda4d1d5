namespace CasePlanning.Server;

/// <summary>What is said to the program: perhaps a verb, and settings.</summary>
internal static class CommandLine
{
    /// <summary>
    /// A word that is neither a setting nor the value of one; null when there is none. Whoever asks for a verb that this build
    /// does not have must not get a running server instead.
    /// </summary>
    public static string? StrayWord(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].Contains('=', StringComparison.Ordinal))
                continue;
            if (args[i] is not ['-' or '/', ..])
                return args[i];
            // The next one is its value.
            i++;
        }

        return null;
    }
}
