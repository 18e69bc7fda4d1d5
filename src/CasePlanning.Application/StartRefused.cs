namespace CasePlanning.Application;

/// <summary>
/// The host must not start as it is set up. The message names the setting, or the file, and says what is wrong with it; whoever
/// started the host reads that and nothing else.
/// </summary>
public sealed class StartRefused(string reason, Exception? cause = null) : Exception(reason, cause)
{
    /// <summary>The exit code for a configuration error (<c>EX_CONFIG</c> of sysexits.h).</summary>
    public const int ExitCode = 78;

    /// <param name="fault">What is wrong, as the rest of a sentence that begins with the setting.</param>
    public static StartRefused Setting(string setting, string fault, Exception? cause = null) => new($"The setting {setting} {fault}.", cause);
}
