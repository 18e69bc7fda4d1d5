using Microsoft.Data.SqlClient;

namespace CasePlanning.Server.Tests.Support;

/// <summary>One host's database: a SQLite file in its data directory or, in a run on SQL Server, a database made for it alone.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>Set for the run on SQL Server only: the server on which every host makes its database.</summary>
    public const string ServerVariable = "CASEPLANNING_TEST_ON_SQLSERVER";

    private static readonly string? Server = Environment.GetEnvironmentVariable(ServerVariable);

    private readonly string? name;

    private TestDatabase(string? name) => this.name = name;

    public static bool IsSqlServer => Server is { Length: > 0 };

    public static TestDatabase New() => new(IsSqlServer ? $"caseplanning_test_{Guid.NewGuid():N}" : null);

    /// <summary>What the host needs to be told; nothing for SQLite, which is the default.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings => name is null ? [] :
    [
        new("Database:Provider", "SqlServer"),
        new("Database:ConnectionString", new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString),
        new("Database:Migrate", "true"),
    ];

    public async ValueTask DisposeAsync()
    {
        if (name is null)
            return;
        SqlConnection.ClearAllPools();
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(Server) { InitialCatalog = "master" }.ConnectionString);
        await connection.OpenAsync();
        await using var drop = connection.CreateCommand();
        drop.CommandText = $"""
            IF DB_ID('{name}') IS NOT NULL
            BEGIN
                ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE;
                DROP DATABASE [{name}];
            END
            """;
        await drop.ExecuteNonQueryAsync();
    }
}
