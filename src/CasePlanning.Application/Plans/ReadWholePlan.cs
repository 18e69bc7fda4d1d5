using CasePlanning.Application.Pipeline;
using CasePlanning.Application.Ports;
using CasePlanning.Application.Reading;
using CasePlanning.Domain.Contributions;
using CasePlanning.Domain.Journal;
using CasePlanning.Domain.Plans;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace CasePlanning.Application.Plans;

/// <summary>
/// A whole plan as one page shows it: the reading, and beside each outcome what it aims at and who does what. It tells nothing
/// that the requests for each part do not tell; it is one so that whoever opens a page is journaled as having looked once.
/// </summary>
/// <param name="Since">For <see cref="ReadingView.Since"/>: the time to read from; when the caller looked last when absent.</param>
/// <param name="As">For whoever may hide something: exactly what this participant would be given.</param>
public sealed record ReadWholePlan(
    Guid PlanId, Guid? ReviewId = null, ReadingView View = ReadingView.Outcome, DateTimeOffset? Since = null, Guid? As = null)
    : IQuery<WholePlan>, IPlanRequest, IForPurpose
{
    public string? Purpose => As is null ? null : "preview";

    public PlanPart About => PlanPart.Plan(PlanId);

    public Permission Needs => Permission.Read;
}

/// <param name="Voices">Everybody who was asked or has spoken, in order: the voices of <paramref name="Outcomes"/>.</param>
/// <param name="Team">Everybody who takes or took part, by the names the reader may know.</param>
/// <param name="Outcomes">All outcomes, however the plan is read, with who says what of each in a word.</param>
/// <param name="Invited">The standing of everybody who was asked.</param>
/// <param name="Focus">What participants are here for, of those the reader may know.</param>
/// <param name="SpokenBy">By whom the views are that a decision here names, however much of the plan is asked for.</param>
/// <param name="Today">The day it is where the plan is.</param>
/// <param name="TimeZone">Where that is.</param>
/// <param name="Since">Read by what is new: since when.</param>
/// <param name="LastLooked">When the caller looked at this plan the time before this one.</param>
public sealed record WholePlan(
    DateOnly Today, string TimeZone, ReadingOfPlan Reading, ReaderView Reader, IReadOnlyList<ReviewSummary> Reviews, IReadOnlyList<Who> Team, IReadOnlyList<Who> Voices,
    IReadOnlyList<OutcomeAtAGlance> Outcomes, IReadOnlyList<VoiceView> Invited, IReadOnlyDictionary<Guid, string> Focus,
    IReadOnlyDictionary<Guid, Who> SpokenBy, IReadOnlyList<TargetView> Targets, IReadOnlyList<ActionView> Actions, IReadOnlyList<CarriedForwardView> CarriedForward,
    IReadOnlyList<AddendumView> Addenda, DateTimeOffset? Since, DateTimeOffset? LastLooked);

/// <summary>Who reads, and what else they may do here.</summary>
/// <param name="Who">Absent for whoever looks without taking part.</param>
/// <param name="PlanIsClosed">The child was adopted: nothing is added any more.</param>
/// <param name="SeesAs">As whom they look, when not as themselves.</param>
/// <param name="MaySeeAs">For whoever may hide something: as whom they may look.</param>
/// <param name="Restrictions">For the same: how many restrictions they know to be in force.</param>
public sealed record ReaderView(
    Who? Who, bool IsFamily, bool PlanIsClosed, bool MayContribute, bool MayAct, bool MayDecide, bool MayCoordinate, Who? SeesAs, IReadOnlyList<Who> MaySeeAs, int Restrictions);

/// <summary>One outcome in a word for each voice.</summary>
public sealed record OutcomeAtAGlance(string Code, string Name, string ChildName, bool ViewsDiffer, IReadOnlyList<SpokenView> Spoken);

/// <summary>A voice that has spoken on an outcome, and how it sees it going, if it said so.</summary>
public sealed record SpokenView(Guid ParticipantId, IReadOnlyList<Outlook> Outlooks);

