using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>When something may have happened to something.</summary>
internal sealed class Moment
{
    public Guid Subject { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>
/// Finds in one flat query what a page of a history may be about, so that only that much of the plan is loaded. It is asked for
/// what its reader sees at all, and never shown: there may be moments here of which the history tells nothing, and never one
/// too few. What hangs on something is found by it, and not by the plan: those are the indexes that there are.
/// </summary>
/// <param name="of">Only of these things.</param>
/// <param name="whose">Only of what this participant did.</param>
internal sealed class HistoryMoments(IPlanningDatabase database, Viewer viewer, HistoryOf? of, Guid? whose)
{
    private readonly Guid plan = viewer.PlanId;

    /// <summary>The newest, at this time and before; from the newest of all when null.</summary>
    public async Task<List<Moment>> Newest(DateTimeOffset? upTo, int most, CancellationToken cancellation)
    {
        IQueryable<Moment>? moments = of switch
        {
            null => Views().Concat(Decisions()).Concat(ActionsAndTargets()),
            HistoryOf.Views => Views(),
            HistoryOf.Decisions => Decisions(),
            HistoryOf.ActionsAndTargets => ActionsAndTargets(),
            _ => null,
        };
        if (moments is null)
            return [];
        return await moments.Where(m => upTo == null || m.At <= upTo).OrderByDescending(m => m.At).Take(most).ToListAsync(cancellation);
    }

    private IQueryable<Moment> Views()
    {
        var full = database.Contributions.AsNoTracking().ContributionsVisibleTo(viewer);
        var summarised = database.Contributions.AsNoTracking().ContributionsSummarisedFor(viewer);
        var known = full.Select(c => c.Id).Concat(summarised.Select(c => c.Id));
        var versions =
            (from c in full from v in c.Versions where whose == null || c.VoiceId == whose select new Moment { Subject = c.Id, At = v.SignedAt })
            .Concat(from c in summarised from v in c.Versions where v.Summary != null && (whose == null || c.VoiceId == whose) select new Moment { Subject = c.Id, At = v.SignedAt });
        var withdrawals =
            (from c in full where c.WithdrawnAt != null && (whose == null || c.VoiceId == whose) select new Moment { Subject = c.Id, At = c.WithdrawnAt!.Value })
            .Concat(from c in summarised where c.WithdrawnAt != null && (whose == null || c.VoiceId == whose) select new Moment { Subject = c.Id, At = c.WithdrawnAt!.Value });
        var responses =
            from r in database.Responses
            where known.Contains(r.ContributionId) && (whose == null || r.ById == whose)
            select new Moment { Subject = r.ContributionId, At = r.At };
        var questions =
            from q in database.Questions
            where known.Contains(q.ContributionId) && (whose == null || q.ById == whose)
            select new Moment { Subject = q.ContributionId, At = q.At };
        var answers =
            from q in database.Questions
            join a in database.Answers on q.Id equals a.QuestionId
            where known.Contains(q.ContributionId) && (whose == null || a.ById == whose)
            select new Moment { Subject = q.ContributionId, At = a.At };
        return versions.Concat(withdrawals).Concat(responses).Concat(questions).Concat(answers);
    }

    private IQueryable<Moment> Decisions()
    {
        var reviews = database.Reviews.Where(r => r.PlanId == plan).Select(r => r.Id);
        var decisions = database.Decisions.Where(d => reviews.Contains(d.ReviewId)).Select(d => d.Id);
        return (from w in database.DecisionWordings where decisions.Contains(w.DecisionId) && (whose == null || w.ById == whose) select new Moment { Subject = w.DecisionId, At = w.At })
            .Concat(from r in database.DecisionResponses where decisions.Contains(r.DecisionId) && (whose == null || r.ById == whose) select new Moment { Subject = r.DecisionId, At = r.At })
            .Concat(from r in database.Rechecks where decisions.Contains(r.DecisionId) && (whose == null || r.ById == whose) select new Moment { Subject = r.DecisionId, At = r.At });
    }

    private IQueryable<Moment> ActionsAndTargets()
    {
        var actions = database.Actions.Where(a => a.PlanId == plan);
        var targets = database.Targets.Where(t => t.PlanId == plan);
        var handovers = database.Handovers.Where(h => actions.Select(a => a.Id).Contains(h.ActionId));
        var rewordings = database.Rewordings.Where(r => targets.Select(t => t.Id).Contains(r.TargetId));
        var notes = database.ProgressNotes.Where(n => targets.Select(t => t.Id).Contains(n.TargetId));
        return (from a in actions where whose == null || a.AgreedById == whose select new Moment { Subject = a.Id, At = a.AgreedAt })
            .Concat(from h in handovers where whose == null || h.From == whose select new Moment { Subject = h.ActionId, At = h.OfferedAt })
            .Concat(from h in handovers where h.AcceptedAt != null && (whose == null || h.To == whose) select new Moment { Subject = h.ActionId, At = h.AcceptedAt!.Value })
            .Concat(from h in handovers where h.HandedBackAt != null && (whose == null || h.To == whose) select new Moment { Subject = h.ActionId, At = h.HandedBackAt!.Value })
            .Concat(from t in targets where whose == null || t.SetById == whose select new Moment { Subject = t.Id, At = t.SetAt })
            .Concat(from r in rewordings where whose == null || r.ById == whose select new Moment { Subject = r.TargetId, At = r.At })
            .Concat(from r in rewordings where r.RepliedAt != null && (whose == null || r.ReplyById == whose) select new Moment { Subject = r.TargetId, At = r.RepliedAt!.Value })
            .Concat(from n in notes where whose == null || n.ById == whose select new Moment { Subject = n.TargetId, At = n.At });
    }
}
