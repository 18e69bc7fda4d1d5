using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reviews;

/// <summary>
/// A whole review as one page shows it: who has been heard, where views differ, what was decided, what came of what was agreed
/// before. It tells nothing that the requests for each part do not tell; it is one so that whoever opens a page is journaled as
/// having looked once.
/// </summary>
public sealed record ReadWholeReview(Guid ReviewId) : IQuery<WholeReview>, IPlanRequest
{
    public PlanPart About => PlanPart.Review(ReviewId);

    public Permission Needs => Permission.Read;
}

/// <param name="Today">The day it is where the plan is.</param>
/// <param name="TimeZone">Where that is.</param>
/// <param name="Views">What was said, for whoever wants to name what a decision rests on.</param>
/// <param name="NotInvited">Those who have a voice in the plan and are not asked.</param>
/// <param name="DissentsBy">Of the dissents that were carried forward: whose they are.</param>
/// <param name="Earlier">What was agreed before this review and not answered for in an earlier one.</param>
/// <param name="Readiness">For whoever coordinates.</param>
public sealed record WholeReview(
    string ChildName, Who LeadProfessional, DateOnly Today, string TimeZone, ReviewReader Reader, ReviewView Review, WindowDay? Window,
    IReadOnlyList<OutcomeView> Outcomes, IReadOnlyList<VoiceView> Voices, IReadOnlyList<Who> NotInvited, IReadOnlyList<Who> Team,
    IReadOnlyList<ContributionView> Views, IReadOnlyList<Difference> Differences, IReadOnlyList<DecisionView> Decisions,
    IReadOnlyDictionary<Guid, Who> DissentsBy, IReadOnlyList<EarlierAction> Earlier, ReadinessView? Readiness);

/// <summary>Who reads, and what they may do.</summary>
/// <param name="Who">Absent for whoever looks without taking part.</param>
public sealed record ReviewReader(Who? Who, bool IsFamily, bool MayContribute, bool MayDecide, bool MayCoordinate, bool MaySignOff);

/// <summary>Where today is in the window, in working days.</summary>
public sealed record WindowDay(int Day, int Of);

/// <summary>An outcome on which views differ: who sees it how, and how many said that they see somebody's view otherwise.</summary>
/// <param name="IsDecided">Something was decided on it in this review.</param>
public sealed record Difference(OutcomeView Outcome, IReadOnlyList<SeenSo> Outlooks, int SeeItOtherwise, int NewToSomebody, bool IsDecided);

/// <summary>Everybody who sees something going so.</summary>
public sealed record SeenSo(Outlook Outlook, IReadOnlyList<Who> By);

/// <summary>An action that was agreed before the review opened.</summary>
public sealed record EarlierAction(Guid Id, string What, ActionState State, string? Result, DateOnly? Due);

public sealed class ReadWholeReviewHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadWholeReview, WholeReview>
{
    public async Task<WholeReview> Handle(ReadWholeReview request, CancellationToken cancellationToken)
    {
        var (viewer, now) = (call.Viewer, time.GetUtcNow());
        var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == viewer.PlanId, cancellationToken);
        var review = await database.Reviews.AsNoTracking().SingleAsync(r => r.Id == request.ReviewId, cancellationToken);
        var clock = clocks.Of(plan.Authority);
        var today = clock.DayOf(now);
        var parts = await ReviewParts.Load(review.Id, database, viewer, cancellationToken);
        var team = parts.Team;
        var current = team.Members.Where(m => m.Participant.IsCurrent(now)).ToList();
        var shown = await ReviewViews.Of(review, database, viewer, team, clock, today, cancellationToken);
        return new WholeReview(
            plan.Child.ChosenName, team[plan.LeadParticipantId], today, clock.TimeZone,
            new ReviewReader(
                team.Has(viewer.ParticipantId) ? team[viewer.ParticipantId] : null, viewer.IsFamily, May(Permission.Contribute), May(Permission.Decide),
                May(Permission.Coordinate), May(Permission.SignOff)),
            shown,
            review.StateOn(today) is ReviewState.Open ? Window(review, clock.Calendar, today) : null,
            [.. parts.Outcomes.Select(Of)], [.. parts.Heard.Select(h => VoicesHeard.View(h, viewer, team))],
            [.. current.Where(m => m.Participant.HasVoice && m.Who.ParticipantId != plan.LeadParticipantId
                && !parts.Heard.Any(h => h.Voice.ParticipantId == m.Who.ParticipantId)).Select(m => m.Who)],
            [.. current.Select(m => m.Who)],
            [.. parts.Outcomes.SelectMany(o => parts.ViewsOn(o.Code).InOrder(v => VoicesHeard.PlaceOf(v.Author)))],
            [.. parts.Differing.Select(o => DifferenceOn(o, parts))], parts.Decisions, await DissentsBy(shown, team, cancellationToken),
            await Earlier(review, cancellationToken),
            May(Permission.Coordinate) ? (await Hindrances.Of(review.Id, parts, database, viewer, cancellationToken)).View(review) : null);

