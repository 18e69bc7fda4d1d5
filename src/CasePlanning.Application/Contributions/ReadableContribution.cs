using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Contributions;

/// <summary>
/// Finds a signed contribution the viewer reads, and whether they read its words or its summary. What may be done to it is the
/// contribution's own to say, and it says the same to both: an answer that differed would tell that there is more than a summary.
/// </summary>
internal static class ReadableContribution
{
    public static async Task<(Contribution Contribution, bool InFull)> Load(
        IPlanningDatabase database, Viewer viewer, Guid id, CancellationToken cancellation) =>
        await Find(database, viewer, id, cancellation) ?? throw ContributionRules.IsDraft.Broken();

    /// <summary>With its versions, to number the next one.</summary>
    /// <param name="summary">What everybody will read of it.</param>
    public static async Task<Contribution> LoadToRevise(
        IPlanningDatabase database, Viewer viewer, Guid id, string? summary, CancellationToken cancellation)
    {
        var (contribution, _) = await Load(database, viewer, id, cancellation);
        if (summary is not null && contribution.Audience is AudienceKind.Sealed)
            throw InvalidRequest.At("/summary", "not-when-sealed", "Sealed words carry no summary.");
        await database.ContributionVersions.Where(v => v.ContributionId == contribution.Id).LoadAsync(cancellation);
        return contribution;
    }

    /// <returns>Nothing for a draft, or for what the viewer may not know of.</returns>
    public static async Task<(Contribution Contribution, bool InFull)?> Find(
        IPlanningDatabase database, Viewer viewer, Guid id, CancellationToken cancellation)
    {
        if (await database.Contributions.ContributionsVisibleTo(viewer).SingleOrDefaultAsync(c => c.Id == id, cancellation) is { } read)
            return (read, true);
        if (await database.Contributions.ContributionsSummarisedFor(viewer).SingleOrDefaultAsync(c => c.Id == id, cancellation) is { } summarised)
            return (summarised, false);
        return null;
    }
}
