using System.Diagnostics;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Boot;

/// <summary>The product as it is handed out: published for Release once, for all tests that look at it.</summary>
[CollectionDefinition(Name)]
public sealed class ReleaseBuild : IAsyncLifetime, ICollectionFixture<ReleaseBuild>
{
    public const string Name = "Release build";

    private static readonly TimeSpan LongestPublish = TimeSpan.FromMinutes(10);

    /// <summary>Where it was published already.</summary>
    private static readonly string? Made = Environment.GetEnvironmentVariable("RELEASE_BUILD") is { Length: > 0 } made ? made : null;

    public string Directory { get; } = Made ?? SourceFiles.At("artifacts/release-under-test");

    public async ValueTask InitializeAsync()
    {
        if (Made is not null)
            return;
        if (System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
        var (exit, output, errors) = await Run(
            ["publish", SourceFiles.At("src/CasePlanning.Server"), "--configuration", "Release", "--output", Directory, "--no-restore", "--nologo", "-v:quiet"],
            SourceFiles.Root, [], LongestPublish);
        Assert.True(exit == 0, $"The Release build cannot be published:\n{output}{errors}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Starts the server with exactly these settings, in a directory of its own.</summary>
    public Process Start(IEnumerable<string> arguments, string directory, IEnumerable<KeyValuePair<string, string>> environment) =>
        Started([Path.Combine(Directory, "CasePlanning.Server.dll"), .. arguments], directory, environment);

    /// <summary>Runs a verb to its end.</summary>
    public Task<(int Exit, string Output, string Errors)> RunVerb(
        IEnumerable<string> arguments, string directory, IEnumerable<KeyValuePair<string, string>> environment) =>
        Run([Path.Combine(Directory, "CasePlanning.Server.dll"), .. arguments], directory, environment, TimeSpan.FromMinutes(1));

    private static async Task<(int Exit, string Output, string Errors)> Run(
        IEnumerable<string> arguments, string directory, IEnumerable<KeyValuePair<string, string>> environment, TimeSpan longest)
    {
        using var process = Started(arguments, directory, environment);
        using var patience = new CancellationTokenSource(longest);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Started(IEnumerable<string> arguments, string directory, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true }
            .WithoutForeignSettings();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
