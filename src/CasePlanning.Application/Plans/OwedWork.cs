using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Kernel;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>What one participant still owes on a plan: duties are held by roles, and move when people leave.</summary>
internal sealed class OwedWork
{
    private readonly Plan plan;
    private readonly Guid participantId;
    private readonly List<PlanAction> actions;
    private readonly List<Voice> voices;
    private readonly List<Question> questions;

    private OwedWork(Plan plan, Guid participantId, List<PlanAction> actions, List<Voice> voices, List<Question> questions)
    {
        this.plan = plan;
        this.participantId = participantId;
        this.actions = actions;
        this.voices = voices;
        this.questions = questions;
    }

    public bool IsNothing => !Leads && actions.Count == 0 && voices.Count == 0 && questions.Count == 0;

    public IEnumerable<BrokenRuleDetail> Details =>
    [
        .. Leads ? [new BrokenRuleDetail(plan.Id, "Leads the plan.")] : Array.Empty<BrokenRuleDetail>(),
        .. actions.Select(a => new BrokenRuleDetail(a.Id, "Holds an action, or was offered one.")),
        .. voices.Select(v => new BrokenRuleDetail(v.ReviewId, "Was asked for a view and has not given it.")),
        .. questions.Select(q => new BrokenRuleDetail(null, "Was asked a question and has not answered it.")),
    ];

    private bool Leads => plan.LeadParticipantId == participantId;

    public static async Task<OwedWork> Of(
        IPlanningDatabase database, Viewer viewer, Plan plan, Guid participantId, CancellationToken cancellation)
    {
        var actions = await ActionAggregates.Load(database,
            a => a.PlanId == plan.Id && a.State == ActionState.Open
                && (database.ActionHolders.Any(h => h.ActionId == a.Id && h.ParticipantId == participantId && h.Until == null)
                    || database.Handovers.Any(h => h.ActionId == a.Id && h.To == participantId && h.AcceptedAt == null && h.HandedBackAt == null)),
            cancellation);
        // Judged by what the person who ends the participation can see: what is owed must not tell of hidden views.
        var spoke = database.Contributions.ContributionsVisibleTo(viewer).Where(c => c.VoiceId == participantId && c.WithdrawnAt == null)
            .Select(c => c.ReviewId)
            .Concat(database.Contributions.ContributionsSummarisedFor(viewer).Where(c => c.VoiceId == participantId && c.WithdrawnAt == null)
                .Select(c => c.ReviewId));
        var voices = await database.Voices
            .Where(v => v.PlanId == plan.Id && v.ParticipantId == participantId && !v.Declined && v.DelegateId == null
                && database.Reviews.Any(r => r.Id == v.ReviewId && r.SignedAt == null)
                && !spoke.Contains(v.ReviewId))
            .ToListAsync(cancellation);
        var questions = await database.Questions
            .Where(q => q.PlanId == plan.Id && q.AnswerById == participantId && q.AnsweredAt == null)
            .ToListAsync(cancellation);
        return new OwedWork(plan, participantId, actions, voices, questions);
    }

    public void MoveTo(Participant cover, DateTimeOffset now)
    {
        if (Leads)
            plan.HandLeadTo(cover);
        actions.ForEach(a => a.CoverFor(participantId, cover.Id, now));
        voices.ForEach(v => v.DelegateTo(cover.Id, now));
        questions.ForEach(q => q.CoverFor(cover.Id));
    }
}
