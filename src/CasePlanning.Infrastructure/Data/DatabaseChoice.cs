using Microsoft.EntityFrameworkCore;

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

    public static TOptions UseDatabase<TOptions>(this TOptions options, DatabaseSettings settings)
        where TOptions : DbContextOptionsBuilder
    {
        if (settings.Provider is DatabaseProvider.Sqlite)
            options
                .UseSqlite(SqliteDialect.ConnectionString(settings), sqlite => sqlite.MigrationsAssembly("CasePlanning.Migrations.Sqlite"))
                .AddInterceptors(SqliteDialect.Pragmas);
        else
            options.UseSqlServer(settings.ConnectionString, server => server
                .MigrationsAssembly("CasePlanning.Migrations.SqlServer")
                .EnableRetryOnFailure(MostRetries, LongestPause, DuplicateKey));
        return options;
    }
}
