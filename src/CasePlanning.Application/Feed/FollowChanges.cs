using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using MediatR;

namespace CasePlanning.Application.Feed;

/// <summary>
/// What changed in the plans of a client's agency since a place, in the order of the journal: what, when and where, and never how it is
/// now. What the client may see is judged as it stands at this moment, also of what happened long ago.
/// </summary>
/// <param name="After">Where it left off; null to begin.</param>
/// <param name="FromNow">To begin: with what happens from now on.</param>
public sealed record FollowChanges(string? After, bool FromNow, int Limit) : IQuery<EventFeed>, ISignedIn, ITellsOfChildren, IForClientsThatRead;

/// <param name="Next">Where to go on, also when there was nothing.</param>
/// <param name="CaughtUp">There is nothing more at this moment.</param>
public sealed record EventFeed(IReadOnlyList<PlanEvent> Items, string Next, bool CaughtUp);

/// <summary>One thing that happened on a plan.</summary>
/// <param name="Id">The same whenever it is told.</param>
public sealed record PlanEvent(Guid Id, EventType Type, DateTimeOffset Time, Guid Plan, EventSubject Resource)
{
    /// <summary>Several acts can be the same beginning or end.</summary>
    internal bool IsOfAccess => Type is EventType.PlanAccessGranted or EventType.PlanAccessEnded;
}

/// <summary>What it happened to.</summary>
/// <param name="Within">For a voice: the review.</param>
public readonly record struct EventSubject(EventResource Kind, Guid Id, Guid? Within = null);

public sealed class FollowChangesHandler(
    IPlanningDatabase database, KeptEntries entries, KeptSeats kept, CurrentCall call, TimeProvider time) : IRequestHandler<FollowChanges, EventFeed>
{
    /// <summary>Most of what is looked at together may be others', of which none is told.</summary>
    private const int FewestTogether = 100;

    public async Task<EventFeed> Handle(FollowChanges request, CancellationToken cancellationToken)
    {
        var client = call.Client ?? throw new NotAllowed("Systems follow changes. What is new to you is in your plans, and in what they ask of you.");
        var now = time.GetUtcNow();
        var place = FeedPlace.In(request.After);
        var last = await FeedEntries.Last(database, cancellationToken);
        // A journal that is shorter than it was comes from a backup: what it has been told may be others' now, so all is told again.
        if (place is null || place.Number > last)
            place = new FeedPlace(place is null && request.FromNow ? last : -1, last, now, Plan: null);
        if (request.After is null && request.FromNow)
            return new EventFeed([], place.ToString(), CaughtUp: true);

        var made = new FeedEvents(database, kept, client, place.Since, now);
        var items = new List<PlanEvent>(request.Limit);
        var (number, isFull) = (place.Number, false);
        // Each write has a number of its own: among so many numbers there are no more of them than one request looks at.
        await LookUpTo(Math.Min(last, number + FeedEntries.MostLookedAt));
        if (number < last && !isFull)
            await LookUpTo(await FeedEntries.FarthestFrom(database, place.Number, last, cancellationToken));
        place = place with { Number = number };
        return number == last
            ? await WithWhatTurned(items, place, client.AgencyId, request.Limit, now, cancellationToken)
            : new EventFeed(items, place.ToString(), CaughtUp: false);

        // One more than is given is looked for, because a page that ends before what is hidden must not tell that there is more.
        async Task LookUpTo(long upTo)
        {
            while (number < upTo && !isFull)
            {
                var most = Math.Max(request.Limit - items.Count + 1, FewestTogether);
                var written = await entries.Between(database, number, upTo, last, most, cancellationToken);
                number = written.Count < most ? upTo : written[^1].Number;
                foreach (var (at, one) in await made.Of(written, cancellationToken))
                {
                    if (one.IsOfAccess && items.Exists(e => e.Id == one.Id))
                        continue;
                    if (isFull = items.Count == request.Limit)
                    {
                        number = at - 1;
                        break;
                    }

                    items.Add(one);
                }
            }
        }
    }

    /// <summary>After all that somebody did: what began or ended because its day has come.</summary>
    private async Task<EventFeed> WithWhatTurned(
        List<PlanEvent> items, FeedPlace place, Guid agency, int limit, DateTimeOffset now, CancellationToken cancellation)
    {
        // A clock that was set back makes some of it come again.
        var turns = await FeedSeats.TurnsAfter(database, agency, place.At < now ? place.At : now, place.Plan, now, cancellation);
        var seats = await FeedSeats.Of(database, agency, turns.Select(t => t.PlanId), now, cancellation);
        var told = items.Select(e => e.Id).ToHashSet();
        foreach (var turn in turns)
        {
            var events = FeedEvents.Of(turn, seats).Where(e => !told.Contains(e.Id)).ToList();
            if (items.Count + events.Count > limit)
                return new EventFeed(items, place.ToString(), CaughtUp: false);
            items.AddRange(events);
            place = place with { At = turn.At, Plan = turn.PlanId };
        }

        return new EventFeed(items, (place with { At = now, Plan = null }).ToString(), CaughtUp: true);
    }
}
