using System.Security.Cryptography;
using System.Text;
using CasePlanning.Application.Contributions;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Feed;

/// <summary>
/// Makes events of entries, for one client as it may see now: at most one of each entry, and none of what it may not know. Whether it
/// may is asked of all entries together.
/// </summary>
/// <param name="since">The last number that there was when the client began to follow.</param>
internal sealed class FeedEvents(IPlanningDatabase database, KeptSeats kept, Client client, long since, DateTimeOffset now)
{
    private FeedSeats seats = null!;
    private FeedViews views = null!;
    private Dictionary<Guid, Turned> restrictions = [];
    private HashSet<Guid> given = [];

    /// <summary>Those that there are, each with the number of its entry.</summary>
    public async Task<List<(long Number, PlanEvent Event)>> Of(List<FeedEntry> entries, CancellationToken cancellation)
    {
        if (entries.Count == 0)
            return [];
        seats = await FeedSeats.Of(database, kept, client.AgencyId, entries, now, cancellation);
        var told = entries.FindAll(IsTold);
        var hidden = seats.HiddenViews();
        views = await FeedViews.Of(database, client, seats, hidden, told, cancellation);
        restrictions = await Restrictions([.. told.Where(e => FeedActs.IsOfRestriction(e.Act)).Select(e => e.ResultId)], hidden, cancellation);
        given = await GivenUp([.. told.Where(e => e.Act is nameof(ConfirmContribution) or nameof(ReviseContribution)).Select(e => e.ResultId)
            .Where(id => !views.Knows(id)).Distinct()], cancellation);
        var events = new List<(long, PlanEvent)>(told.Count);
        foreach (var entry in told)
        {
            if (Of(entry) is { } one)
                events.Add((entry.Number, one));
        }

        return events;
    }

    /// <summary>What began or ended by itself, in a plan and at a time.</summary>
    public static IEnumerable<PlanEvent> Of(Turn turn, FeedSeats seats)
    {
        foreach (var span in seats.SpansIn(turn.PlanId))
        {
            if (span.Until == turn.At)
                yield return Ended(turn.PlanId, turn.At, turn.At);
            else if (span.From == turn.At || (span.From < turn.At && !(span.Until < turn.At) && seats.In(turn.PlanId).Any(s => s.Until == turn.At && s.IsRestricted)))
                yield return Granted(turn.PlanId, turn.At, turn.At);
        }
    }

    /// <summary>It is in a plan in which the agency takes part, or took part when that may have ended by it.</summary>
    private bool IsTold(FeedEntry entry) => seats.Sees(entry.PlanId) || (FeedActs.IsOfAccess(entry.Act) && seats.In(entry.PlanId).Any());

    private PlanEvent? Of(FeedEntry entry) => FeedActs.ResourceOf(entry.Act) switch
    {
        _ when FeedActs.IsOfAccess(entry.Act) => OfAccess(entry),
        _ when FeedActs.IsOfRestriction(entry.Act) => OfRestriction(entry),
        EventResource.Contribution => OfContribution(entry),
        EventResource.Plan => Event(entry, entry.PlanId),
        EventResource.Voice => Event(entry, entry.ResultId, entry.PartId),
        _ => Event(entry, entry.ResultId),
    };

    private PlanEvent? OfContribution(FeedEntry entry) =>
        views.TypeOf(entry) is { } type ? Event(entry, views.IdOf(entry)!.Value, type: type)
        // Its voice has made the words its own, and whoever brought them in is not in the audience.
        : given.Contains(entry.ResultId) && entry.Number > since ? Event(entry, entry.ResultId, type: EventType.ContributionAccessEnded)
        : null;

