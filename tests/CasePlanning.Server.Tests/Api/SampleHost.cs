using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Kernel;
using CasePlanning.Server.Api;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace CasePlanning.Server.Tests.Api;

/// <summary>The edge alone, over the sample notes kept in memory: no database and no identity server.</summary>
public sealed class SampleHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SampleHost(WebApplication app) => this.app = app;

    /// <summary>What the handler of a note's reading throws instead of answering.</summary>
    public Exception? Failure { set => app.Services.GetRequiredService<Notebook>().Failure = value; }

    /// <summary>Holds up whoever adds a note until the returned source is set; the task ends when somebody has arrived.</summary>
    public (TaskCompletionSource Gate, Task Arrival) HoldUp()
    {
        var notebook = app.Services.GetRequiredService<Notebook>();
        var gate = new TaskCompletionSource();
        notebook.Gate = gate.Task;
        return (gate, notebook.Arrival.Task);
    }

    public static async Task<SampleHost> Start(string environment = "Production", ILoggerProvider? log = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.AddApi();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, NameIsToken>("test", null);
        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped<ICaller, Caller>();
        builder.Services.AddScoped<CurrentCall>();
        builder.Services.AddScoped<Looks>();
        builder.Services.AddSingleton<IJournal, ForgetfulJournal>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Notebook>();
        builder.Services.AddTransient<ServiceFactory>(services => services.GetRequiredService);
        builder.Services.AddTransient<IMediator, Mediator>();
        builder.Services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        ValidationWords.AddValidators(builder.Services, typeof(SampleHost).Assembly);
        foreach (var handled in typeof(Notebook).GetInterfaces().Where(i => i.IsGenericType))
            builder.Services.AddSingleton(handled, services => services.GetRequiredService<Notebook>());

        var app = builder.Build();
        app.UseApi();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapApi().MapNotes();
        await app.StartAsync();
        return new SampleHost(app);
    }

    /// <summary>A client that is signed in under a name, or not at all.</summary>
    public HttpClient As(string? person)
    {
        var client = app.GetTestClient();
        if (person is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", person);
        return client;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class NameIsToken(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(AuthenticationHeaderValue.TryParse(Request.Headers.Authorization, out var header)
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, header.Parameter!)], "test")), "test"))
                : AuthenticateResult.NoResult());
    }

    private sealed class Caller(IHttpContextAccessor http) : ICaller
    {
        private readonly HttpContext context = http.HttpContext!;

        public Guid? PersonId => null;

        public string? ClientId => context.User.Identity!.Name;

        public bool IsSignedIn => context.User.Identity!.IsAuthenticated;

        public IReadOnlyList<string> Scopes => [];

        public DateTimeOffset? AuthenticatedAt => null;

        public bool HasSecondFactor => false;

        public string RequestId => context.TraceIdentifier;

        public string? IdempotencyKey => Idempotency.KeyOf(context);
    }
}

/// <summary>Notes tell of no child, so nothing is ever given to it.</summary>
internal sealed class ForgetfulJournal : IJournal
{
    public Task Record(JournalEntry entry, CancellationToken cancellation) => throw new InvalidOperationException("Who reads a note is nobody's business.");
}

