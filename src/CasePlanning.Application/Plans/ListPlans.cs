using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The plans the caller takes part in now, by the child's chosen name.</summary>
public sealed record ListPlans(PageOf Page) : IQuery<Page<PlanSummary>>, ISignedIn, ITellsOfChildren;

/// <summary>A plan in a list.</summary>
/// <param name="Role">The caller's role in it.</param>
/// <param name="Review">The review that is running, or else the newest.</param>
public sealed record PlanSummary(Guid Id, PlanKind Kind, string ChildName, Role Role, bool IsLead, ReviewSummary? Review);

public sealed class ListPlansHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ListPlans, Page<PlanSummary>>
{
    public async Task<Page<PlanSummary>> Handle(ListPlans request, CancellationToken cancellationToken)
    {
        // A client takes part in no plan.
        if (call.Caller.PersonId is not { } person)
            return new Page<PlanSummary>([], null);
        var now = time.GetUtcNow();
        var mine = await (
            from participant in database.Participants.AsNoTracking()
            join plan in database.Plans on participant.PlanId equals plan.Id
            where participant.PersonId == person && participant.From <= now && (participant.Until == null || now < participant.Until)
            select new
            {
                plan.Id,
                plan.Kind,
                plan.Authority,
                Name = plan.Child.KnownAs ?? plan.Child.GivenName,
                participant.Role,
                IsLead = plan.LeadParticipantId == participant.Id,
            })
            .ToListAsync(cancellationToken);
        var page = Pages.Cut(
            mine.Where(m => m.IsLead || RolePowers.Of(m.Role).HasFlag(Permission.Read))
                .OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Id)
                .Select(m => new PlanSummary(m.Id, m.Kind, m.Name, m.Role, m.IsLead, Review: null)),
            p => p.Id, request.Page);

        var ids = page.Items.Select(p => p.Id).ToList();
        var reviews = (await database.Reviews.AsNoTracking().Where(r => ids.Contains(r.PlanId)).ToListAsync(cancellationToken)).ToLookup(r => r.PlanId);
        var authorities = mine.ToLookup(m => m.Id, m => m.Authority);
        return page with
        {
            Items =
            [
                .. page.Items.Select(p =>
                {
                    var today = clocks.Of(authorities[p.Id].First()).DayOf(now);
                    return p with { Review = CurrentReview.Of(reviews[p.Id], today) is { } review ? ReviewSummary.Of(review, today) : null };
                }),
            ],
        };
    }
}
