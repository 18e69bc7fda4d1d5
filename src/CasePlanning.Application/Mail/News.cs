using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.KnowWho;
using CasePlanning.Domain.Plans;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Mail;

/// <summary>What is new and what is asked of one person over all their plans, as far as they can see it, in sentences that name nobody.</summary>
internal sealed class News(IPlanningDatabase database, IClocks clocks, MailChoice choice, DateTimeOffset since, DateTimeOffset now)
{
    private readonly List<Role> views = [];
    private readonly List<DateOnly> reviews = [];
    private int decisions;
    private int answers;
    private int restrictions;

    /// <summary>Something has happened, or a day is near. What only goes on waiting is no reason to write every morning.</summary>
    public bool IsWorthAMail { get; private set; }

    public async Task<IReadOnlyList<string>> Of(Guid person, CancellationToken cancellation)
    {
        var current = database.Participants.Where(p => p.PersonId == person && p.From <= now && (p.Until == null || now < p.Until));
        var viewers = (await Viewers.Load(database, current, cancellation)).Where(v => v.May(Permission.Read)).ToList();
        foreach (var viewer in viewers)
            await Gather(viewer, cancellation);
        var places = await Place.Of(database, viewers, clocks, now, cancellation);
        var today = places.ToLookup(p => p.Plan, p => p.Today);
        var waits = (await new AskedOfMe(database, places, now).Load(cancellation)).Select(a => a.Item).Where(w => Tells(w.Kind)).ToList();
        IsWorthAMail = views.Count + reviews.Count + decisions + answers + restrictions > 0
            || waits.Any(w => w.Due is { } due && due >= today[w.PlanId].First().AddDays(-1) && due <= today[w.PlanId].First().AddDays(1));
        return [.. Happened(), .. waits.GroupBy(w => w.Kind).OrderBy(g => g.Key).Select(g =>
            MailTexts.Asked(g.Count(), WorkWords.Of(g.Key), g.Min(w => w.Due)))];
    }

    private async Task Gather(Viewer viewer, CancellationToken cancellation)
    {
        var (plan, me) = (viewer.PlanId, viewer.ParticipantId);
        if (choice.Digest is HowOften.Daily)
        {
            var team = await Team.Load(database, viewer, cancellation);
            var seen = await SeenContributions.Load(database, viewer, c => c.PlanId == plan && c.Versions.Any(v => v.SignedAt > since), cancellation);
            views.AddRange(seen.Where(c => c.Stands && c.VoiceId != me && c.ProxyId != me && c.Versions[0].SignedAt > since).Select(c => team[c.VoiceId].Role));
            decisions += await database.Decisions.CountAsync(d => d.PlanId == plan && d.DecidedAt > since && d.DecidedById != me, cancellation);
            reviews.AddRange(await database.Reviews.Where(r => r.PlanId == plan && r.OpenedAt > since && r.OpenedById != me)
                .Select(r => r.ClosesOn).ToListAsync(cancellation));
            answers += await database.Answers.CountAsync(a => a.At > since && a.ById != me
                && database.Questions.Any(q => q.Id == a.QuestionId && q.ById == me), cancellation);
        }

        if (choice.RestrictionChanged is HowOften.Daily && viewer.MayRestrict)
        {
            restrictions += await database.Restrictions.KnownTo(viewer)
                .CountAsync(r => (r.SetAt > since && r.SetById != me) || (r.LiftedAt > since && r.LiftedById != me), cancellation);
        }
    }

    private IEnumerable<string> Happened()
    {
        if (views.Count > 0)
            yield return MailTexts.NewViews(views);
        if (decisions > 0)
            yield return MailTexts.NewDecisions(decisions);
        if (reviews.Count > 0)
            yield return MailTexts.ReviewsOpened(reviews.Count, reviews.Min());
        if (answers > 0)
            yield return MailTexts.NewAnswers(answers);
        if (restrictions > 0)
            yield return MailTexts.RestrictionsChanged(restrictions);
    }

    private bool Tells(WorkKind kind) => kind switch
    {
        WorkKind.RecheckDecision => IsDaily(choice.RecheckNeeded),
        WorkKind.AnswerQuestion => IsDaily(choice.ReplyOwed),
        _ => choice.Digest is HowOften.Daily,
    };

    /// <summary>Heard of at once, it still belongs among what waits; turned off, it does not.</summary>
    private bool IsDaily(HowOften often) => often is HowOften.Daily || (often is HowOften.Immediate && choice.Digest is HowOften.Daily);
}
