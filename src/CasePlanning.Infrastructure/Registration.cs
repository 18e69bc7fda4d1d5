using CasePlanning.Application;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Infrastructure.Backups;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Infrastructure.Journal;
using CasePlanning.Infrastructure.Mail;
using CasePlanning.Infrastructure.Telemetry;
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
        services.AddScoped<IOpenIddictEntityFrameworkCoreContext>(scope => new ContextOfTheIssuer(
            scope.GetRequiredService<ContextOfTheLane>().Context ?? scope.GetRequiredService<PlanningContext>()));
        if (settings.Provider is DatabaseProvider.Sqlite)
        {
            services.AddSingleton<OpenContexts>();
            services.AddScoped<OpenContext>();
            services.AddScoped<IReadConnection>(scope => scope.GetRequiredService<OpenContext>());
            // Asked for each time, so that whoever asks after it was given back is told so.
            services.AddTransient<IPlanningDatabase>(scope =>
                scope.GetRequiredService<ContextOfTheLane>().Context ?? scope.GetRequiredService<OpenContext>().Context);
            services.AddSingleton<SoleServer>();
            services.AddSingleton<WritesBeside>();
            services.AddSingleton<FactWrites>();
            services.AddSingleton(root => new KeptFacts(isToldOfEveryWrite: true, () => root.GetRequiredService<WritesBeside>().Count));
            services.AddSingleton(root => new PlanChanges(areAllTold: true, () => root.GetRequiredService<WritesBeside>().Count));
            services.AddSingleton<SqliteWriteLane>();
            services.AddSingleton<IWriteLane>(root => root.GetRequiredService<SqliteWriteLane>());
            services.AddHostedService(root => root.GetRequiredService<SqliteWriteLane>());
        }
        else
        {
            // Connections are dear to hold and cheap to take from their pool.
            services.AddScoped<IPlanningDatabase>(scope =>
                scope.GetRequiredService<ContextOfTheLane>().Context ?? scope.GetRequiredService<PlanningContext>());
            services.AddSingleton(_ => new PlanChanges(areAllTold: false, () => 0));
            services.AddSingleton<IWriteLane, SqlServerWriteLane>();
        }
    }
}
