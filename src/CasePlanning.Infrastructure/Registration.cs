using CasePlanning.Application;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Infrastructure.Backups;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Infrastructure.Journal;
using CasePlanning.Infrastructure.Mail;
using CasePlanning.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenIddict.EntityFrameworkCore;

namespace CasePlanning.Infrastructure;

public static class Registration
{
    /// <summary>Longer than any healthy store needs for the little that readiness asks of it.</summary>
    private static readonly TimeSpan ReadinessTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Everything behind the ports of the application, chosen by configuration.</summary>
    /// <exception cref="StartRefused">A setting cannot be used; the message names it.</exception>
    public static void AddInfrastructure(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        Restoring.RefuseUnfinished(DataDirectory.Of(builder.Configuration, builder.Environment));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new Clocks(builder.Configuration));
        services.AddScoped<IClocks, StoredClocks>();
        services.AddAccountStore();
        AddJournal(builder);
        AddMail(builder);
        AddDatabase(services, DatabaseSettings.From(builder.Configuration, builder.Environment));
        builder.AddTelemetry();
        services.AddHealthChecks().AddCheck<Readiness>("ready", timeout: ReadinessTimeout);
    }

    private static void AddJournal(IHostApplicationBuilder builder)
    {
        var directory = DataDirectory.Of(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton<IJournal, JournalWriter>();
        builder.Services.AddSingleton(new CheckpointFile(directory, CheckpointFile.OriginOf(builder.Configuration)));
        builder.Services.AddHostedService<Sequencer>();
    }

    private static void AddMail(IHostApplicationBuilder builder)
    {
        var settings = MailSettings.Of(builder.Configuration, builder.Environment);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<IMail>(settings);
        builder.Services.AddHostedService<NoticeWriter>();
        builder.Services.AddHostedService<DailyWriter>();
        builder.Services.AddHostedService<MailSender>();
    }

    private static void AddDatabase(IServiceCollection services, DatabaseSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<IStoreFaults, StoreFaults>();
        services.AddDbContextPool<PlanningContext>(options => options.UseDatabase(settings));
        services.AddOpenIddict().AddCore(core => core
            .UseEntityFrameworkCore().UseDbContext<PlanningContext>().ReplaceDefaultEntities<Guid>());
        services.AddScoped<ContextOfTheLane>();
        services.AddSingleton(_ => new KeptReadings(isToldOfEveryChange: settings.Provider is DatabaseProvider.Sqlite));
        services.AddScoped<IOpenIddictEntityFrameworkCoreContext>(scope => new ContextOfTheIssuer(
            scope.GetRequiredService<ContextOfTheLane>().Context ?? scope.GetRequiredService<PlanningContext>()));
        services.AddScoped<IPlanningDatabase>(scope =>
            scope.GetRequiredService<ContextOfTheLane>().Context ?? Ready(scope.GetRequiredService<PlanningContext>(), settings));

        if (settings.Provider is DatabaseProvider.Sqlite)
        {
            services.AddSingleton<SoleServer>();
            services.AddSingleton<SqliteWriteLane>();
            services.AddSingleton<IWriteLane>(root => root.GetRequiredService<SqliteWriteLane>());
            services.AddHostedService(root => root.GetRequiredService<SqliteWriteLane>());
        }
        else
        {
            services.AddSingleton<IWriteLane, SqlServerWriteLane>();
        }
    }

    /// <summary>
    /// EF Core opens and closes a connection for every query, and for SQLite that costs more than most queries do. So there it is
    /// opened once for all that one scope asks; SQL Server's are dear to hold and cheap to take from their pool.
    /// </summary>
    private static PlanningContext Ready(PlanningContext context, DatabaseSettings settings)
    {
        if (settings.Provider is DatabaseProvider.Sqlite)
            context.Database.OpenConnection();
        return context;
    }
}
