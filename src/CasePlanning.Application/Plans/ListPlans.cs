using System.Globalization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The plans the caller takes part in now, or its agency when a client calls, by the child's chosen name.</summary>
public sealed record ListPlans(PageOf Page, PlanFilter? Filter = null)
    : IQuery<Page<PlanSummary>>, ISignedIn, ITellsOfChildren, IForClientsThatRead;

/// <summary>Which of the caller's plans; all that is given must fit.</summary>
/// <param name="Name">A part of the child's chosen name, in capitals or not.</param>
/// <param name="Outcome">The code of an outcome that the plan is structured by.</param>
/// <param name="Role">The caller's role in it.</param>
/// <param name="ReviewState">How far the review is that is running, or else the newest.</param>
public sealed record PlanFilter(string? Name = null, string? Outcome = null, Role? Role = null, ReviewState? ReviewState = null);

/// <summary>A plan in a list.</summary>
/// <param name="Role">The caller's role in it; absent for a client, which has none.</param>
/// <param name="Review">The review that is running, or else the newest.</param>
public sealed record PlanSummary(Guid Id, PlanKind Kind, string ChildName, Role? Role, bool IsLead, ReviewSummary? Review);

public sealed class ListPlansHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ListPlans, Page<PlanSummary>>
{
    /// <summary>Whoever looks for Zoe finds Zoë.</summary>
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    public async Task<Page<PlanSummary>> Handle(ListPlans request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var viewers = (await Viewers.OfCaller(database, call, database.Participants, now, cancellationToken)).Where(v => v.May(Permission.Read)).ToList();
        var mine = viewers.Select(v => v.PlanId).Distinct().ToList();
        var plans = await database.Plans.AsNoTracking().Where(p => mine.Contains(p.Id))
            .Select(p => new { p.Id, p.Kind, p.Authority, p.Framework, Name = p.Child.KnownAs ?? p.Child.GivenName })
            .ToDictionaryAsync(p => p.Id, cancellationToken);
        if (request.Filter is { Name: { } part })
            viewers.RemoveAll(v => CultureInfo.InvariantCulture.CompareInfo.IndexOf(plans[v.PlanId].Name, part, Loosely) < 0);
        if (request.Filter is { Role: { } role })
            viewers.RemoveAll(v => v.Role != role);
        if (request.Filter is { Outcome: { } outcome })
        {
            var frameworks = (await database.Frameworks.AsNoTracking().ToListAsync(cancellationToken))
                .Where(f => f.Outcomes.Any(o => o.Code == outcome)).Select(f => f.Code).ToHashSet();
            viewers.RemoveAll(v => !frameworks.Contains(plans[v.PlanId].Framework));
        }

        var ids = viewers.Select(v => v.PlanId).ToList();
        var reviews = (await database.Reviews.AsNoTracking().Where(r => ids.Contains(r.PlanId)).ToListAsync(cancellationToken)).ToLookup(r => r.PlanId);
        return viewers.Select(v => (Viewer: v, Plan: plans[v.PlanId]))
            .OrderBy(p => p.Plan.Name, StringComparer.Ordinal).ThenBy(p => p.Plan.Id)
            .Select(p =>
            {
                var today = clocks.Of(p.Plan.Authority).DayOf(now);
                var review = CurrentReview.Of(reviews[p.Plan.Id], today);
                return new PlanSummary(
                    p.Plan.Id, p.Plan.Kind, p.Plan.Name, p.Viewer.Role, p.Viewer.IsLead, review is null ? null : ReviewSummary.Of(review, today));
            })
            .Where(p => request.Filter?.ReviewState is not { } state || p.Review?.State == state)
            .Cut(p => p.Id, request.Page);
    }
}
