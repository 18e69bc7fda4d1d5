using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;

namespace CasePlanning.Server.Tests.Support;

/// <summary>
/// Every query that any host of this test run has compiled, in the form in which EF Core is about to translate it. What the
/// tests ask of SQLite is what <c>QueriesOnSqlServer</c> then asks of SQL Server.
/// </summary>
public static class RecordedQueries
{
    private static readonly ConcurrentDictionary<string, Expression> Queries = new();

    public static IInterceptor Recorder { get; } = new WhenCompiled();

    public static IReadOnlyCollection<Expression> All => [.. Queries.OrderBy(query => query.Key, StringComparer.Ordinal).Select(query => query.Value)];

    private sealed class WhenCompiled : IQueryExpressionInterceptor
    {
        public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
        {
            Queries.TryAdd(ExpressionPrinter.Print(queryExpression), queryExpression);
            return queryExpression;
        }
    }
}
