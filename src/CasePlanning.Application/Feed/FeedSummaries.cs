using CasePlanning.Application.Ports;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Feed;

/// <summary>
/// What somebody who reads only the summaries of some contributions can know of acts on them. Versions that differ only in what is
/// hidden are one version, dated as if the hidden ones had never been.
/// </summary>
internal sealed class FeedSummaries
{
    public static readonly FeedSummaries None = new([], [], []);

    private readonly Dictionary<Guid, List<DateTimeOffset>> changes;
    private readonly ILookup<Guid, DateTimeOffset> responses;
    private readonly HashSet<Guid> questions;

    private FeedSummaries(Dictionary<Guid, List<DateTimeOffset>> changes, IEnumerable<(Guid Id, DateTimeOffset At)> responses, HashSet<Guid> questions) =>
        (this.changes, this.responses, this.questions) = (changes, responses.ToLookup(r => r.Id, r => r.At), questions);

    /// <param name="ids">Contributions that the reader may know of.</param>
    public static async Task<FeedSummaries> Of(IPlanningDatabase database, List<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return None;
        var versions = await database.ContributionVersions.Where(v => ids.Contains(v.ContributionId) && v.Summary != null)
            .Select(v => new { v.ContributionId, v.Number, v.Summary, v.SignedAt }).ToListAsync(cancellation);
        var changes = versions.GroupBy(v => v.ContributionId).ToDictionary(g => g.Key, g =>
        {
            var ordered = g.OrderBy(v => v.Number).ToList();
            return ordered.Where((v, place) => place == 0 || ordered[place - 1].Summary != v.Summary).Select(v => v.SignedAt).ToList();
        });
        var responses = await database.Responses.Where(r => ids.Contains(r.ContributionId) && r.ToSummary)
            .Select(r => new { r.ContributionId, r.At }).ToListAsync(cancellation);
        var questions = await database.Questions.Where(q => ids.Contains(q.ContributionId) && q.ToSummary).Select(q => q.Id).ToHashSetAsync(cancellation);
        return new FeedSummaries(changes, responses.Select(r => (r.ContributionId, r.At)), questions);
    }

    /// <returns>Null when the act left the summary as it was.</returns>
    public EventType? TypeOf(Guid contribution, FeedEntry entry) => changes.GetValueOrDefault(contribution)?.FindLastIndex(entry.Did) switch
    {
        null or < 0 => null,
        0 => EventType.ContributionAdded,
        _ => EventType.ContributionRevised,
    };

    public bool IsAfterFirst(Guid contribution, FeedEntry entry) => changes.TryGetValue(contribution, out var signed) && entry.IsAfter(signed[0]);

    public bool IsRespondedToBy(Guid contribution, FeedEntry entry) => responses[contribution].Any(entry.Did);

    public bool IsAskedBy(Guid contribution, FeedEntry entry) => questions.Contains(entry.ResultId) && entry.PartId == contribution;
}