    private PlanEvent? OfAccess(FeedEntry entry)
    {
        var own = seats.Find(entry.PlanId, entry.ResultId);
        if (seats.OpenSince(entry.PlanId) is not { } open)
        {
            var endsIt = entry.Act switch
            {
                nameof(MovePlan) or nameof(RecordAdoption) => seats.SpansIn(entry.PlanId).Count > 0,
                nameof(ChangeParticipant) => own is not null && (!own.Reads || own.Until <= now),
                _ => false,
            };
            var at = seats.SpansIn(entry.PlanId) is [.., { Until: { } end }] ? end : entry.At;
            return endsIt && entry.Number > since ? Ended(entry.PlanId, at, entry.At) : null;
        }

        return entry.Act switch
        {
            nameof(OpenPlan) when seats.In(entry.PlanId).Any(s => entry.Did(s.From)) => Granted(entry.PlanId, open, entry.At),
            nameof(AddParticipant) when own is { Reads: true } && own.From <= open => Granted(entry.PlanId, open, entry.At),
            // What is seen may rest on this one, or be less because of it; what was changed of it, nobody wrote down.
            nameof(ChangeParticipant) when own is not null && (own.IsRestricted || !seats.In(entry.PlanId).Any(s => s != own && s.Reads && s.IsCurrent(now))) =>
                Granted(entry.PlanId, entry.At, entry.At),
            nameof(OpenPlan) or nameof(MovePlan) or nameof(RecordAdoption) => Event(entry, entry.PlanId),
            _ => Event(entry, entry.ResultId),
        };
    }

    /// <summary>Only whoever followed by then holds something to erase.</summary>
    private PlanEvent? OfRestriction(FeedEntry entry) =>
        entry.Number <= since || !restrictions.TryGetValue(entry.ResultId, out var turned) ? null
        : turned.Subject is { } subject ? Event(entry, subject, type: EventType.ParticipantChanged) with { Resource = new(EventResource.Participant, subject) }
        : turned.IsSeen == (entry.Act is nameof(LiftRestriction)) ? Event(entry, turned.Contribution!.Value)
        : null;

    private async Task<Dictionary<Guid, Turned>> Restrictions(List<Guid> ids, List<Guid> hidden, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return [];
        var agency = client.AgencyId;
        var found = await (
            from r in database.Restrictions
            join p in database.Participants on r.FromId equals p.Id
            where ids.Contains(r.Id) && r.Kind != RestrictionKind.Home && p.AgencyId == agency && p.From <= now
            select new { r.Id, r.SubjectId, r.ContributionId }).ToListAsync(cancellation);
        var visible = await FeedViews.Load(database, client, hidden: [], [.. found.Select(r => r.ContributionId).OfType<Guid>().Distinct()], cancellation);
        return found.Where(r => r.SubjectId is not null || visible.ContainsKey(r.ContributionId!.Value))
            .ToDictionary(r => r.Id, r => new Turned(r.SubjectId, r.ContributionId, r.ContributionId is not { } view || !hidden.Contains(view)));
    }

    /// <summary>Of contributions that the client does not see, those that it brought in, and that their voices have confirmed.</summary>
    private async Task<HashSet<Guid>> GivenUp(List<Guid> ids, CancellationToken cancellation)
    {
        var id = client.Id;
        return ids.Count == 0 ? []
            : await database.Contributions.Where(c => ids.Contains(c.Id) && c.AssertedById == id && c.ConfirmedAt != null).Select(c => c.Id).ToHashSetAsync(cancellation);
    }

    private static PlanEvent Event(FeedEntry entry, Guid resource, Guid? within = null, EventType? type = null) =>
        new(entry.Id, type ?? FeedActs.TypeOf(entry.Act), entry.At, entry.PlanId, new(FeedActs.ResourceOf(entry.Act), resource, within));

    /// <param name="began">Makes it the same event, whether it is told because somebody did something or because the time has come.</param>
    private static PlanEvent Granted(Guid plan, DateTimeOffset began, DateTimeOffset at) =>
        new(IdOf($"granted {plan} {began.UtcTicks}"), EventType.PlanAccessGranted, at, plan, new(EventResource.Plan, plan));

    private static PlanEvent Ended(Guid plan, DateTimeOffset end, DateTimeOffset at) =>
        new(IdOf($"ended {plan} {end.UtcTicks}"), EventType.PlanAccessEnded, at, plan, new(EventResource.Plan, plan));

    private static Guid IdOf(FormattableString happened)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant(happened))).AsSpan(0, 16);
        (hash[6], hash[8]) = ((byte)((hash[6] & 0x0f) | 0x80), (byte)((hash[8] & 0x3f) | 0x80));
        return new Guid(hash, bigEndian: true);
    }

    /// <summary>A restriction that was set or lifted: whose name it hides, or which contribution, and whether that is seen now.</summary>
    private sealed record Turned(Guid? Subject, Guid? Contribution, bool IsSeen);
}
