using System.Globalization;
using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>The plans the caller takes part in now, by the child's chosen name.</summary>
public sealed record ListPlans(PageOf Page, PlanFilter? Filter = null) : IQuery<Page<PlanSummary>>, ISignedIn, ITellsOfChildren;

/// <summary>Which of the caller's plans; all that is given must fit.</summary>
/// <param name="Name">A part of the child's chosen name, in capitals or not.</param>
/// <param name="Outcome">The code of an outcome that the plan is structured by.</param>
/// <param name="Role">The caller's role in it.</param>
/// <param name="ReviewState">How far the review is that is running, or else the newest.</param>
public sealed record PlanFilter(string? Name = null, string? Outcome = null, Role? Role = null, ReviewState? ReviewState = null);

/// <summary>A plan in a list.</summary>
/// <param name="Role">The caller's role in it.</param>
/// <param name="Review">The review that is running, or else the newest.</param>
public sealed record PlanSummary(Guid Id, PlanKind Kind, string ChildName, Role Role, bool IsLead, ReviewSummary? Review);

public sealed class ListPlansHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ListPlans, Page<PlanSummary>>
{
    /// <summary>Whoever looks for Zoe finds Zoë.</summary>
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

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
                plan.Framework,
                Name = plan.Child.KnownAs ?? plan.Child.GivenName,
                participant.Role,
                IsLead = plan.LeadParticipantId == participant.Id,
            })
            .ToListAsync(cancellationToken);
        if (request.Filter is { Name: { } part })
            mine.RemoveAll(m => CultureInfo.InvariantCulture.CompareInfo.IndexOf(m.Name, part, Loosely) < 0);
        if (request.Filter is { Role: { } role })
            mine.RemoveAll(m => m.Role != role);
        if (request.Filter is { Outcome: { } outcome })
        {
            var frameworks = (await database.Frameworks.AsNoTracking().ToListAsync(cancellationToken))
                .Where(f => f.Outcomes.Any(o => o.Code == outcome)).Select(f => f.Code).ToHashSet();
            mine.RemoveAll(m => !frameworks.Contains(m.Framework));
        }

        var ids = mine.Select(p => p.Id).ToList();
        var reviews = (await database.Reviews.AsNoTracking().Where(r => ids.Contains(r.PlanId)).ToListAsync(cancellationToken)).ToLookup(r => r.PlanId);
        return mine.Where(m => m.IsLead || RolePowers.Of(m.Role).HasFlag(Permission.Read))
            .OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Id)
            .Select(m =>
            {
                var today = clocks.Of(m.Authority).DayOf(now);
                var review = CurrentReview.Of(reviews[m.Id], today);
                return new PlanSummary(m.Id, m.Kind, m.Name, m.Role, m.IsLead, review is null ? null : ReviewSummary.Of(review, today));
            })
            .Where(p => request.Filter?.ReviewState is not { } state || p.Review?.State == state)
            .Cut(p => p.Id, request.Page);
    }
}
