using System.Runtime.CompilerServices;
using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CasePlanning.Application.Pipeline;

/// <summary>
/// A query that is asked with every request, translated once: EF Core would otherwise walk through its expression each time, which
/// costs more than SQLite needs to answer it. A translation belongs to one model, and a process may work with several.
/// </summary>
/// <typeparam name="TQuery">As <c>EF.CompileAsyncQuery</c> returns it, the first parameter being the context.</typeparam>
public sealed class Compiled<TQuery>(Func<TQuery> compile)
    where TQuery : Delegate
{
    private readonly ConditionalWeakTable<IModel, TQuery> queries = [];

    /// <summary>To be asked of <paramref name="context"/>, which is <paramref name="database"/>.</summary>
    public TQuery For(IPlanningDatabase database, out DbContext context)
    {
        context = (DbContext)database;
        return queries.GetValue(context.Model, _ => compile());
    }
}
