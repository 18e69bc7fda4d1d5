using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Plans;
using CasePlanning.Domain.Reviews;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Reading;

/// <summary>Ways of reading the same plan. None hides a voice from somebody another way would show it to.</summary>
public enum ReadingView
{
    /// <summary>Every outcome, every voice side by side.</summary>
    Outcome,

    /// <summary>Every voice, with what it says on each outcome.</summary>
    Person,

    /// <summary>Only the outcomes on which views differ.</summary>
    Differ,

    /// <summary>The child's words, and what was done with what they asked for.</summary>
    Child,

    /// <summary>Only what was said or decided since a given time.</summary>
    Since,
}

/// <summary>The multi-voiced reading of a plan: per outcome all views side by side, who has not been heard, what was decided.</summary>
/// <param name="ReviewId">The review to read; the running one, or else the newest, when absent.</param>
/// <param name="Since">For <see cref="ReadingView.Since"/>: the time to read from; the review's first day when absent.</param>
/// <param name="As">For whoever may hide something: exactly what this participant would be given.</param>
public sealed record ReadReading(
    Guid PlanId, Guid? ReviewId = null, ReadingView View = ReadingView.Outcome, DateTimeOffset? Since = null, Guid? As = null)
    : IQuery<ReadingOfPlan>, IPlanRequest, IForPurpose
{
    public string? Purpose => As is null ? null : "preview";

    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <summary>The plan as a reading names it.</summary>
public sealed record ReadPlanHeader(Guid Id, PlanKind Kind, string ChildName, Who LeadProfessional);

/// <summary>How many of the invited voices are heard, as far as the reader may know.</summary>
public sealed record VoicesCount(int Heard, int Invited);

/// <summary>An invited voice with no view on an outcome yet.</summary>
public sealed record NotHeardView(Guid ParticipantId, string Name, Role Role, string? Agency, VoiceStatus Status, AbsenceView? Absence);

/// <summary>One outcome with every voice on it.</summary>
/// <param name="ViewsDiffer">Two voices see it going differently, or somebody said that they see it otherwise.</param>
/// <param name="Withheld">How many views are not shared with the reader; absent for family, always.</param>
public sealed record OutcomeReading(
    string Code, string Name, string ChildName, bool ViewsDiffer, IReadOnlyList<ContributionView> Contributions,
    IReadOnlyList<NotHeardView> NotHeard, IReadOnlyList<DecisionView> Decisions, int? Withheld);

/// <summary>One voice with all it says.</summary>
public sealed record PersonReading(Who Who, IReadOnlyList<ContributionView> Contributions);

/// <summary>The multi-voiced reading.</summary>
/// <param name="People">Only when read by person.</param>
/// <param name="Requests">Only when the child's words are read: what they asked for, and the replies.</param>
public sealed record ReadingOfPlan(
    ReadPlanHeader Plan, ReviewSummary? Review, ReadingView View, VoicesCount Voices, IReadOnlyList<OutcomeReading> Outcomes,
    IReadOnlyList<PersonReading>? People, IReadOnlyList<QuestionView>? Requests);

public sealed class ReadReadingHandler(IPlanningDatabase database, CurrentCall call, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadReading, ReadingOfPlan>
{
    public async Task<ReadingOfPlan> Handle(ReadReading request, CancellationToken cancellationToken)
    {
        var viewer = request.As is { } other ? await Other(other, cancellationToken) : call.Viewer;
        var plan = await database.Plans.AsNoTracking().SingleAsync(p => p.Id == request.PlanId, cancellationToken);
        var framework = await database.Frameworks.AsNoTracking().SingleAsync(f => f.Code == plan.Framework, cancellationToken);
        var reviews = await database.Reviews.AsNoTracking().Where(r => r.PlanId == plan.Id).ToListAsync(cancellationToken);
        var today = clocks.Of(plan.Authority).DayOf(time.GetUtcNow());
        var review = request.ReviewId is { } id ? reviews.FirstOrDefault(r => r.Id == id) ?? throw new NotVisible() : CurrentReview.Of(reviews, today);
        var team = await Team.Load(database, viewer, cancellationToken);
        var header = new ReadPlanHeader(plan.Id, plan.Kind, plan.Child.ChosenName, team[plan.LeadParticipantId]);
        if (review is null)
        {
            return new ReadingOfPlan(header, null, request.View, new VoicesCount(0, 0),
                [.. framework.Outcomes.Select(o => Of(o, [], [], [], viewer.IsToldWhatIsWithheld ? 0 : null, team, viewer))], null, null);
        }

        var reviewId = review.Id;
        var seen = await SeenContributions.Load(database, viewer, c => c.ReviewId == reviewId, cancellationToken);
        var heard = await VoicesHeard.Load(database, reviewId, team, seen, cancellationToken);
        var decisions = await DecisionViews.Load(database, viewer, team, seen, d => d.ReviewId == reviewId, cancellationToken);
        var withheld = await Withheld(reviewId, viewer, cancellationToken);
        var views = await ContributionViews.Of(database, viewer, team, seen, cancellationToken);

        var outcomes = framework.Outcomes
            .Select(o => Of(o, [.. views.Values.Where(c => c.Outcome == o.Code)], heard, [.. decisions.Where(d => d.Outcomes.Contains(o.Code))],
                viewer.IsToldWhatIsWithheld ? withheld.GetValueOrDefault(o.Code) : null, team, viewer))
            .ToList();
        var reading = new ReadingOfPlan(
            header, ReviewSummary.Of(review, today), request.View,
            new VoicesCount(heard.Count(h => h.Status is VoiceStatus.Heard), heard.Count), outcomes, null, null);
        return request.View switch
        {
            ReadingView.Person => ByPerson(reading),
            ReadingView.Differ => reading with { Outcomes = [.. outcomes.Where(o => o.ViewsDiffer)] },
            ReadingView.Child => ChildsWords(reading),
            ReadingView.Since => NewSince(reading, request.Since ?? new DateTimeOffset(review.OpensOn, TimeOnly.MinValue, TimeSpan.Zero)),
            _ => reading,
        };
    }

    /// <summary>Whoever may hide something sees what is left: also for somebody who is to begin, and nothing for somebody who has left.</summary>
    private async Task<Viewer> Other(Guid participantId, CancellationToken cancellation)
    {
        if (!call.Viewer.MayRestrict)
            throw new NotAllowed("The lead professional and the social worker can see the plan as somebody else does.");
        var (plan, now) = (call.Viewer.PlanId, time.GetUtcNow());
        var viewers = await Viewers.Load(database, database.Participants.Where(p =>
            p.Id == participantId && p.PlanId == plan && (p.Until == null || now < p.Until)), cancellation);
        return viewers is [var viewer] && viewer.May(Permission.Read) ? viewer : throw new NotVisible();
    }

    private static OutcomeReading Of(
        Outcome outcome, IReadOnlyList<ContributionView> contributions, List<HeardVoice> heard, IReadOnlyList<DecisionView> decisions,
        int? withheld, Team team, Viewer viewer)
    {
        var standing = contributions.Where(c => c.WithdrawnAt is null).ToList();
        var differ = SideBySide.Differ(
            standing.Select(c => (c.Author.ParticipantId, c.Outlook)),
            standing.SelectMany(c => c.Responses.GroupBy(r => r.By.ParticipantId).Select(g => g.Last().Stance)));
        return new OutcomeReading(
            outcome.Code, outcome.Name, outcome.ChildName, differ,
            [.. contributions.InOrder(c => VoicesHeard.PlaceOf(c.Author))],
            [.. heard
                .Where(h => h.Status is not VoiceStatus.Declined
                    && !standing.Any(c => h.Voice.IsSpokenBy(c.Author.ParticipantId, c.SignedAt!.Value)))
                .Select(h => VoicesHeard.View(h, viewer, team))
                .Select(v => new NotHeardView(v.ParticipantId, v.Name, v.Role, v.Agency, v.Status, v.Absence))],
            decisions, withheld);
    }

    private static ReadingOfPlan ByPerson(ReadingOfPlan reading) => reading with
    {
        People = [.. reading.Outcomes.SelectMany(o => o.Contributions)
            .GroupBy(c => c.Author)
            .InOrder(g => VoicesHeard.PlaceOf(g.Key))
            .Select(g => new PersonReading(g.Key, [.. g]))],
        Outcomes = [.. reading.Outcomes.Select(o => o with { Contributions = [] })],
    };

    private static ReadingOfPlan ChildsWords(ReadingOfPlan reading)
    {
        var outcomes = reading.Outcomes
            .Select(o => o with { Contributions = [.. o.Contributions.Where(c => c.Author.Role is Role.Child)] }).ToList();
        return reading with
        {
            Outcomes = outcomes,
            Requests = [.. reading.Outcomes.SelectMany(o => o.Contributions).SelectMany(c => c.Questions).Where(q => q.By.Role is Role.Child)],
        };
    }

    private static ReadingOfPlan NewSince(ReadingOfPlan reading, DateTimeOffset since) => reading with
    {
        Outcomes =
        [
            .. reading.Outcomes
                .Select(o => o with
                {
                    Contributions = [.. o.Contributions.Where(c => c.SignedAt > since || c.Attachments.Any(a => a.AddedAt > since) || c.Responses.Any(r => r.At > since) || c.Questions.Any(q => q.At > since || q.Answers.Any(a => a.At > since)))],
                    Decisions = [.. o.Decisions.Where(d => d.DecidedAt > since || d.Rechecks.Any(r => r.At > since) || d.Responses.Any(r => r.At > since))],
                })
                .Where(o => o.Contributions.Count + o.Decisions.Count > 0),
        ],
    };

    private async Task<Dictionary<string, int>> Withheld(Guid reviewId, Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.IsToldWhatIsWithheld)
            return [];
        return await database.Contributions.ContributionsWithheldFrom(viewer).Where(c => c.ReviewId == reviewId)
            .GroupBy(c => c.Outcome).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
    }
}
