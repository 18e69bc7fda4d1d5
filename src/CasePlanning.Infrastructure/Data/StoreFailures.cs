using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace CasePlanning.Infrastructure.Data;

/// <summary>Tells a store that is away, locked or full from a fault of ours.</summary>
internal static class StoreFailures
{
    private const int SqlServerTimeout = -2;
    private const int SqlServerDeadlock = 1205;
    private const int SqlServerDataFileFull = 1105;
    private const int SqlServerLogFull = 9002;

    /// <summary>SQL Server's severities from here on speak of its resources and of itself, below of the statement.</summary>
    private const byte SqlServerResources = 17;

    /// <summary>What the caller is told when the store is to blame; null when it is not.</summary>
    public static StoreUnavailable? AsStoreUnavailable(this Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (Code(cause) is { } code)
                return new StoreUnavailable(code, failure);
        }

        return null;
    }

    private static string? Code(Exception cause) => cause switch
    {
        SqliteException { SqliteErrorCode: SQLITE_FULL } => "store.full",
        SqliteException
        {
            SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED or SQLITE_IOERR or SQLITE_READONLY or SQLITE_CANTOPEN or SQLITE_PERM
                or SQLITE_NOMEM or SQLITE_PROTOCOL or SQLITE_CORRUPT or SQLITE_NOTADB
        } => "store.unavailable",
        SqlException { Number: SqlServerDataFileFull or SqlServerLogFull } => "store.full",
        SqlException { Number: SqlServerTimeout or SqlServerDeadlock } => "store.unavailable",
        SqlException { Class: >= SqlServerResources } => "store.unavailable",
        _ => null,
    };
}

internal sealed class StoreFaults : IStoreFaults
{
    public StoreUnavailable? In(Exception failure) => failure.AsStoreUnavailable();
}
