using System.Net.Http.Headers;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Infrastructure.Journal;
using CasePlanning.Infrastructure.Mail;
using CasePlanning.Server.Development;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CasePlanning.Server.Tests.Support;

/// <summary>
/// The whole product in process, on a real, migrated database of its own and a data directory of its own, both gone at the end.
/// The database is SQLite, or SQL Server in the run that <c>SqlServerRun</c> starts.
/// </summary>
public sealed class PlanningHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly TestDatabase database = TestDatabase.New();
    private readonly bool ownsDirectory = true;

    public FixedClock Clock { get; } = new();

    public RecordedCalls Calls { get; } = new();

    /// <summary>False where the journal cannot be complete: its store fails on purpose, or callers go round this host's ways in.</summary>
    public bool ComparesJournal { get; init; } = true;

    public string Environment { get; init; } = "Development";

    /// <summary>Callers are held to the same limits as real ones.</summary>
    public bool LimitsAsShipped { get; init; }

    /// <summary>A fresh one, unless a test starts a host again where another has been.</summary>
    public string DataDirectory
    {
        get => field ??= Directory.CreateTempSubdirectory("caseplanning-").FullName;
        init => (field, ownsDirectory) = (value, false);
    }

    /// <summary>Settings beyond those of every test.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Mails are written and sent in the background, as in life; otherwise when a test says so.</summary>
    public bool MailsByItself { get; init; }

    /// <summary>The journal is numbered and signed in the background, as in life; otherwise when a test says so.</summary>
    public bool NumbersByItself { get; init; } = true;

    /// <summary>Mail can be written by every host; it goes nowhere but where a test listens for it.</summary>
    private static readonly Dictionary<string, string> Mail = new()
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = "9",
        ["Mail:From"] = "no-reply@plans.demo.example",
        ["Mail:Tls"] = "None",
    };

    /// <summary>What a test puts in place of the product's own.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    /// <summary>Starts it. A factory that is first used by many at once would start many times.</summary>
    public ValueTask InitializeAsync()
    {
        StartServer();
        return ValueTask.CompletedTask;
    }

    /// <summary>A caller who is signed in as the person <c>{name}@demo.example</c>, at whatever time the clock shows.</summary>
    public ApiCaller SignInAs(string name) => Calling(() => TokenOf(name));

    /// <summary>A caller with a token, which is fetched anew whenever the clock has moved: tokens last hours and stories last months.</summary>
    public ApiCaller Calling(Func<Task<string>> token) => new(CreateDefaultClient(new SignedIn(this, token)));

    /// <summary>The systems of agencies.</summary>
    public Integrators Integrators => new(this);

    /// <summary>Somebody in front of a browser, who has not signed in.</summary>
    public Visitor Visit(string root = "http://localhost") =>
        new(CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri(root) }), Calls.Add);

    /// <summary>The person <c>{name}@demo.example</c> in front of a browser, signed in on the pages.</summary>
    public async Task<Visitor> VisitAs(string name)
    {
        var visitor = Visit();
        await visitor.Get("/sign-in");
        await visitor.SubmitThe("form[action='/development/be-somebody']", ("as", $"{name}@demo.example"));
        return visitor.HasCookie("signed-in") ? visitor : throw new ArgumentException($"Nobody here is {name}.", nameof(name));
    }

    /// <summary>The token that the token verb would print now.</summary>
    public async Task<string> TokenOf(string name)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DevelopmentTokens>().For($"{name}@demo.example")
            ?? throw new ArgumentException($"Nobody here is {name}.", nameof(name));
    }

    /// <summary>Numbers and signs now what the journal holds, as happens by itself within a minute.</summary>
    public async Task SignJournal()
    {
        var sequencer = Services.GetService<Sequencer>() ?? Services.GetServices<IHostedService>().OfType<Sequencer>().Single();
        while (await sequencer.NumberWhatWaits(CancellationToken.None) > 0)
        {
        }

        await sequencer.Sign(TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>Puts things there that nobody could put there through the API: the first people of an authority, say.</summary>
    public Task<int> Write(Action<IPlanningDatabase> change) =>
        Services.GetRequiredService<IWriteLane>().Run(async (services, cancellation) =>
        {
            var store = services.GetRequiredService<IPlanningDatabase>();
            change(store);
            return await store.SaveChangesAsync(cancellation);
        }, CancellationToken.None);

    /// <summary>A client whose calls are compared with the journal, as those of <see cref="SignInAs"/> are.</summary>
    public HttpClient Watched(string root = "http://localhost") => CreateDefaultClient(new Uri(root), new Watcher(this));

    /// <summary>The newest mail that was written to somebody and has not gone.</summary>
    public async Task<MailText?> MailTo(string name)
    {
        var mail = await With(database => database.OutgoingMails.AsNoTracking()
            .Where(m => database.Persons.Any(p => p.Id == m.ToPersonId && p.Email == $"{name}@demo.example"))
            .OrderByDescending(m => m.WrittenAt).FirstOrDefaultAsync());
        return mail?.Text(Services.GetRequiredService<ISealing>());
    }

    /// <summary>Looks into the database.</summary>
    public async Task<T> With<T>(Func<IPlanningDatabase, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<IPlanningDatabase>());
    }

    /// <summary>Writes the mails that what has happened asks for, as happens by itself within seconds.</summary>
    public async Task WriteNotices()
    {
        await SignJournal();
        await Services.GetRequiredService<NoticeWriter>().WriteWhatIsDue(CancellationToken.None);
    }

    /// <summary>Writes the daily mails of all whose morning has come by now.</summary>
    public Task WriteDailyMails() => Services.GetRequiredService<DailyWriter>().WriteWhatIsDue(CancellationToken.None);

    /// <summary>Takes what waits to the mail server.</summary>
    public Task SendMails() => Services.GetRequiredService<MailSender>().SendWhatWaits(CancellationToken.None);

    /// <summary>A caller without a token.</summary>
    public ApiCaller Anonymous() => new(CreateClient());

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (BeginsPrepared)
            PreparedDirectory.CopyTo(DataDirectory);
        builder.UseEnvironment(Environment);
        builder.UseSetting("Data:Directory", DataDirectory);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureLogging(logging => logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical));
        // The server in process has no limit of its own to set for a body, and says so each time.
        foreach (var says in new[] { "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Mvc.Filters.RequestSizeLimitFilter" })
            builder.UseSetting($"Logging:LogLevel:{says}", "Error");
        foreach (var (name, value) in ForReal().Concat(Unlimited()).Concat(Mail).Concat(database.Settings).Concat(Settings))
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(RecordedQueries.Recorder));
            if (!MailsByItself)
                LeaveToTests(services, worker => worker.Namespace == typeof(MailSender).Namespace);
            if (!NumbersByItself)
                LeaveToTests(services, worker => worker == typeof(Sequencer));
            Replace(services);
        });
    }

    /// <summary>Begins with nothing, and so with keys of its own.</summary>
    public bool BeginsEmpty { get; init; }

    /// <summary>Where nothing says that this host would begin otherwise than any other.</summary>
    private bool BeginsPrepared => !BeginsEmpty && ownsDirectory && Environment is "Development" && Settings.Count == 0 && !TestDatabase.IsSqlServer;

    /// <summary>Callers here do in a minute what people do in a month.</summary>
    private IEnumerable<KeyValuePair<string, string>> Unlimited() =>
        LimitsAsShipped ? [] : Enum.GetNames<Limit>().Select(limit => KeyValuePair.Create($"RateLimits:{limit}:Requests", "1000000"));

    private static void LeaveToTests(IServiceCollection services, Func<Type, bool> which)
    {
        foreach (var worker in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType is { } type && which(type)).ToList())
        {
            services.Remove(worker);
            services.AddSingleton(worker.ImplementationType!);
        }
    }

    /// <summary>What a host must be told before it serves real people.</summary>
    private IEnumerable<KeyValuePair<string, string>> ForReal() => Environment is "Development" ? [] : ProductionSettings.In(DataDirectory);

    public override async ValueTask DisposeAsync()
    {
        IReadOnlyList<string> unmatched = ComparesJournal && ownsDirectory && !Calls.IsEmpty ? await Calls.CompareInRun(Services) : [];
        await base.DisposeAsync();
        await database.DisposeAsync();
        if (ownsDirectory)
            Directory.Delete(DataDirectory, recursive: true);
        Found.Nothing(unmatched);
    }

    private sealed class Watcher(PlanningHost host) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            host.Calls.Add(request, response);
            return response;
        }
    }

    /// <summary>Tokens last hours and stories last months, so a new one is fetched whenever the clock has moved.</summary>
    private sealed class SignedIn(PlanningHost host, Func<Task<string>> token) : DelegatingHandler
    {
        private (DateTimeOffset At, string Token) issued;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (issued.At != host.Clock.Now)
                issued = (host.Clock.Now, await token());
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issued.Token);
            var response = await base.SendAsync(request, cancellationToken);
            host.Calls.Add(request, response);
            return response;
        }
    }
}
