using System.Linq.Expressions;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Infrastructure.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace CasePlanning.Server.Tests.Data;

/// <summary>The guard over all queries, seen to find what it should and to let pass what it should.</summary>
public sealed class QueriesOnSqlServerTests
{
    private static readonly Viewer Nurse = new(Guid.Empty, Guid.Empty, Guid.Empty, Role.Nurse, Guid.Empty, IsLead: false);

    [Fact]
    public void What_the_product_asks_is_let_pass()
    {
        var ids = new List<Guid> { Guid.Empty, Guid.Empty };
        var prefix = "Thorn";

        Assert.Empty(Faults(
            store => store.Contributions.ContributionsVisibleTo(Nurse).Select(c => new { c.Id, c.ReaderIds }).ToList(),
            store => store.Contributions.ContributionsSummarisedFor(Nurse).Count(),
            store => store.Contributions.ContributionsWithheldFrom(Nurse).Any(),
            store => store.Voices.Where(v => ids.Contains(v.ReviewId)).Select(v => new { v.Absence, v.Attempts }).ToList(),
            store => store.Plans.Where(p => p.Child.GivenName == prefix).Select(p => p.Child).FirstOrDefault(),
            store => store.Agencies.Where(a => a.Name.StartsWith(prefix)).OrderBy(a => a.Name).Skip(2).Take(ids.Count).ToList(),
            store => store.Reviews.Where(r => r.ClosedAt == null && r.OpensOn <= new DateOnly(2026, 1, 1)).Select(r => r.Meetings).ToList(),
            store => store.Drafts.Where(d => d.AuthorId == ids[0]).ExecuteDelete(),
            store => store.Frameworks.ExecuteUpdate(set => set.SetProperty(f => f.Name, prefix))));
    }

    [Fact]
    public void A_query_that_only_SQLite_understands_is_found() =>
        Assert.Single(Faults(store => store.Agencies.Where(a => EF.Functions.Glob(a.Name, "Thorn*")).ToList()));

    [Fact]
    public void A_query_that_compares_the_text_of_a_list_with_a_column_is_found() => Assert.Single(Faults(store =>
        (from decision in store.Decisions
         from contribution in store.Contributions
         where decision.Outcomes.Contains(contribution.Outcome)
         select contribution.Id).ToList()));

    [Fact]
    public void A_query_whose_second_half_cannot_be_seen_is_found() =>
        Assert.Single(Faults(store => store.Actions.Include(a => a.Holders).AsSplitQuery().ToList()));

    /// <summary>Compiles queries for SQLite, as a host does, and brings them before the guard.</summary>
    private static IReadOnlyList<string> Faults(params Func<PlanningContext, object?>[] queries)
    {
        var compiled = new Compiled();
        using var store = new PlanningContext(new DbContextOptionsBuilder<PlanningContext>()
            .UseSqlite("Data Source=:memory:").AddInterceptors(compiled).Options);
        foreach (var query in queries)
            Assert.Throws<SqliteException>(() => query(store));
        return QueriesOnSqlServer.FaultsIn(compiled.Queries);
    }

    private sealed class Compiled : IQueryExpressionInterceptor
    {
        public List<Expression> Queries { get; } = [];

        public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
        {
            Queries.Add(queryExpression);
            return queryExpression;
        }
    }
}
