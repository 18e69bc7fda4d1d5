using CasePlanning.Application.Contributions;
using CasePlanning.Application.Reading;

namespace CasePlanning.Server.Pages.Plans;

/// <summary>An outcome to write about.</summary>
/// <param name="Has">What is there from this voice already, in a word; null when nothing is.</param>
public sealed record Subject(string Code, string Name, string Address, string? Has)
{
    /// <param name="begun">The author's drafts for this voice in this review.</param>
    public static string? HasOf(OutcomeReading outcome, IEnumerable<DraftView> begun, Guid? voice) =>
        begun.Any(d => d.Outcome == outcome.Code) ? "draft"
        : outcome.Contributions.Any(c => c.Author.ParticipantId == voice && c.WithdrawnAt is null) ? "added"
        : null;
}
