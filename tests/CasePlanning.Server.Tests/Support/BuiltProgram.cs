using System.Diagnostics;

namespace CasePlanning.Server.Tests.Support;

/// <summary>The program as it was built with the tests, and as a developer starts it: a process of its own, that hears of nothing but its arguments.</summary>
internal static class BuiltProgram
{
    public static Process Start(params IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CasePlanning.Server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }.WithoutForeignSettings())!;

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Exit, string Output, string Errors)> Run(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n").TrimEnd(), (await errors).ReplaceLineEndings("\n").TrimEnd());
    }
}
