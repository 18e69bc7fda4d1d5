using System.Linq.Expressions;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>
/// A query of a review's contributions for one reader, translated once for all readers: who reads what is the one rule, put into it in
/// the place of its name.
/// </summary>
/// <param name="query">Of the context, the plan and the review, and then of what <see cref="ContributionVisibility.IsReadBy"/> asks of a reader.</param>
internal sealed class ReaderQuery<T>(
    Expression<Func<DbContext, Guid, Guid, Guid, Guid, Guid, bool, bool, bool, bool, List<Guid>, IQueryable<T>>> query)
{
    private readonly Compiled<Func<DbContext, Guid, Guid, Guid, Guid, Guid, bool, bool, bool, bool, List<Guid>, IAsyncEnumerable<T>>> compiled =
        new(() => EF.CompileAsyncQuery(ContributionVisibility.WithRule(query)));

    public IAsyncEnumerable<T> Of(IPlanningDatabase database, Viewer viewer, Guid reviewId) => compiled.For(database, out var context)(
        context, viewer.PlanId, reviewId, viewer.ParticipantId, viewer.AgencyId ?? Guid.Empty, viewer.ClientId ?? Guid.Empty,
        viewer.ReadsProfessionals, viewer.ReadsHealth, viewer.ReadsHome, viewer.ReadsNamed, [.. viewer.Hidden.Views]);
}
