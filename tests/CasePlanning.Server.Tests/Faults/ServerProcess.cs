using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CasePlanning.Server.Tests.Boot;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Faults;

/// <summary>The published server as a process of its own, which can be killed, stopped and looked at.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly SocketsHttpHandler sockets = new() { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5) };
    private readonly ConcurrentDictionary<string, ApiCaller> callers = new();
    private readonly ConcurrentQueue<string> said = new();
    private readonly TaskCompletionSource<Uri?> address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>From when it was asked to start until it was ready.</summary>
    public TimeSpan TookToStart { get; private set; }

    public string Said => string.Join('\n', said);

    /// <summary>What it said last. All of it can be tens of megabytes, which whoever reports a failure would take an hour to print.</summary>
    public string SaidLast => string.Join('\n', said.TakeLast(200));

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ServerProcess> Start(ReleaseBuild release, string directory, IEnumerable<KeyValuePair<string, string>> settings)
    {
        var began = Stopwatch.GetTimestamp();
        var server = new ServerProcess(release.Start([], directory, settings));
        try
        {
            server.Anybody.BaseAddress = await server.address.Task.WaitAsync(LongestStart);
            Assert.True(server.Anybody.BaseAddress is not null, $"The server ended before it listened:\n{server.SaidLast}");
            while (await server.Health("ready") is not HttpStatusCode.OK)
            {
                Assert.True(Stopwatch.GetElapsedTime(began) < LongestStart, $"The server does not become ready:\n{server.SaidLast}");
                await Task.Delay(20);
            }

            server.TookToStart = Stopwatch.GetElapsedTime(began);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public HttpClient Anybody { get; private init; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public ApiCaller As(string token) => callers.GetOrAdd(token, _ => new ApiCaller(new HttpClient(sockets, disposeHandler: false)
    {
        BaseAddress = Anybody.BaseAddress,
        Timeout = TimeSpan.FromSeconds(30),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    }));

    public async Task<HttpStatusCode> Health(string what)
    {
        using var answer = await Anybody.GetAsync(new Uri($"/health/{what}", UriKind.Relative));
        return answer.StatusCode;
    }

    /// <summary>SIGKILL: the process has no chance to do anything more.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and how long it then took.</summary>
    public async Task<(TimeSpan Took, int ExitCode)> Stop()
    {
        var began = Stopwatch.GetTimestamp();
        using (var asked = Process.Start("sh", ["-c", $"kill -TERM {process.Id.ToString(CultureInfo.InvariantCulture)}"]))
            await asked.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(LongestStop);
        return (Stopwatch.GetElapsedTime(began), process.ExitCode);
    }

    /// <summary>Its memory in MiB and its open files, as the kernel counts them.</summary>
    public (double Memory, int Handles) Size()
    {
        var pages = File.ReadAllText($"/proc/{process.Id}/statm").Split(' ')[1];
        return (double.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize / (1 << 20), Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
        foreach (var caller in callers.Values)
            caller.Dispose();
        sockets.Dispose();
        Anybody.Dispose();
    }

    private void Hear(string? line)
    {
        said.Enqueue(line ?? "");
        if (line is null)
            address.TrySetResult(null);
        else if (Listens().Match(line) is { Success: true } found)
            address.TrySetResult(new Uri(found.Groups[1].Value));
    }

    [GeneratedRegex("Now listening on: (https?://.+)")]
    private static partial Regex Listens();
}
