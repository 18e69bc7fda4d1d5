using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CasePlanning.Infrastructure.Data;

public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>Which database this process works on. Chosen by settings, never by the operating system.</summary>
/// <param name="Migrate">Whether to migrate at start; null leaves it to provider and environment (see <see cref="Preparation"/>).</param>
public sealed record DatabaseSettings(DatabaseProvider Provider, string ConnectionString, bool? Migrate = null)
{
    private const string ProviderSetting = "Database:Provider";
    private const string ConnectionStringSetting = "Database:ConnectionString";
    private const string MigrateSetting = "Database:Migrate";
    private const string SqliteFile = "caseplanning.db";

    /// <exception cref="InvalidOperationException">A setting cannot be used; the message names it.</exception>
    public static DatabaseSettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = ProviderFrom(configuration[ProviderSetting]);
        var connection = configuration[ConnectionStringSetting];
        if (string.IsNullOrWhiteSpace(connection))
        {
            if (provider is not DatabaseProvider.Sqlite)
                throw new InvalidOperationException($"{ConnectionStringSetting} is missing: {provider} needs one.");
            var file = Path.Combine(DataDirectory.Of(configuration, environment), SqliteFile);
            connection = new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;
        }

        return new DatabaseSettings(provider, connection, MigrateFrom(configuration[MigrateSetting]));
    }

    private static DatabaseProvider ProviderFrom(string? setting) => setting?.ToLowerInvariant() switch
    {
        null or "" or "sqlite" => DatabaseProvider.Sqlite,
        "sqlserver" => DatabaseProvider.SqlServer,
        _ => throw new InvalidOperationException($"{ProviderSetting} must be Sqlite or SqlServer."),
    };

    private static bool? MigrateFrom(string? setting) => setting switch
    {
        null or "" => null,
        _ when bool.TryParse(setting, out var migrate) => migrate,
        _ => throw new InvalidOperationException($"{MigrateSetting} must be true or false."),
    };
}
