using System.Reflection;
using CasePlanning.Application;
using CasePlanning.Infrastructure;
using CasePlanning.Infrastructure.Backups;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server;
using CasePlanning.Server.Api;
using CasePlanning.Server.Api.V1;
using CasePlanning.Server.Identity;
using CasePlanning.Server.Pages;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
#if DEBUG
using CasePlanning.Infrastructure.Seeding;
using CasePlanning.Server.Development;
#endif

if (AuditVerb.IsAsked(args))
    return AuditVerb.Run(args);
try
{
    return await Run(args);
}
catch (StartRefused refusal) when (Assembly.GetEntryAssembly() == typeof(Program).Assembly)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return StartRefused.ExitCode;
}

static async Task<int> Run(string[] args)
{
    var said = args;
    if (ConsoleVerb.IsAsked(said) || BackupVerb.IsAsked(said))
        args = ConsoleVerb.SettingsIn(said);
#if DEBUG
    args = LaunchDefaults.Before(args);
#endif
    // The files and settings that come with the product lie beside it, wherever it is started from; whatever is set elsewhere wins.
    var files = Path.Combine(AppContext.BaseDirectory, "wwwroot");
    // What is set is read once. To see a file of settings change, all of the directory that a server is started in would be watched, with every
    // write to a database that lies in it.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false", .. args], WebRootPath = Directory.Exists(files) ? files : null });
    builder.Configuration.Sources.Insert(0, new JsonConfigurationSource { Path = "appsettings.json", FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory), Optional = true });
    if (KeysVerb.IsAsked(said))
        return KeysVerb.Run(said, builder, () => DataDirectory.Of(builder.Configuration, builder.Environment));
    if (BackupVerb.IsAsked(said))
        return await BackupVerb.Run(said, new Backups(builder, () => BuildQuietly(builder)));
    Furnish(builder);
#if DEBUG
    if (TokenVerb.IsAsked(args))
        return await TokenVerb.Run(args, builder, Prepare);
#endif
    if (ConsoleVerb.IsAsked(said))
        return await ConsoleVerb.Run(said, builder, Prepare);
    builder.RefuseUnsafeStart(args);
    // Whoever stops a server waits ten seconds at most: half of it for callers to finish, the rest for what they sent to be committed.
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));

    await using var app = builder.Build();
    app.Services.ClaimDatabase();
    // To make the database ready takes as long as all the rest, and needs nothing of it.
    var prepared = Task.Run(() => Prepare(app.Services));
    app.UseKnownProxies();
    app.UseCompression();
    app.UseApi();
    app.UseIdentity();
    app.MapHealth();
    app.MapApi().MapV1();
    app.MapPages();
#if DEBUG
    app.MapDevelopment();
#endif

    await prepared;
    await app.RunAsync();
    return 0;
}

static void Furnish(WebApplicationBuilder builder)
{
    // A command's text names tables and never values, but one line for each would bury everything else.
    builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning);
    builder.Services.AddApplication();
    builder.AddInfrastructure();
    builder.AddIdentity(DataDirectory.Of(builder.Configuration, builder.Environment));
    builder.AddApi();
    builder.AddPages();
#if DEBUG
    builder.AddDevelopment();
#endif
}

static WebApplication BuildQuietly(WebApplicationBuilder builder)
{
    Furnish(builder);
    builder.Logging.ClearProviders();
    return builder.Build();
}

static async Task Prepare(IServiceProvider services)
{
    await services.PrepareDatabase();
#if DEBUG
    await services.SeedDemo();
#endif
}
