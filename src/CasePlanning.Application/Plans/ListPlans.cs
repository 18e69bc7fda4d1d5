using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The plans the caller takes part in now, or its agency when a client calls, by the child's chosen name.</summary>
public sealed record ListPlans(PageOf Page) : IQuery<Page<PlanSummary>>, ISignedIn, ITellsOfChildren, IForClientsThatRead;

/// <summary>A plan in a list.</summary>
/// <param name="Role">The caller's role in it; absent for a client, which has none.</param>
/// <param name="Review">The review that is running, or else the newest.</param>
public sealed record PlanSummary(Guid Id, PlanKind Kind, string ChildName, Role? Role, bool IsLead, ReviewSummary? Review);

public sealed class ListPlansHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ListPlans, Page<PlanSummary>>
{
    public async Task<Page<PlanSummary>> Handle(ListPlans request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var viewers = (await Viewers.OfCaller(database, call, database.Participants, now, cancellationToken)).Where(v => v.May(Permission.Read)).ToList();
        var mine = viewers.Select(v => v.PlanId).Distinct().ToList();
        var plans = await database.Plans.AsNoTracking().Where(p => mine.Contains(p.Id))
            .Select(p => new { p.Id, p.Kind, p.Authority, Name = p.Child.KnownAs ?? p.Child.GivenName })
            .ToDictionaryAsync(p => p.Id, cancellationToken);
        var page = Pages.Cut(
            viewers.Select(v => (Viewer: v, Plan: plans[v.PlanId]))
                .OrderBy(p => p.Plan.Name, StringComparer.Ordinal).ThenBy(p => p.Plan.Id)
                .Select(p => new PlanSummary(p.Plan.Id, p.Plan.Kind, p.Plan.Name, p.Viewer.Role, p.Viewer.IsLead, Review: null)),
            p => p.Id, request.Page);

        var ids = page.Items.Select(p => p.Id).ToList();
        var reviews = (await database.Reviews.AsNoTracking().Where(r => ids.Contains(r.PlanId)).ToListAsync(cancellationToken)).ToLookup(r => r.PlanId);
        return page with
        {
            Items =
            [
                .. page.Items.Select(p =>
                {
                    var today = clocks.Of(plans[p.Id].Authority).DayOf(now);
                    return p with { Review = CurrentReview.Of(reviews[p.Id], today) is { } review ? ReviewSummary.Of(review, today) : null };
                }),
            ],
        };
    }
}
