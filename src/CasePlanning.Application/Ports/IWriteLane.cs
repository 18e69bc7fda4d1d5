namespace CasePlanning.Application.Ports;

/// <summary>
/// The way into the database for writes. On SQLite, which has one writer, commands go down one lane and share a commit; on SQL
/// Server each takes its own transaction. Either way the returned task ends only after the commit that holds the work.
/// </summary>
public interface IWriteLane
{
    /// <summary>
    /// Runs <paramref name="work"/> inside a transaction and commits. <paramref name="work"/> gets the services of the lane
    /// (its own database context; the caller is the one who called this) and must save before it returns. If it throws,
    /// nothing of it is kept. It may be run a second time when the database asks for a retry, so it must not touch anything else.
    /// </summary>
    Task<T> Run<T>(Func<IServiceProvider, CancellationToken, Task<T>> work, CancellationToken cancellation);
}
