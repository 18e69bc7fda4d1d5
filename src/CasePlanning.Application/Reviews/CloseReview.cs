using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>Closes a review: possible without a missing voice, but not silently, and not while a child waits for a reply.</summary>
public sealed record CloseReview(Guid ReviewId, int ReadAt) : ICommand, IPlanRequest
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Coordinate;
}

public sealed class CloseReviewHandler(IPlanningDatabase database, CurrentCall call, TimeProvider time) : IRequestHandler<CloseReview, Written>
{
    public async Task<Written> Handle(CloseReview request, CancellationToken cancellationToken)
    {
        var review = (await database.Reviews.SingleAsync(r => r.Id == request.ReviewId, cancellationToken)).AsReadAt(request.ReadAt);
        var team = await Team.Load(database, call.Viewer, cancellationToken);
        var seen = await SeenContributions.Load(database, call.Viewer, c => c.ReviewId == review.Id, cancellationToken);
        var heard = await VoicesHeard.Load(database, review.Id, team, seen, cancellationToken);
        review.Close(
            [.. heard.Where(h => !h.IsSettled).Select(h => new BrokenRuleDetail(h.Voice.ParticipantId, $"{team[h.Voice.ParticipantId].Name} is not heard yet."))],
            await RequestsWithoutReply(review.Id, team, seen, cancellationToken),
            call.Viewer.ParticipantId, time.GetUtcNow());
        return new Written(review.Id);
    }

    /// <summary>
    /// The child's requests in this review, and rewordings on the plan, that nobody has replied to. One made in private counts
    /// too, without saying more: professionals may know that it is there, and the child must not wait because of its privacy.
    /// </summary>
    private async Task<IReadOnlyList<BrokenRuleDetail>> RequestsWithoutReply(
        Guid reviewId, Team team, List<SeenContribution> seen, CancellationToken cancellation)
    {
        var children = team.Members.Where(m => m.Who.Role is Role.Child).Select(m => m.Who.ParticipantId).ToList();
        var questions = await database.Questions.AsNoTracking()
            .Where(q => q.ReviewId == reviewId && children.Contains(q.ById) && q.AnsweredAt == null)
            .Select(q => new { q.Id, q.ContributionId }).ToListAsync(cancellation);
        var rewordings = await database.Rewordings.AsNoTracking()
            .Where(r => r.PlanId == call.Viewer.PlanId && children.Contains(r.ById) && r.Reply == null)
            .Select(r => r.TargetId).ToListAsync(cancellation);
        return
        [
            .. questions.Where(q => seen.Any(c => c.Id == q.ContributionId && c.InFull)).Select(q => new BrokenRuleDetail(q.Id, "The child asked this and has no reply yet.")),
            .. questions.Where(q => !seen.Any(c => c.Id == q.ContributionId && c.InFull)).Take(1).Select(_ => new BrokenRuleDetail(null, "The child asked for something in private. Whoever was asked owes the reply.")),
            .. rewordings.Select(t => new BrokenRuleDetail(t, "The child reworded this target and has no reply yet.")),
        ];
    }
}
