using System.Net.Http.Headers;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Development;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Server.Tests.Support;

/// <summary>
/// The whole product in process, on a real, migrated database of its own and a data directory of its own, both gone at the end.
/// The database is SQLite, or SQL Server in the run that <c>SqlServerRun</c> starts.
/// </summary>
public sealed class PlanningHost : WebApplicationFactory<Program>
{
    private readonly TestDatabase database = TestDatabase.New();
    private readonly bool ownsDirectory = true;

    public FixedClock Clock { get; } = new();

    public string Environment { get; init; } = "Development";

    /// <summary>A fresh one, unless a test starts a host again where another has been.</summary>
    public string DataDirectory
    {
        get;
        init => (field, ownsDirectory) = (value, false);
    } = Directory.CreateTempSubdirectory("caseplanning-").FullName;

    /// <summary>Settings beyond those of every test.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>A caller who is signed in as the person <c>{name}@demo.example</c>, at whatever time the clock shows.</summary>
    public ApiCaller SignInAs(string name) => new(CreateDefaultClient(new SignedIn(this, $"{name}@demo.example")));

    /// <summary>A caller without a token.</summary>
    public ApiCaller Anonymous() => new(CreateClient());

    /// <summary>Tokens last hours and stories last months, so a new one is fetched whenever the clock has moved.</summary>
    private sealed class SignedIn(PlanningHost host, string email) : DelegatingHandler
    {
        private (DateTimeOffset At, string Token) issued;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (issued.At != host.Clock.Now)
            {
                await using var scope = host.Services.CreateAsyncScope();
                var token = await scope.ServiceProvider.GetRequiredService<DevelopmentTokens>().For(email);
                issued = (host.Clock.Now, token ?? throw new ArgumentException($"Nobody has the address {email}.", nameof(request)));
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", issued.Token);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Data:Directory", DataDirectory);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Critical");
        foreach (var (name, value) in database.Settings.Concat(Settings))
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(RecordedQueries.Recorder));
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await database.DisposeAsync();
        if (ownsDirectory)
            Directory.Delete(DataDirectory, recursive: true);
    }
}
