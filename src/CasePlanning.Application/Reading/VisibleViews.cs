using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Application.Reading;

/// <summary>Checks ids of contributions in a body: one that the caller cannot see is answered like one that does not exist.</summary>
public static class VisibleViews
{
    public static async Task MustBeSeen(
        IPlanningDatabase database, Viewer viewer, IReadOnlyList<Guid> ids, string pointer, CancellationToken cancellation)
    {
        if (ids.Count == 0)
            return;
        var seen = (await SeenContributions.Load(database, viewer, c => ids.Contains(c.Id), cancellation)).Select(c => c.Id).ToHashSet();
        var unknown = ids.Select((id, place) => (id, place)).Where(b => !seen.Contains(b.id))
            .Select(b => new InvalidMember($"{pointer}/{b.place}", "unknown", "You can see no view with this id in the plan.")).ToList();
        if (unknown.Count > 0)
            throw new InvalidRequest(unknown);
    }
}
