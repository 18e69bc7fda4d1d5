using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Feed;

/// <summary>One participation of an agency in a plan, as far as it opens the plan to the agency's systems.</summary>
/// <param name="Reads">Its role may read the plan, or it leads.</param>
/// <param name="IsRestricted">Something is hidden from it, and so from the systems while it takes part.</param>
/// <param name="HiddenViews">The contributions that are hidden from it.</param>
internal sealed record Seat(Guid ParticipantId, DateTimeOffset From, DateTimeOffset? Until, bool Reads, bool IsRestricted, IReadOnlyList<Guid> HiddenViews)
{
    public bool IsCurrent(DateTimeOffset now) => From <= now && (Until is null || now < Until);
}

/// <summary>All that an agency has, had, or will have of seats in a plan; none where it takes no part.</summary>
/// <param name="Withdrawn">The contributions that were withdrawn, by anybody.</param>
internal sealed record SeatsInPlan(IReadOnlyList<Seat> Seats, DateTimeOffset? AdoptedAt, IReadOnlyList<Guid> Withdrawn)
{
    public static readonly SeatsInPlan None = new([], AdoptedAt: null, []);

    /// <summary>By whoever takes part in it now and reads the systems see the plan, as <see cref="Viewers.OfCaller"/> says of one plan.</summary>
    public Seat? Reader(DateTimeOffset now) => AdoptedAt is null ? Seats.FirstOrDefault(s => s.Reads && s.IsCurrent(now)) : null;

    public bool HidesNothing => Withdrawn.Count == 0 && Seats.All(s => s.HiddenViews.Count == 0);
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

