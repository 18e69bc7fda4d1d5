using System.Collections;
using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using CasePlanning.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;

namespace CasePlanning.Server.Tests.Data;

/// <summary>
/// Asks SQL Server's provider for the SQL of a query that was compiled for SQLite. The context is never connected: commands
/// are caught on their way out and answered with no rows.
/// </summary>
internal sealed class SqlServerTranslator : IDisposable
{
    private static readonly MethodInfo Execute = typeof(IQueryProvider).GetMethod(nameof(IQueryProvider.Execute), 1, [typeof(Expression)])!;

    private readonly Outgoing outgoing = new();
    private readonly PlanningContext server;

    public SqlServerTranslator() => server = new PlanningContext(new DbContextOptionsBuilder<PlanningContext>()
        .UseSqlServer("Data Source=nowhere")
        .AddInterceptors(outgoing, new NeverConnects())
        .Options);

    public void Dispose() => server.Dispose();

    /// <returns>The commands the query sends.</returns>
    /// <exception cref="InvalidOperationException">SQL Server's provider cannot translate it.</exception>
    public IReadOnlyList<CaughtCommand> Translate(Expression query)
    {
        if (ExpressionPrinter.Print(query).Contains("AsSplitQuery", StringComparison.Ordinal))
            throw new InvalidOperationException("A split query sends a second command only when the first brings rows, so it cannot be checked here.");
        outgoing.Caught.Clear();
        var provider = server.GetService<IAsyncQueryProvider>();
        var rerooted = new Rerooting(server, provider).Visit(query);
        try
        {
            if (rerooted.Type.IsAssignableTo(typeof(IQueryable)))
                foreach (var _ in (IEnumerable)provider.CreateQuery(rerooted)) { }
            else
                Execute.MakeGenericMethod(rerooted.Type).Invoke(provider, BindingFlags.DoNotWrapExceptions, null, [rerooted], null);
        }
        catch (InvalidOperationException) when (outgoing.Caught.Count > 0)
        {
            // It was translated and sent; First and Single then miss the row that nobody sent back.
        }

        return [.. outgoing.Caught];
    }

    /// <summary>Lets the query begin at SQL Server's tables and gives each parameter a value of its type.</summary>
    private sealed class Rerooting(DbContext server, IAsyncQueryProvider provider) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) => node switch
        {
            EntityQueryRootExpression root => new EntityQueryRootExpression(provider, server.Model.FindEntityType(root.EntityType.Name)!),
            QueryParameterExpression parameter => Captured(parameter.Type),
            _ => base.VisitExtension(node),
        };

        /// <summary>As if the query had been written with a variable, so that EF Core makes it a parameter again.</summary>
        private static MemberExpression Captured(Type type)
        {
            var variable = typeof(Variable<>).MakeGenericType(type);
            return Expression.Field(Expression.Constant(Activator.CreateInstance(variable, Sample(type))), nameof(Variable<>.Value));
        }

        private static object? Sample(Type type)
        {
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (type == typeof(string))
                return "sample";
            if (type.IsEnum)
                return Enum.GetValues(type).GetValue(0);
            if (ElementOf(type) is { } element)
            {
                var items = Array.CreateInstance(element, 2);
                items.SetValue(Sample(element), 0);
                items.SetValue(Sample(element), 1);
                return type.IsInstanceOfType(items) ? items : Activator.CreateInstance(type, items);
            }

            return type.IsValueType ? Activator.CreateInstance(type) : null;
        }

        private static Type? ElementOf(Type type) => type.GetInterfaces().Append(type)
            .FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GenericTypeArguments[0];
    }

    private sealed class Variable<T>(T value)
    {
        public readonly T Value = value;
    }

    private sealed class Outgoing : DbCommandInterceptor
    {
        public List<CaughtCommand> Caught { get; } = [];

        public override InterceptionResult<DbDataReader> ReaderExecuting(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            Catch(command);
            return InterceptionResult<DbDataReader>.SuppressWithResult(new DataTable().CreateDataReader());
        }

        public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
        {
            Catch(command);
            return InterceptionResult<int>.SuppressWithResult(0);
        }

        private void Catch(DbCommand command) => Caught.Add(new CaughtCommand(
            command.CommandText, [.. command.Parameters.Cast<Microsoft.Data.SqlClient.SqlParameter>()]));
    }

    private sealed class NeverConnects : DbConnectionInterceptor
    {
        public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            InterceptionResult.Suppress();

        public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            InterceptionResult.Suppress();
    }
}

internal sealed record CaughtCommand(string Sql, IReadOnlyList<Microsoft.Data.SqlClient.SqlParameter> Parameters);
