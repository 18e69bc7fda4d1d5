using System.Data.Common;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Infrastructure.Data;
using CasePlanning.Server.Tests.Api.Visibility;
using CasePlanning.Server.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace CasePlanning.Server.Tests.Edge;

/// <summary>Failures are logged without their messages. What everything else logs is looked at by the canary tests.</summary>
public sealed class LogTests
{
    private const int DiskFault = 10;

    [Fact]
    public async Task A_failing_store_s_words_are_not_logged()
    {
        Assert.SkipWhen(TestDatabase.IsSqlServer, "About SQLite's write lane alone.");
        using var logs = new LogScan();
        await using var host = new PlanningHost
        {
            ComparesJournal = false,
            Replace = services =>
            {
                services.RemoveAll<ILoggerProvider>();
                services.AddSingleton<ILoggerProvider>(logs);
            },
        };
        await host.InitializeAsync();
        var (canary, before) = ($"zq{Guid.NewGuid():N}", logs.Lines);

        await Assert.ThrowsAsync<StoreUnavailable>(() => host.Services.GetRequiredService<IWriteLane>()
            .Run<int>((_, _) => throw new SqliteException($"The row with {canary} cannot be written.", DiskFault), CancellationToken.None));

        Assert.True(logs.Lines > before, "Nothing was logged of it at all.");
        Found.Nothing(logs.Offending);
    }

    [Fact]
    public async Task What_a_database_says_of_a_failing_write_is_not_logged()
    {
        using var logs = new LogScan();
        var failing = new FailingWrites();
        await using var host = new PlanningHost
        {
            ComparesJournal = false,
            Settings = new Dictionary<string, string>
            {
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "Debug",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Debug",
            },
            Replace = services =>
            {
                services.RemoveAll<ILoggerProvider>();
                services.AddSingleton<ILoggerProvider>(logs);
                services.ConfigureDbContext<PlanningContext>(options => options.AddInterceptors(failing));
            },
        };
        using var winifred = host.SignInAs("winifred.tolland");
        (await winifred.Get("/me")).Expect(200);
        var before = logs.Lines;

        failing.Saying = $"Cannot insert duplicate key row. The duplicate key value is (zq{Guid.NewGuid():N}).";
        (await winifred.Put("/me/expertise", new { canDo = "Much", cannotDo = "Little", ageFrom = 4, ageTo = 18, area = "Thornmere", howToReach = "By telephone" })).Expect(500);
        failing.Saying = null;

        Assert.True(logs.Lines > before, "Nothing was logged of it at all.");
        Found.Nothing(logs.Offending);
    }

    /// <summary>Says of every command that changes something what SQL Server says of some.</summary>
    private sealed class FailingWrites : DbCommandInterceptor
    {
        public string? Saying { get; set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            Saying is not null && eventData.CommandSource is CommandSource.SaveChanges ? throw new InvalidOperationException(Saying) : new(result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Saying is not null && eventData.CommandSource is CommandSource.SaveChanges ? throw new InvalidOperationException(Saying) : new(result);
    }
}
