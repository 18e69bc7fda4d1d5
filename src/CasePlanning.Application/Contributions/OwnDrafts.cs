using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>
/// What a person has written and not signed, in whatever plan. It is theirs also when they no longer take part: nobody else ever
/// read it, and to take it away would lose their words.
/// </summary>
internal static class OwnDrafts
{
    public static IQueryable<Draft> Of(IPlanningDatabase database, Guid personId) =>
        database.Drafts.Where(d => database.Participants.Any(p => p.Id == d.AuthorId && p.PersonId == personId));

    /// <summary>The person's draft of an id: its own, or the one that their device made up for it.</summary>
    public static Task<Draft?> Find(IPlanningDatabase database, Guid personId, Guid given, CancellationToken cancellation)
    {
        var kept = Draft.IdFor(personId, given);
        return Of(database, personId).Where(d => d.Id == given || d.Id == kept).OrderBy(d => d.Id == given ? 0 : 1).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Throws it away, with what is attached to it.</summary>
    public static async Task Discard(IPlanningDatabase database, Draft draft, CancellationToken cancellation)
    {
        database.Drafts.Remove(draft);
        var attachments = database.Attachments.Where(a => a.ContributionId == draft.Id);
        await database.AttachmentContents.Where(c => attachments.Select(a => a.Id).Contains(c.AttachmentId)).ExecuteDeleteAsync(cancellation);
        await attachments.ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Drafts as their author is shown them, each with what has become of its review and of their place in the plan.</summary>
    public static async Task<List<DraftView>> Views(
        IPlanningDatabase database, IClocks clocks, Guid personId, IReadOnlyList<Draft> drafts, DateTimeOffset now, CancellationToken cancellation)
    {
        var ids = drafts.Select(d => d.PlanId).Distinct().ToList();
        var current = await database.Participants
            .Where(p => p.PersonId == personId && ids.Contains(p.PlanId) && p.From <= now && (p.Until == null || now < p.Until))
            .Select(p => new { p.PlanId, p.Role }).ToListAsync(cancellation);
        var plans = current.Where(p => RolePowers.Of(p.Role).HasFlag(Permission.Contribute)).Select(p => p.PlanId).ToHashSet();
        var authorities = await database.Plans.Where(p => plans.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Authority, cancellation);
        var reviews = (await database.Reviews.AsNoTracking().Where(r => plans.Contains(r.PlanId)).ToListAsync(cancellation)).ToLookup(r => r.PlanId);
        return [.. drafts.Select(View)];

        DraftView View(Draft draft)
        {
            var today = authorities.TryGetValue(draft.PlanId, out var authority) ? clocks.Of(authority).DayOf(now) : (DateOnly?)null;
            var state = today is { } day ? StateOf(reviews[draft.PlanId].Single(r => r.Id == draft.ReviewId), day) : DraftState.NotInPlan;
            return new DraftView(
                draft.Id, draft.PlanId, draft.ReviewId, draft.Outcome, draft.Words.Length == 0 ? null : draft.Words, draft.Outlook, draft.Summary,
                ContributionViews.AudienceOf(draft), draft.OnBehalfOfId, draft.SaidInMeeting, draft.RevisesId, draft.WhatChanged, draft.Focus,
                draft.ChangedAt, state,
                state is DraftState.ReviewSigned ? CurrentReview.Of(reviews[draft.PlanId].Where(r => r.SignedAt is null), today!.Value)?.Id : null,
                draft.Version);
        }
    }

    private static DraftState StateOf(Review review, DateOnly today) => review.StateOn(today) switch
    {
        ReviewState.Signed => DraftState.ReviewSigned,
        ReviewState.Closing or ReviewState.Closed => DraftState.Late,
        _ => DraftState.Open,
    };
}