        bool May(Permission permission) => viewer.Standing is Standing.Participant && viewer.May(permission);
    }

    private static OutcomeView Of(Outcome outcome) => new(outcome.Code, outcome.Name, outcome.ChildName, outcome.Aims);

    private static WindowDay Window(Review review, Domain.Kernel.DayCalendar calendar, DateOnly today) => new(
        calendar.WorkingDaysOver(review.OpensOn.AddDays(-1), today), calendar.WorkingDaysOver(review.OpensOn.AddDays(-1), review.ClosesOn));

    private static Difference DifferenceOn(Outcome outcome, ReviewParts parts)
    {
        var views = parts.ViewsOn(outcome.Code).ToList();
        var stances = views.SelectMany(v => v.Responses.GroupBy(r => r.By.ParticipantId).Select(g => g.Last().Stance)).ToList();
        return new Difference(
            Of(outcome),
            [.. views.Where(v => v.Outlook is not null).GroupBy(v => v.Outlook!.Value).OrderBy(g => g.Key)
                .Select(g => new SeenSo(g.Key, [.. g.Select(v => v.Author).DistinctBy(a => a.ParticipantId).InOrder(VoicesHeard.PlaceOf)]))],
            stances.Count(s => s.IsDissent()), stances.Count(s => s is Stance.NewToMe),
            parts.Decisions.Any(d => d.Outcomes.Contains(outcome.Code)));
    }

    private async Task<Dictionary<Guid, Who>> DissentsBy(ReviewView review, Team team, CancellationToken cancellation)
    {
        var dissents = review.CarriedForward.Where(c => c.Kind is CarriedKind.Dissent).Select(c => c.SubjectId).ToList();
        return dissents.Count == 0 ? [] : await database.DecisionResponses.Where(r => dissents.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, r => team[r.ById], cancellation);
    }

    /// <summary>Those that were still open when the review before this one closed, or were agreed since then.</summary>
    private async Task<IReadOnlyList<EarlierAction>> Earlier(Review review, CancellationToken cancellation)
    {
        var (plan, opened) = (review.PlanId, review.OpenedAt);
        var before = await database.Reviews.Where(r => r.PlanId == plan && r.OpenedAt < opened).MaxAsync(r => (DateTimeOffset?)r.OpenedAt, cancellation);
        var actions = await database.Actions.AsNoTracking()
            .Where(a => a.PlanId == plan && a.AgreedAt < opened && (a.State == ActionState.Open || before == null || a.ChangedAt >= before))
            .Select(a => new { a.Id, a.What, a.State, a.Result, a.Due, a.AgreedAt }).ToListAsync(cancellation);
        return [.. actions.OrderBy(a => a.AgreedAt).ThenBy(a => a.Id).Select(a => new EarlierAction(a.Id, a.What, a.State, a.Result, a.Due))];
    }
}
