using System.Text.RegularExpressions;
using CasePlanning.Domain.Contributions;
using CasePlanning.Server.Tests.Support;
using Xunit;

namespace CasePlanning.Server.Tests.Architecture;

/// <summary>
/// Whoever takes contributions from the database says at once for whom: through <see cref="ContributionVisibility"/>. The source
/// is searched, because a query no longer shows where its first filter was written.
/// </summary>
public sealed partial class ContributionUseTests
{
    private static readonly string[] Rules =
    [
        nameof(ContributionVisibility.ContributionsVisibleTo), nameof(ContributionVisibility.ContributionsSummarisedFor),
        nameof(ContributionVisibility.ContributionsWithheldFrom),
    ];

    /// <summary>Uses that were looked at one by one: where they are, what they are, and why no word gets out.</summary>
    private static readonly Dictionary<(string File, string Use), string> Reviewed = new()
    {
        [("Pipeline/AccessCheck.cs", "Contributions.Where(x => x.Id == id).Select(x => x.PlanId)")] =
            "finds the plan of an id, so that the caller's place in it can be found; visibility is asked next",
        [("Contributions/ReadableContribution.cs", "ContributionVersions.Where(v => v.ContributionId == contribution.Id).LoadAsync(cancellation)")] =
            "the earlier versions of a contribution that was itself loaded through the rule, to number the next one",
        [("Reading/Asking.cs", "Set<Contribution>()")] =
            "a voice's own words that wait for its word: it reads them whatever their audience, and none is shown",
        [("Reading/AskedInReviews.cs", "Set<Contribution>().Where(c => c.WithdrawnAt == null && c.PlanId == v.PlanId && c.ReviewId == v.ReviewId && c.VoiceId == v.ParticipantId)")] =
            "whether a participation of the caller's own has spoken: it reads its own words whatever their audience",
        [("Feed/FeedEntries.cs", "Set<Contribution>().Where(c => ContributionVisibility.IsReadByClient(c, Guid.Empty, Guid.Empty, Nothing))")] =
            "when those were signed that a client of nobody's reads, by the rule itself, put into the query: what is so for all",
        [("Feed/FeedSeats.cs", "Set<Contribution>().Where(c => plans.Contains(c.PlanId) && c.WithdrawnAt != null).Select(c => new WithdrawnRow(c.PlanId, c.Id))")] =
            "ids of what was withdrawn, so that it is not told of as what stands; none is told for being among them",
        [("Feed/FeedViews.cs", "Set<Contribution>()")] =
            "which of them a client may know of, in many plans at once: by the rule itself, put into the query in the place of its name",
        [("Feed/FeedSummaries.cs", "ContributionVersions.Where(v => ids.Contains(v.ContributionId) && v.Summary != null)")] =
            "when a summary was signed, of those alone of which the rule says that the client may know",
        [("Feed/FeedEvents.cs", "Contributions.Where(c => ids.Contains(c.Id) && c.AssertedById == id && c.ConfirmedAt != null).Select(c => c.Id).ToHashSetAsync(cancellation)")] =
            "ids of what the client brought in itself, to be told that it reads it no more",
        [("Reading/SeenContributions.cs", "Set<Contribution>()")] =
            "what a reader sees of one review: by the rule itself, put into the query in the place of its name",
        [("Reading/SeenContributions.cs", "Set<Contribution>().Where(c => ids.Contains(c.Id)).Select(c => new Readers(c.Id, c.ReaderIds, c.ReaderAgencyIds))")] =
            "whom those are for that are for named people, of those alone whose words the reader was given by the rule",
        [("Reading/SpokenViews.cs", "Set<Contribution>()")] =
            "who spoke and when, without a word, in many plans; each is judged by the rule as a function before anything is told of it",
        [("Reading/SpokenViews.cs", "ContributionVersions.Where(v => EF.Parameter(views).Contains(v.ContributionId) && v.Summary != null)")] =
            "when a summary was signed, of those views alone of which the rule says that their reader reads it",
    };

    [Fact]
    public void Every_use_of_contributions_names_its_reader_or_was_looked_at()
    {
        var uses = Uses().ToList();
        Assert.Contains(uses, u => u.IsThroughRule);
        Assert.Equal(
            Reviewed.Keys.OrderBy(u => u.File, StringComparer.Ordinal),
            uses.Where(u => !u.IsThroughRule && !u.OnlyAdds).Select(u => (u.File, u.Text)).Distinct().OrderBy(u => u.File, StringComparer.Ordinal));
    }

    /// <summary>The search above knows the database by its name.</summary>
    [Fact]
    public void The_database_has_one_name_everywhere()
    {
        var names = Sources().SelectMany(f => NameOfDatabase().Matches(File.ReadAllText(f))).Select(m => m.Groups["name"].Value).Distinct();
        Assert.Equal(["database"], names);
    }

    private static IEnumerable<Use> Uses() =>
        from file in Sources()
        from Match use in UseOfContributions().Matches(File.ReadAllText(file))
        select new Use(
            Path.GetRelativePath(SourceFiles.At("src/CasePlanning.Application"), file).Replace('\\', '/'), LineEnd().Replace(use.Groups["use"].Value, ""), use.Groups["next"].Value);

    private static IEnumerable<string> Sources() => SourceFiles.Below("src/CasePlanning.Application");

    /// <param name="Text">The use as it is written, to the end of its line or of the calls on it.</param>
    /// <param name="Next">The first call that is more than a hint.</param>
    private sealed record Use(string File, string Text, string Next)
    {
        public bool IsThroughRule => Rules.Contains(Next);

        public bool OnlyAdds => Next is "Add";
    }

    /// <summary>By the names that the database gives them, or as a compiled query asks for them.</summary>
    [GeneratedRegex(@"(?:\bdatabase\s*\.\s*(?=Contribution)|\.\s*(?=Set<Contribution))(?<use>(?:Contribution(?:s|Versions)\b|Set<Contribution(?:Version)?>\(\))(?:\s*\.\s*AsNoTracking\(\))?(?:\s*\.\s*(?<next>\w+))?(?:\((?:[^()]|\([^()]*\))*\))?(?:\.\w+\((?:[^()]|\([^()]*\))*\))*)")]
    private static partial Regex UseOfContributions();

    [GeneratedRegex(@"\s*\n\s*")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"\bIPlanningDatabase (?<name>\w+)")]
    private static partial Regex NameOfDatabase();
}
