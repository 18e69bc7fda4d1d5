using CasePlanning.Domain.Contributions;

namespace CasePlanning.Application.Reading;

/// <summary>Where views differ, judged by the views and responses that one viewer can see.</summary>
public static class Differences
{
    /// <summary>Whether these views, which are all on one outcome, differ.</summary>
    public static bool Among(IEnumerable<ContributionView> contributions)
    {
        var standing = contributions.Where(c => c.WithdrawnAt is null).ToList();
        return SideBySide.Differ(
            standing.Select(c => (c.Author.ParticipantId, c.Outlook)),
            standing.SelectMany(c => c.Responses.GroupBy(r => r.By.ParticipantId).Select(g => g.Last().Stance)));
    }
}
