using System.Diagnostics;

namespace CasePlanning.Server.Tests.Support;

/// <summary>The program as a developer starts it: a process of its own, that hears of nothing but its arguments.</summary>
internal static class ServerProcess
{
    private static readonly string[] Foreign =
        ["ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "Data__", "Database__", "Identity__", "Keys__", "Kestrel__", "Proxies__", "Demo__", "RateLimits__", "OTEL_"];

    public static Process Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "CasePlanning.Server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => Foreign.Any(f => name.StartsWith(f, StringComparison.OrdinalIgnoreCase))).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Exit, string Output, string Errors)> Run(params IEnumerable<string> arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n").TrimEnd(), (await errors).ReplaceLineEndings("\n").TrimEnd());
    }
}