public sealed class ReadWholePlanHandler(IPlanningDatabase database, CurrentCall call, KeptReadings readings, IClocks clocks, TimeProvider time)
    : IRequestHandler<ReadWholePlan, WholePlan>
{
    /// <summary>Looks within an hour are one visit: what was new at its beginning stays new until its end.</summary>
    private static readonly TimeSpan Visit = TimeSpan.FromHours(1);

    public async Task<WholePlan> Handle(ReadWholePlan request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var viewer = await Viewers.LookingAs(database, call.Viewer, request.As, now, cancellationToken);
        // The reading is asked for inside, so that what stands beside it is never kept for newer than the reading was.
        var beside = await readings.Of(viewer, request.ReviewId, now, async () => await BesideReading.Load(database,
            await readings.Of(viewer, request.ReviewId, now, () => MadeReading.Load(database, viewer, request.ReviewId, clocks, now, cancellationToken)),
            clocks, now, cancellationToken));
        var (made, team) = (beside.Reading, beside.Reading.Team);
        var clock = clocks.Of(made.Plan.Authority);
        var lastLooked = await LastLooked(now, cancellationToken);
        var since = request.View is ReadingView.Since ? request.Since ?? lastLooked : null;
        return new WholePlan(
            clock.DayOf(now), clock.TimeZone, made.In(request.View, since), await Reader(request.As, beside, cancellationToken),
            [.. made.Reviews.OrderByDescending(r => r.OpensOn).ThenByDescending(r => r.Id).Select(r => ReviewSummary.Of(r, made.Today))],
            [.. team.Members.Select(m => m.Who)], VoicesOf(made), [.. made.Reading.Outcomes.Select(o => AtAGlance(o, made.Heard))],
            [.. made.Heard.Select(h => VoicesHeard.View(h, viewer, team))],
            team.Members.Where(m => m.IsKnown && m.Participant.Focus is not null).ToDictionary(m => m.Who.ParticipantId, m => m.Participant.Focus!),
            SpokenBy(made.Reading.Outcomes), beside.Targets, beside.Actions, beside.CarriedForward, beside.Addenda,
            since, lastLooked);
    }

    private static IReadOnlyList<Who> VoicesOf(MadeReading made) =>
    [
        .. made.Heard.Select(h => h.Voice.ParticipantId)
            .Concat(made.Reading.Outcomes.SelectMany(o => o.Contributions).Where(c => c.WithdrawnAt is null).Select(c => c.Author.ParticipantId))
            .Distinct().Select(id => made.Team[id]).InOrder(VoicesHeard.PlaceOf),
    ];

    private static Dictionary<Guid, Who> SpokenBy(IReadOnlyList<OutcomeReading> outcomes)
    {
        var named = outcomes.SelectMany(o => o.Decisions).SelectMany(d => d.Because.Concat(d.Unchecked)).ToHashSet();
        return outcomes.SelectMany(o => o.Contributions).Where(c => named.Contains(c.Id)).ToDictionary(c => c.Id, c => c.Author);
    }

    private static OutcomeAtAGlance AtAGlance(OutcomeReading outcome, IReadOnlyList<HeardVoice> heard)
    {
        var standing = outcome.Contributions.Where(c => c.WithdrawnAt is null).ToList();
        var own = standing.Select(c => (Voice: c.Author.ParticipantId, c.Outlook));
        // What a delegate said is said for whoever they speak for.
        var delegated = heard.SelectMany(h => standing
            .Where(c => c.Author.ParticipantId != h.Voice.ParticipantId && h.Voice.IsSpokenBy(c.Author.ParticipantId, c.SignedAt!.Value))
            .Select(c => (Voice: h.Voice.ParticipantId, c.Outlook)));
        return new OutcomeAtAGlance(outcome.Code, outcome.Name, outcome.ChildName, outcome.ViewsDiffer,
            [.. own.Concat(delegated).GroupBy(s => s.Voice).Select(g => new SpokenView(g.Key, [.. g.Select(s => s.Outlook).OfType<Outlook>().Distinct()]))]);
    }

    private async Task<ReaderView> Reader(Guid? seesAs, BesideReading beside, CancellationToken cancellation)
    {
        var (me, team, now) = (call.Viewer, beside.Reading.Team, time.GetUtcNow());
        var reader = beside.Reading.Viewer;
        if (!me.MayRestrict)
            return View(seesAs: null, [], restrictions: 0);
        // Whom they look as, they know by the name that they themselves may see.
        var (own, restrictions) = seesAs is null
            ? (team, beside.Restrictions)
            : (await Team.Load(database, me, cancellation), await BesideReading.RestrictionsKnownTo(me, database, cancellation));
        var others = own.Members.Where(m => m.Participant.Id != me.ParticipantId && m.Participant.IsCurrent(now)
            && RolePowers.Of(m.Participant.Role).HasFlag(Permission.Read));
        return View(own.Find(seesAs), [.. others.Select(m => m.Who)], restrictions);

        ReaderView View(Who? seesAs, IReadOnlyList<Who> maySeeAs, int restrictions) => new(
            team.Has(reader.ParticipantId) ? team[reader.ParticipantId] : null, reader.IsFamily, reader.PlanIsClosed, Still(Permission.Contribute),
            Still(Permission.Act), Still(Permission.Decide), Still(Permission.Coordinate), seesAs, maySeeAs, restrictions);

        bool Still(Permission permission) => !reader.PlanIsClosed && reader.May(permission);
    }

    private Task<DateTimeOffset?> LastLooked(DateTimeOffset now, CancellationToken cancellation)
    {
        var (plan, person, before) = (call.Viewer.PlanId, call.Viewer.PersonId, now - Visit);
        return database.Journal.AsNoTracking()
            .Where(e => e.PlanId == plan && e.PersonId == person && e.Act == nameof(ReadWholePlan) && e.Verdict != Verdict.Denied
                && e.Purpose == null && e.At < before)
            .OrderByDescending(e => e.At).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(cancellation);
    }
}
