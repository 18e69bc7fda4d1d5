using CasePlanning.Application.Ports;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>
/// What stands between a review and its end, as far as the viewer may know. The same for whoever asks beforehand and for whoever
/// closes or signs off.
/// </summary>
/// <param name="NeedingRecheck">Decisions that a later view puts in question: they stand in the way of sign-off alone.</param>
internal sealed record Hindrances(
    IReadOnlyList<BrokenRuleDetail> NotAddressed, IReadOnlyList<BrokenRuleDetail> WithoutReply, IReadOnlyList<OpenDifference> Differences,
    IReadOnlyList<BrokenRuleDetail> NeedingRecheck)
{
    public static async Task<Hindrances> Of(Guid reviewId, IPlanningDatabase database, Viewer viewer, CancellationToken cancellation) =>
        await Of(reviewId, await ReviewParts.Load(reviewId, database, viewer, cancellation), database, viewer, cancellation);

    public static async Task<Hindrances> Of(
        Guid reviewId, ReviewParts parts, IPlanningDatabase database, Viewer viewer, CancellationToken cancellation) => new(
        [.. parts.Heard.Where(h => !h.IsSettled)
            .Select(h => new BrokenRuleDetail(h.Voice.ParticipantId, $"{parts.Team[h.Voice.ParticipantId].Name} is not heard yet."))],
        await RequestsWithoutReply(reviewId, database, viewer, parts, cancellation),
        [.. parts.LeftOpen.Select(o => new OpenDifference(o.Code, o.Name))],
        [.. parts.Decisions.Where(d => d.NeedsRecheck).Select(d => new BrokenRuleDetail(d.Id, "A view arrived after this decision."))]);

    /// <summary>As whoever coordinates is told beforehand.</summary>
    public ReadinessView View(Review review)
    {
        IEnumerable<HindranceView> toSignOff = Of(DecisionRules.NeedsRecheck, NeedingRecheck);
        return review switch
        {
            { SignedAt: not null } => new ReadinessView(review.Id, [], []),
            { ClosedAt: not null } => new ReadinessView(review.Id, [], [.. toSignOff]),
            _ => new ReadinessView(review.Id,
                [
                    .. Of(ReviewRules.VoiceNotAddressed, NotAddressed),
                    .. Of(ReviewRules.ChildWaitsForReply, WithoutReply),
                    .. Differences.Select(d => new HindranceView(ReviewRules.DifferenceLeftOpen.Code, d.Sentence, Outcome: d.Outcome)),
                ],
                [new HindranceView(ReviewRules.NotClosed.Code, ReviewRules.NotClosed.Sentence), .. toSignOff]),
        };
    }

    private static IEnumerable<HindranceView> Of(NamedRule rule, IEnumerable<BrokenRuleDetail> details) =>
        details.Select(d => new HindranceView(rule.Code, d.Message, d.Subject));

    /// <summary>
    /// The child's requests in this review, and rewordings on the plan, that nobody has replied to. One made in private counts
    /// too, without saying more: professionals may know that it is there, and the child must not wait because of its privacy.
    /// </summary>
    private static async Task<IReadOnlyList<BrokenRuleDetail>> RequestsWithoutReply(
        Guid reviewId, IPlanningDatabase database, Viewer viewer, ReviewParts parts, CancellationToken cancellation)
    {
        var children = parts.Team.Members.Where(m => m.Who.Role is Role.Child).Select(m => m.Who.ParticipantId).ToList();
        var questions = await database.Questions.AsNoTracking()
            .Where(q => q.ReviewId == reviewId && children.Contains(q.ById) && q.AnsweredAt == null)
            .Select(q => new { q.Id, q.ContributionId }).ToListAsync(cancellation);
        var rewordings = await database.Rewordings.AsNoTracking()
            .Where(r => r.PlanId == viewer.PlanId && children.Contains(r.ById) && r.Reply == null)
            .Select(r => r.TargetId).ToListAsync(cancellation);
        var (told, secret) = (new List<BrokenRuleDetail>(), false);
        foreach (var question in questions)
        {
            if (parts.Seen.Exists(c => c.Id == question.ContributionId && c.InFull))
                told.Add(new BrokenRuleDetail(question.Id, "The child asked this and has no reply yet."));
            else
                secret = true;
        }

        return
        [
            .. told,
            .. secret ? [new BrokenRuleDetail(null, "The child asked for something in private. Whoever was asked owes the reply.")] : Array.Empty<BrokenRuleDetail>(),
            .. rewordings.Select(t => new BrokenRuleDetail(t, "The child reworded this target and has no reply yet.")),
        ];
    }
}
