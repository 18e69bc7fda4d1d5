using CasePlanning.Application.Feed;

namespace CasePlanning.Server.Api.V1;

/// <summary>The feed of changes, which systems follow.</summary>
public static class ChangesRoutes
{
    public static void MapChanges(this RouteGroupBuilder api) =>
        api.Section("Changes", "What changed in the plans of a system's agency, for systems that keep up.")
            .MapGet("/changes", (Following following) => following.Answer(ChangeFeed.Of))
            .Describes("followChanges", "Follow what changes",
                "What happened in the plans of your agency, in the order in which it was done, without a gap: what it was, when, and where it is to "
                + "be fetched, and nothing that it says. Begin without a cursor, and go on with `next` of each answer; the same cursor gives the same "
                + "again, and may give more. An event may come more than once, always with the same id. What you may see is judged at the moment at "
                + "which you ask: what you may not see is in no event, and events of a plan vanish with your access to it. `plan.access-granted`: fetch "
                + "the plan and all that is in it. `plan.access-ended`, `contribution.access-ended`: erase what you hold. "
                + "With `Prefer: wait=25` an answer waits up to so many seconds for something to tell. One that tells of nothing costs a tenth.",
                response: Examples.ChangeFeed)
            .WithMetadata(new AsksForNews());
}

/// <summary>A part of the feed.</summary>
/// <param name="Items">What happened, in order.</param>
/// <param name="Next">The cursor to go on with, also where there is nothing more yet.</param>
/// <param name="CaughtUp">There is nothing more at this moment. Otherwise ask on at once, also when there are no items.</param>
public sealed record ChangeFeed(IReadOnlyList<ChangeEvent> Items, string Next, bool CaughtUp)
{
    public static ChangeFeed Of(EventFeed feed, string next)
    {
        var items = new ChangeEvent[feed.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            var (id, type, time, plan, resource) = feed.Items[i];
            items[i] = new ChangeEvent(id, type, time, plan, new ChangedResource(resource.Id, AddressOf(type, plan, resource)));
        }

        return new ChangeFeed(items, next, feed.CaughtUp);
    }

    private static string? AddressOf(EventType type, Guid plan, EventSubject resource) => type is EventType.PlanAccessEnded or EventType.ContributionAccessEnded ? null : resource.Kind switch
    {
        EventResource.Plan => $"{ApiSetup.Root}/plans/{plan}",
        EventResource.Participant => $"{ApiSetup.Root}/plans/{plan}/participants/{resource.Id}",
        EventResource.Review => $"{ApiSetup.Root}/reviews/{resource.Id}",
        EventResource.Voice => $"{ApiSetup.Root}/reviews/{resource.Within}/voices/{resource.Id}",
        EventResource.Contribution => $"{ApiSetup.Root}/contributions/{resource.Id}",
        EventResource.Decision => $"{ApiSetup.Root}/decisions/{resource.Id}",
        EventResource.Action => $"{ApiSetup.Root}/actions/{resource.Id}",
        EventResource.Target => $"{ApiSetup.Root}/targets/{resource.Id}",
        _ => throw new InvalidOperationException($"No address is known of a {resource.Kind}."),
    };
}

/// <summary>One thing that happened.</summary>
/// <param name="Id">The same whenever it is told: what you have had already, you have had.</param>
/// <param name="Time">When it was done. The order is that of the feed, and not of the times.</param>
/// <param name="Plan">The plan that it happened on.</param>
/// <param name="Resource">What it happened to.</param>
public sealed record ChangeEvent(Guid Id, EventType Type, DateTimeOffset Time, Guid Plan, ChangedResource Resource);

/// <summary>What something happened to.</summary>
/// <param name="Href">Where it is to be fetched; absent where it cannot be any more.</param>
public sealed record ChangedResource(Guid Id, string? Href);