/// <summary>Keeps the notes, and handles everything that is asked of them.</summary>
internal sealed class Notebook(IServiceScopeFactory scopes) :
    IRequestHandler<AddNote, Written>, IRequestHandler<ChangeNote, Written>, IRequestHandler<ReadNote, NoteView>,
    IRequestHandler<ListNotes, Page<NoteView>>
{
    private readonly ConcurrentDictionary<Guid, NoteView> notes = new();
    private readonly ConcurrentDictionary<string, (NewNote Body, Guid Id)> keys = new();
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    public Exception? Failure { get; set; }

    public Task Gate { get; set; } = Task.CompletedTask;

    public TaskCompletionSource Arrival { get; } = new();

    public async Task<Written> Handle(AddNote request, CancellationToken cancellationToken)
    {
        Arrival.TrySetResult();
        await Gate;
        using var scope = scopes.CreateScope();
        var key = scope.ServiceProvider.GetRequiredService<ICaller>().IdempotencyKey!;
        if (keys.TryGetValue(key, out var done))
            return Json.Bytes(done.Body).AsSpan().SequenceEqual(Json.Bytes(request.Body)) ? new Written(done.Id, true) : throw new KeyUsedForAnotherRequest();
        var note = new NoteView(Ids.New(now += TimeSpan.FromSeconds(1)), request.Body.Words, request.Body.Kind, request.Body.On, request.Body.At, request.Body.Aside, 1);
        keys[key] = (request.Body, note.Id);
        notes[note.Id] = note;
        return new Written(note.Id);
    }

    public Task<Written> Handle(ChangeNote request, CancellationToken cancellationToken)
    {
        var note = notes.GetValueOrDefault(request.Id) ?? throw new NotVisible();
        if (note.Version != request.Version)
            throw new StaleVersion(note.Version);
        notes[note.Id] = note with
        {
            Words = request.Body.Words.Or(note.Words),
            Aside = request.Body.Aside.Or(note.Aside),
            On = request.Body.On.Or(note.On),
            Version = note.Version + 1,
        };
        return Task.FromResult(new Written(note.Id));
    }

    public Task<NoteView> Handle(ReadNote request, CancellationToken cancellationToken) =>
        Failure is null ? Task.FromResult(notes.GetValueOrDefault(request.Id) ?? throw new NotVisible()) : throw Failure;

    public Task<Page<NoteView>> Handle(ListNotes request, CancellationToken cancellationToken)
    {
        var from = notes.Values.OrderBy(n => n.Id).Where(n => request.After is null || n.Id > Guid.Parse(request.After)).ToList();
        var items = from.Take(request.Limit).ToList();
        return Task.FromResult(new Page<NoteView>(items, from.Count > items.Count ? items[^1].Id.ToString() : null));
    }
}

/// <summary>One host of each environment, since what a framework does with bad input differs between them.</summary>
public sealed class SampleHosts : IAsyncLifetime
{
    public static readonly string[] Environments = ["Development", "Production"];

    private readonly Dictionary<string, SampleHost> hosts = [];

    public SampleHost In(string environment) => hosts[environment];

    public async ValueTask InitializeAsync()
    {
        foreach (var environment in Environments)
            hosts[environment] = await SampleHost.Start(environment);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts.Values)
            await host.DisposeAsync();
    }
}

/// <summary>Everything that was logged, as one text.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = new();

    public string Text => string.Join('\n', lines);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}

internal static class SampleRequests
{
    public const string GoodNote = """
        {"words":"It went well.","kind":"phoneCall","author":"01999f3a-5c00-7000-8000-000000000002","on":"2026-10-14",
        "at":"2026-10-14T16:30:00+01:00","stars":3,"shared":true,"child":{"givenName":"Kezia","identifiers":[{"system":"upn","value":"X1"}]},"labels":["home"]}
        """;

    public static HttpRequestMessage Post(string path, byte[] body, string? key = null, string type = "application/json") =>
        Send(HttpMethod.Post, path, body, type, (Idempotency.Header, key ?? Guid.NewGuid().ToString()));

    public static HttpRequestMessage Post(string path, string body, string? key = null) => Post(path, Encoding.UTF8.GetBytes(body), key);

    public static HttpRequestMessage Patch(string path, string body, string? ifMatch, string type = "application/merge-patch+json") =>
        Send(HttpMethod.Patch, path, Encoding.UTF8.GetBytes(body), type, ("If-Match", ifMatch));

    private static HttpRequestMessage Send(HttpMethod method, string path, byte[] body, string type, (string Name, string? Value) header)
    {
        var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (header.Value is not null)
            request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return request;
    }
}
