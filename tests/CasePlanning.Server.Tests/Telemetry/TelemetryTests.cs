using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CasePlanning.Application;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace CasePlanning.Server.Tests.Telemetry;

/// <summary>What is sent to whoever collects traces and metrics, byte by byte; and that nothing is where nobody was named.</summary>
public sealed class TelemetryTests
{
    private const string Endpoint = "Telemetry:Otlp:Endpoint";

    [Fact]
    public async Task It_tells_of_routes_and_numbers_and_nothing_of_anybody()
    {
        await using var collector = await Collector.Start();
        var failing = new FailingWrites();
        await using var host = new PlanningHost
        {
            ComparesJournal = false,
            Settings = new Dictionary<string, string> { [Endpoint] = collector.Address, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
            Replace = services => services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(failing)),
        };
        await host.InitializeAsync();
        var canaries = new List<string>();
        var hamo = host.SignInAs("hamo.tresk");
        hamo.Http.DefaultRequestHeaders.Add("User-Agent", Canary("agent"));
        hamo.Http.DefaultRequestHeaders.Add("Referer", $"https://elsewhere.example/{Canary("referer")}");
        hamo.Http.DefaultRequestHeaders.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        hamo.Http.DefaultRequestHeaders.Add("tracestate", $"vendor={Canary("state")}");
        hamo.Http.DefaultRequestHeaders.Add("baggage", $"who={Canary("baggage")}");

        var plan = Known((await hamo.Post("/plans", new { child = new { givenName = Canary("name"), familyName = Canary("family"), dateOfBirth = "2014-05-01" }, kind = "pep" })).Expect(201).Id);
        (await hamo.Post($"/plans/{plan}/participants", new { person = new { name = Canary("teacher"), email = "seen.by.nobody@demo.example" }, role = "teacher" })).Expect(201);
        using var teacher = host.SignInAs("seen.by.nobody");
        var review = Known((await hamo.Post($"/plans/{plan}/reviews", new { title = Canary("title"), opensOn = "2026-10-01", closesOn = "2026-10-30", invite = "everyone" })).Expect(201).Id);
        Known((await teacher.Post($"/plans/{plan}/contributions", new { reviewId = review, outcome = "enjoy-and-achieve", words = Canary("words") }, key: Canary("key"))).Expect(201).Id);
        (await hamo.Get($"/plans/{plan}/reading")).Expect(200);
        (await hamo.Get($"/plans/{Known(Guid.NewGuid().ToString())}")).Expect(404);
        (await hamo.Get($"/plans?cursor={Canary("cursor")}")).Expect(400);
        (await hamo.Get($"/{Canary("path")}")).Expect(404);
        (await hamo.Send(new HttpMethod(Canary("METHOD")), "/plans", null)).Expect(405);
        failing.Saying = Canary("failure");
        (await hamo.Put("/me/expertise", new { canDo = "Much", cannotDo = "Little", ageFrom = 4, ageTo = 18, area = "Thornmere", howToReach = "By telephone" })).Expect(500);
        failing.Saying = null;
        var hamosToken = Known(await host.TokenOf("hamo.tresk"));
        await (await host.VisitAs("hamo.tresk")).Get($"/plans/{plan}");

        Assert.True(host.Services.GetRequiredService<TracerProvider>().ForceFlush());
        Assert.True(host.Services.GetRequiredService<MeterProvider>().ForceFlush());
        Assert.NotEmpty(hamosToken);
        foreach (var told in (string[])["/reading", "http.route", "http.response.status_code", "commit", "caseplanning.commit.commands", "caseplanning.commit.duration",
            "caseplanning.journal.unnumbered", "caseplanning.mail.waiting", "http.server.request.duration", "dotnet.gc.collections"])
            Assert.Contains(told, collector.Received, StringComparison.Ordinal);
        Found.Nothing(canaries.Where(canary => collector.Received.Contains(canary, StringComparison.OrdinalIgnoreCase)));
        Found.Nothing(new[] { "url.path", "url.query", "user_agent", "client.address", "server.address", "demo.example", "seen.by.nobody" }.Where(tag => collector.Received.Contains(tag, StringComparison.Ordinal)));

        string Canary(string of) => Known($"zq{of}{Guid.NewGuid():N}");

        string Known(string canary)
        {
            canaries.Add(canary);
            return canary;
        }
    }

    [Fact]
    public async Task Where_nobody_is_named_nothing_of_it_is_there()
    {
        // Where collectors listen; whoever has the place already is one.
        using var places = new Places(4317, 4318);
        await using var host = new PlanningHost();
        (await host.SignInAs("hamo.tresk").Get("/plans")).Expect(200);

        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.False(places.WasCalled);
    }

    [Theory]
    [InlineData(Endpoint)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task An_endpoint_that_is_none_stops_the_start_and_is_named(string setting)
    {
        await using var host = new PlanningHost { Settings = new Dictionary<string, string> { [setting] = "the collector" } };

        var fault = await Assert.ThrowsAsync<StartRefused>(async () => await host.InitializeAsync());

        Assert.Contains(setting, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Takes whatever comes, and keeps it as it came.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly ConcurrentQueue<byte[]> bodies = [];

        private Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapPost("/v1/{signal}", async (HttpContext http) =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                bodies.Enqueue(body.ToArray());
            });
        }

        public string Address => app.Urls.Single();

        /// <summary>Texts stand in it as they are.</summary>
        public string Received => string.Concat(bodies.Select(Encoding.Latin1.GetString));

        public static async Task<Collector> Start()
        {
            var collector = new Collector();
            await collector.app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }

    private sealed class Places : IDisposable
    {
        private readonly List<TcpListener> listeners = [];

        public Places(params int[] ports)
        {
            foreach (var port in ports)
            {
                var listener = new TcpListener(IPAddress.Loopback, port);
                try
                {
                    listener.Start();
                    listeners.Add(listener);
                }
                catch (SocketException)
                {
                    listener.Dispose();
                }
            }
        }

        public bool WasCalled => listeners.Any(l => l.Pending());

        public void Dispose() => listeners.ForEach(l => l.Dispose());
    }

    /// <summary>Says of every command that changes something what SQL Server says of some.</summary>
    private sealed class FailingWrites : DbCommandInterceptor
    {
        public string? Saying { get; set; }

        public override ValueTask<InterceptionResult<System.Data.Common.DbDataReader>> ReaderExecutingAsync(
            System.Data.Common.DbCommand command, CommandEventData eventData, InterceptionResult<System.Data.Common.DbDataReader> result, CancellationToken cancellationToken = default) =>
            Saying is { } words && eventData.CommandSource is CommandSource.SaveChanges ? throw new InvalidOperationException(words) : new(result);
    }
}
