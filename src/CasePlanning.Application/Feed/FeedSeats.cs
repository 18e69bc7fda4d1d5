using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Feed;

/// <summary>One participation of an agency in a plan, as far as it opens the plan to the agency's systems.</summary>
/// <param name="Reads">Its role may read the plan, or it leads.</param>
/// <param name="IsRestricted">Something is hidden from it, and so from the systems while it takes part.</param>
internal sealed record Seat(Guid PlanId, Guid ParticipantId, DateTimeOffset From, DateTimeOffset? Until, bool Reads, bool IsRestricted)
{
    public bool IsCurrent(DateTimeOffset now) => From <= now && (Until is null || now < Until);
}

/// <summary>When a participation of the agency began or ended.</summary>
internal sealed class Turn
{
    public required Guid PlanId { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>From when to when an agency's systems saw a plan; no end while they do.</summary>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>Since when an agency takes part in some plans, and until when: all of it, from the participations as they are now.</summary>
internal sealed class FeedSeats
{
    private static readonly Compiled<Func<DbContext, Guid, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<Turn>>> Turning = new(() =>
        EF.CompileAsyncQuery((DbContext context, Guid agency, DateTimeOffset after, DateTimeOffset now) =>
            context.Set<Participant>().Where(p => p.AgencyId == agency && p.From >= after && p.From <= now)
                .Select(p => new Turn { PlanId = p.PlanId, At = p.From })
                .Concat(context.Set<Participant>().Where(p => p.AgencyId == agency && p.Until != null && p.Until >= after && p.Until <= now)
                    .Select(p => new Turn { PlanId = p.PlanId, At = p.Until!.Value }))));

    private readonly ILookup<Guid, Seat> seats;
    private readonly Dictionary<Guid, List<Span>> spans;

    private FeedSeats(IReadOnlyList<Seat> all, IReadOnlyDictionary<Guid, DateTimeOffset> adopted, DateTimeOffset now)
    {
        seats = all.ToLookup(s => s.PlanId);
        spans = seats.ToDictionary(s => s.Key, s => SpansOf(s, adopted.TryGetValue(s.Key, out var at) ? at : null, now));
    }

    public static async Task<FeedSeats> Of(IPlanningDatabase database, Guid agency, IReadOnlyCollection<Guid> plans, DateTimeOffset now, CancellationToken cancellation)
    {
        if (plans.Count == 0)
            return new FeedSeats([], new Dictionary<Guid, DateTimeOffset>(), now);
        var rows = await (
            from p in database.Participants.AsNoTracking()
            join plan in database.Plans on p.PlanId equals plan.Id
            where plans.Contains(p.PlanId) && p.AgencyId == agency && p.From <= now
            select new
            {
                p.PlanId,
                p.Id,
                p.From,
                p.Until,
                p.Role,
                IsLead = plan.LeadParticipantId == p.Id,
                plan.AdoptedAt,
                IsRestricted = database.Restrictions.Any(r => r.FromId == p.Id && r.LiftedAt == null),
            }).ToListAsync(cancellation);
        return new FeedSeats(
            [.. rows.Select(r => new Seat(r.PlanId, r.Id, r.From, r.Until, r.IsLead || RolePowers.Of(r.Role).HasFlag(Permission.Read), r.IsRestricted))],
            rows.Where(r => r.AdoptedAt is not null).DistinctBy(r => r.PlanId).ToDictionary(r => r.PlanId, r => r.AdoptedAt!.Value), now);
    }

    /// <summary>What of it began or ended after a time, without anybody doing anything then, or because somebody did.</summary>
    /// <param name="after">This time itself is among them, but for plans up to <paramref name="plan"/>, or for all when that is null.</param>
    public static async Task<List<Turn>> TurnsAfter(
        IPlanningDatabase database, Guid agency, DateTimeOffset after, Guid? plan, DateTimeOffset now, CancellationToken cancellation)
    {
        var turns = new List<Turn>();
        await foreach (var turn in Turning.For(database, out var context)(context, agency, plan is null ? after.AddTicks(1) : after, now).WithCancellation(cancellation))
        {
            if (turn.At > after || (plan is { } last && turn.PlanId.CompareTo(last) > 0))
                turns.Add(turn);
        }

        return [.. turns.OrderBy(t => t.At).ThenBy(t => t.PlanId).DistinctBy(t => (t.At, t.PlanId))];
    }

    public IEnumerable<Seat> In(Guid plan) => seats[plan];

    public Seat? Find(Guid plan, Guid participant) => seats[plan].FirstOrDefault(s => s.ParticipantId == participant);

    public IReadOnlyList<Span> SpansIn(Guid plan) => spans.TryGetValue(plan, out var found) ? found : [];

    /// <summary>Since when the systems see the plan; null when they do not see it.</summary>
    public DateTimeOffset? OpenSince(Guid plan) => SpansIn(plan) is [.., { Until: null } last] ? last.From : null;

    /// <summary>Participations that follow each other without a gap are one span. What ends later has no end yet.</summary>
    private static List<Span> SpansOf(IEnumerable<Seat> seats, DateTimeOffset? adopted, DateTimeOffset now)
    {
        var found = new List<Span>();
        foreach (var seat in seats.Where(s => s.Reads && !(adopted <= s.From) && !(s.Until <= s.From)).OrderBy(s => s.From))
        {
            var end = adopted is { } closed && !(seat.Until < closed) ? closed : seat.Until;
            var until = end <= now ? end : null;
            if (found is [.., var last] && (last.Until is null || seat.From <= last.Until))
                found[^1] = last with { Until = last.Until is null || until is null ? null : until > last.Until ? until : last.Until };
            else
                found.Add(new Span(seat.From, until));
        }

        return found;
    }
}