    private static readonly Compiled<Func<DbContext, List<Guid>, Guid, IAsyncEnumerable<SeatRow>>> Seated = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> plans, Guid agency) =>
            from p in context.Set<Participant>()
            join plan in context.Set<Plan>() on p.PlanId equals plan.Id
            from r in context.Set<Restriction>().Where(r => r.FromId == p.Id && r.LiftedAt == null).DefaultIfEmpty()
            where plans.Contains(p.PlanId) && p.AgencyId == agency
            select new SeatRow(
                p.PlanId, p.Id, p.From, p.Until, p.Role, plan.LeadParticipantId == p.Id, plan.AdoptedAt, r == null ? null : r.Id, r == null ? null : r.ContributionId)));

    private static readonly Compiled<Func<DbContext, List<Guid>, IAsyncEnumerable<WithdrawnRow>>> WithdrawnIn = new(() =>
        EF.CompileAsyncQuery((DbContext context, List<Guid> plans) => context.Set<Contribution>()
            .Where(c => plans.Contains(c.PlanId) && c.WithdrawnAt != null).Select(c => new WithdrawnRow(c.PlanId, c.Id))));

    /// <summary>Of which no more is known than that they are open.</summary>
    private readonly HashSet<Guid> open;

    private readonly Dictionary<Guid, SeatsInPlan> plans;
    private readonly DateTimeOffset now;

    private FeedSeats(HashSet<Guid> open, Dictionary<Guid, SeatsInPlan> plans, DateTimeOffset now) => (this.open, this.plans, this.now) = (open, plans, now);

    /// <summary>All there is of some plans.</summary>
    public static async Task<FeedSeats> Of(IPlanningDatabase database, Guid agency, IEnumerable<Guid> plans, DateTimeOffset now, CancellationToken cancellation) =>
        new([], await Load(database, agency, [.. plans.Distinct()], cancellation), now);

    /// <summary>As much of the plans as is to be known to tell of what happened in them.</summary>
    public static async Task<FeedSeats> Of(
        IPlanningDatabase database, KeptSeats kept, Guid agency, IReadOnlyList<FeedEntry> entries, DateTimeOffset now, CancellationToken cancellation)
    {
        var inDetail = entries.Where(e => FeedActs.IsOfAccess(e.Act)).Select(e => e.PlanId).ToHashSet();
        var (open, asked) = (new HashSet<Guid>(), new Dictionary<Guid, AsOf>());
        foreach (var entry in entries)
        {
            if (open.Contains(entry.PlanId) || asked.ContainsKey(entry.PlanId))
                continue;
            if (!inDetail.Contains(entry.PlanId) && kept.IsOpen(agency, entry.PlanId, now))
                open.Add(entry.PlanId);
            else
                asked.Add(entry.PlanId, kept.AsOfNow(entry.PlanId));
        }

        var plans = await Load(database, agency, [.. asked.Keys], cancellation);
        foreach (var (plan, seats) in plans)
        {
            if (seats.HidesNothing && seats.Reader(now) is { } reader)
                kept.Keep(agency, plan, asked[plan], reader.From, reader.Until);
        }

        return new FeedSeats(open, plans, now);
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

    public bool Sees(Guid plan) => open.Contains(plan) || SeatsIn(plan).Reader(now) is not null;

    /// <summary>Those that have begun.</summary>
    public IEnumerable<Seat> In(Guid plan) => SeatsIn(plan).Seats.Where(s => s.From <= now);

    public Seat? Find(Guid plan, Guid participant) => In(plan).FirstOrDefault(s => s.ParticipantId == participant);

    /// <summary>The contributions that are hidden from anybody of the agency who takes part now, in any of the plans.</summary>
    public List<Guid> HiddenViews() => [.. plans.Values.Where(p => !p.HidesNothing).SelectMany(p => p.Seats).Where(s => s.IsCurrent(now)).SelectMany(s => s.HiddenViews)];

    /// <summary>Of a plan that they see, the systems read what every system reads by its audience: it stands, and is hidden from nobody of the agency.</summary>
    /// <param name="hidden">What <see cref="HiddenViews"/> says.</param>
    public bool IsOpen(Guid plan, Guid contribution, List<Guid> hidden) =>
        open.Contains(plan) || (!SeatsIn(plan).Withdrawn.Contains(contribution) && !hidden.Contains(contribution));

    public IReadOnlyList<Span> SpansIn(Guid plan) => SpansOf(In(plan), SeatsIn(plan).AdoptedAt, now);

    /// <summary>Since when the systems see the plan; null when they do not see it.</summary>
    public DateTimeOffset? OpenSince(Guid plan) => SpansIn(plan) is [.., { Until: null } last] ? last.From : null;

    private SeatsInPlan SeatsIn(Guid plan) => plans.GetValueOrDefault(plan, SeatsInPlan.None);

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

    private static async Task<Dictionary<Guid, SeatsInPlan>> Load(IPlanningDatabase database, Guid agency, List<Guid> plans, CancellationToken cancellation)
    {
        if (plans.Count == 0)
            return [];
        var seated = (await Seated.For(database, out var context)(context, plans, agency).ToListAsync(cancellation)).ToLookup(r => r.PlanId);
        if (seated.Count == 0)
            return [];
        var withdrawn = (await WithdrawnIn.For(database, out _)(context, [.. seated.Select(p => p.Key)]).ToListAsync(cancellation)).ToLookup(r => r.PlanId, r => r.Id);
        return seated.ToDictionary(plan => plan.Key, plan => new SeatsInPlan(
            [.. plan.GroupBy(r => r.Id).Select(s => new Seat(
                s.Key, s.First().From, s.First().Until, s.First().IsLead || RolePowers.Of(s.First().Role).HasFlag(Permission.Read),
                s.Any(r => r.RestrictionId is not null), [.. s.Select(r => r.HiddenView).OfType<Guid>()]))],
            plan.First().AdoptedAt, [.. withdrawn[plan.Key]]));
    }

    private sealed record SeatRow(
        Guid PlanId, Guid Id, DateTimeOffset From, DateTimeOffset? Until, Role Role, bool IsLead, DateTimeOffset? AdoptedAt, Guid? RestrictionId, Guid? HiddenView);

    private sealed record WithdrawnRow(Guid PlanId, Guid Id);
}
