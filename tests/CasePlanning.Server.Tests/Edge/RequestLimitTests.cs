using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>Requests that are too large, too long or too slow, over a real socket: refused in time, and the host serves on.</summary>
public sealed class RequestLimitTests(RequestLimitTests.OnAPort onAPort) : IClassFixture<RequestLimitTests.OnAPort>
{
    private readonly PlanningHost host = onAPort.Host;

    [Fact]
    public async Task A_body_that_trickles_in_is_refused_within_seconds()
    {
        using var call = await Call.To(host);
        var began = Stopwatch.GetTimestamp();
        await call.Send($"{Post()}Content-Length: 4000\r\n\r\n{{");

        var answer = await call.Answer(trickle: " ");

        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.Contains("request.too-slow", answer, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 4, 30);
        await IsServing();
    }

    [Fact]
    public async Task Headers_that_do_not_end_are_refused_within_seconds()
    {
        using var call = await Call.To(host);
        var began = Stopwatch.GetTimestamp();
        await call.Send("GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n");

        Assert.StartsWith("HTTP/1.1 408 ", await call.Answer(), StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 10, 40);
        await IsServing();
    }

    [Fact]
    public async Task Headers_that_are_too_large_or_too_many_are_refused()
    {
        Assert.StartsWith("HTTP/1.1 431 ", await Once($"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX-Long: {new string('x', 40_000)}\r\n\r\n"), StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Range(0, 200).Select(i => $"X-{i}: x\r\n"));
        Assert.StartsWith("HTTP/1.1 431 ", await Once($"GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await Once($"GET /api/v1/me?{new string('x', 40_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
        await IsServing();
    }

    [Fact]
    public async Task Bodies_that_are_too_large_or_too_deep_are_refused()
    {
        // Refused for what it says it is, before any of it is sent.
        Assert.StartsWith("HTTP/1.1 413 ", await Once($"{Post()}Content-Length: 2000000\r\n\r\n"), StringComparison.Ordinal);
        var chunks = string.Concat(Enumerable.Repeat($"10000\r\n{new string(' ', 0x10000)}\r\n", 20));
        Assert.StartsWith("HTTP/1.1 413 ", await Once($"{Post()}Transfer-Encoding: chunked\r\n\r\n{chunks}0\r\n\r\n"), StringComparison.Ordinal);
        var deep = $"{new string('[', 5_000)}{new string(']', 5_000)}";
        Assert.StartsWith("HTTP/1.1 400 ", await Once($"{Post()}Content-Length: {deep.Length}\r\n\r\n{deep}"), StringComparison.Ordinal);
        await IsServing();
    }

    private string Post() =>
        $"POST /api/v1/plans HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {onAPort.Token}\r\nIdempotency-Key: {Guid.NewGuid()}\r\nContent-Type: application/json\r\n";

    private async Task<string> Once(string request)
    {
        using var call = await Call.To(host);
        await call.Send(request);
        return await call.Answer();
    }

    private async Task IsServing()
    {
        using var hamo = host.SignInAs("hamo.tresk");
        (await hamo.Get("/me")).Expect(200);
    }

    public sealed class OnAPort : IAsyncLifetime
    {
        public PlanningHost Host { get; } = new();

        public string Token { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Host.UseKestrel(0);
            await Host.InitializeAsync();
            Token = await Host.TokenOf("hamo.tresk");
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    /// <summary>A connection over which anything can be said.</summary>
    private sealed class Call : IDisposable
    {
        private readonly TcpClient socket = new();

        public static async Task<Call> To(PlanningHost host)
        {
            var call = new Call();
            await call.socket.ConnectAsync(host.ClientOptions.BaseAddress.Host, host.ClientOptions.BaseAddress.Port);
            return call;
        }

        public async Task Send(string text)
        {
            try
            {
                await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
            }
            catch (IOException)
            {
                // It hung up while more was coming; what it said is still there to be read.
            }
        }

        /// <param name="trickle">What is sent every half a second while no answer has come.</param>
        public async Task<string> Answer(string? trickle = null)
        {
            var (text, buffer) = (new StringBuilder(), new byte[4096]);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var reading = socket.GetStream().ReadAsync(buffer, patience.Token).AsTask();
            while (trickle is not null && await Task.WhenAny(reading, Task.Delay(500, patience.Token)) != reading)
                await Send(trickle);
            while (await Read(reading) is var length and > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));
                if (text.ToString() is var soFar && soFar.Contains("\r\n\r\n", StringComparison.Ordinal) && (trickle is null || soFar.TrimEnd().EndsWith('}')))
                    break;
                reading = socket.GetStream().ReadAsync(buffer, patience.Token).AsTask();
            }

            return text.ToString();
        }

        public void Dispose() => socket.Dispose();

        private static async Task<int> Read(Task<int> reading)
        {
            try
            {
                return await reading;
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }
}
