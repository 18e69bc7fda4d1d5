using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CasePlanning.Infrastructure.Data;

/// <summary>The one place where a database context meets its provider.</summary>
public static class DatabaseChoice
{
    /// <summary>As often as SQL Server asks for a deadlocked or interrupted transaction to be tried again.</summary>
    private const int MostRetries = 3;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Two requests wrote the same key at once (2601 and 2627 are its two names). The one that lost is carried out again and
    /// then meets what the other wrote, as it would have a moment later.
    /// </summary>
    private static readonly int[] DuplicateKey = [2601, 2627];

    /// <summary>
    /// Left out of the log: EF Core would write what the database says of a failure, and SQL Server quotes the values of a row.
    /// Whoever catches the failure logs it without its words.
    /// </summary>
    private static readonly EventId[] QuoteValues =
        [CoreEventId.SaveChangesFailed, CoreEventId.QueryIterationFailed, RelationalEventId.CommandError, CoreEventId.ExecutionStrategyRetrying];

    public static TOptions UseDatabase<TOptions>(this TOptions options, DatabaseSettings settings)
        where TOptions : DbContextOptionsBuilder
    {
        if (settings.Provider is DatabaseProvider.Sqlite)
            options
                .UseSqlite(SqliteDialect.ConnectionString(settings), sqlite => sqlite
                    .MigrationsAssembly("CasePlanning.Migrations.Sqlite")
                    .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .AddInterceptors(SqliteDialect.Pragmas, OpenContexts.Failures, KeptStatements.OfQueries)
                // A migration that stops half-way has changed a copy, and the file not at all.
                .ConfigureWarnings(events => events.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning));
        else
            options.UseSqlServer(settings.ConnectionString, server => server
                .MigrationsAssembly("CasePlanning.Migrations.SqlServer")
                .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
                .EnableRetryOnFailure(MostRetries, LongestPause, DuplicateKey));
        options.ConfigureWarnings(events => events.Ignore(QuoteValues));
        return options;
    }
}
