using CasePlanning.Application;
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

    /// <exception cref="StartRefused">A setting cannot be used; the message names it.</exception>
    public static DatabaseSettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        var provider = ProviderFrom(configuration[ProviderSetting], environment);
        var connection = configuration[ConnectionStringSetting];
        if (string.IsNullOrWhiteSpace(connection))
        {
            if (provider is not DatabaseProvider.Sqlite)
                throw StartRefused.Setting(ConnectionStringSetting, $"is missing: {provider} needs one");
            var file = Path.Combine(DataDirectory.Of(configuration, environment), SqliteFile);
            connection = new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;
        }

        return new DatabaseSettings(provider, connection, MigrateFrom(configuration[MigrateSetting]));
    }

    /// <summary>SQLite is a default for Development alone: elsewhere a misspelt setting must not end in an empty file.</summary>
    private static DatabaseProvider ProviderFrom(string? setting, IHostEnvironment environment) => setting?.ToLowerInvariant() switch
    {
        null or "" when environment.IsDevelopment() => DatabaseProvider.Sqlite,
        null or "" => throw StartRefused.Setting(ProviderSetting, "is missing: say Sqlite or SqlServer"),
        "sqlite" => DatabaseProvider.Sqlite,
        "sqlserver" => DatabaseProvider.SqlServer,
        _ => throw StartRefused.Setting(ProviderSetting, "must be Sqlite or SqlServer"),
    };

    private static bool? MigrateFrom(string? setting) => setting switch
    {
        null or "" => null,
        _ when bool.TryParse(setting, out var migrate) => migrate,
        _ => throw StartRefused.Setting(MigrateSetting, "must be true or false"),
    };
}
